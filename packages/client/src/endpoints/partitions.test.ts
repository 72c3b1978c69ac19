import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPartition, partitions } from './partitions.ts';

/** A region of each, its global pseudo region where it has one, and one that AWS may open some day. */
const regionsOf = {
  aws: ['us-east-1', 'eu-central-1', 'mx-central-1', 'il-central-1', 'aws-global', 'af-north-9'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1', 'aws-cn-global', 'cn-south-2'],
  'aws-eusc': ['eusc-de-east-1', 'eusc-de-west-2'],
  'aws-iso': ['us-iso-east-1', 'us-iso-west-1', 'aws-iso-global'],
  'aws-iso-b': ['us-isob-east-1', 'aws-iso-b-global'],
  'aws-iso-e': ['eu-isoe-west-1', 'aws-iso-e-global'],
  'aws-iso-f': ['us-isof-south-1', 'us-isof-east-1', 'aws-iso-f-global'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1', 'aws-us-gov-global'],
};

test('a region is found in its partition, known or not yet open', () => {
  assert.deepEqual(partitions.map(({ name }) => name).toSorted(), Object.keys(regionsOf).toSorted());
  for (const [name, regions] of Object.entries(regionsOf)) {
    for (const region of regions) assert.equal(findPartition(region, partitions)?.name, name, region);
  }
});

test('a region of no partition counts as one of aws', () => {
  for (const region of ['local', 'snow', 'us-east', 'xx-east-1', ''])
    assert.equal(findPartition(region, partitions)?.name, 'aws');
});

test('the region for services of a whole partition is in that partition', () => {
  for (const partition of partitions)
    assert.equal(findPartition(partition.implicitGlobalRegion, partitions), partition);
});

test('the domains of a partition are those that AWS has for it', () => {
  const domains = partitions.map(({ name, dnsSuffix, dualStackDnsSuffix }) => [
    name,
    dnsSuffix,
    dualStackDnsSuffix,
  ]);
  assert.deepEqual(domains, [
    ['aws', 'amazonaws.com', 'api.aws'],
    ['aws-cn', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
    ['aws-eusc', 'amazonaws.eu', 'api.amazonwebservices.eu'],
    ['aws-iso', 'c2s.ic.gov', 'api.aws.ic.gov'],
    ['aws-iso-b', 'sc2s.sgov.gov', 'api.aws.scloud'],
    ['aws-iso-e', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
    ['aws-iso-f', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
    ['aws-us-gov', 'amazonaws.com', 'api.aws'],
  ]);
});
