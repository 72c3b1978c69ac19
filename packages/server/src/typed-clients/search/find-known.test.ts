import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { runtimeSymbols } from '../../generated/runtime-reference.ts';
import { resultName } from './describe-result.ts';
import { entriesOfRuntime, searchedRuntime } from './entries-of-runtime.ts';
import { knownParts } from './known-parts.ts';
import { knownThings } from './known-things.ts';
import { search } from './search.ts';
import type { SearchEntry, SearchedService } from './search-entry.ts';
import { SearchIndex } from './search-index.ts';
import { parseSearchQuery } from './search-query.ts';

const dns = serviceOf('route53', 'Route53', ['hosted zones']);
const storage = serviceOf('s3', 'S3', ['object storage']);

const index = SearchIndex.open(':memory:');
after(() => index.close());
index.replace(searchedRuntime, 'runtime', entriesOfRuntime());
index.replace(dns, 'dns', [
  entryOf('interface', 'ResourceRecordSet'),
  ...['changeResourceRecordSets', 'createHostedZone', 'listResourceRecordSets'].map(operationOf(dns)),
]);
index.replace(storage, 'storage', [
  entryOf('interface', 'LifecycleRule'),
  ...[
    'deleteBucketLifecycle',
    'getBucketLifecycleConfiguration',
    'putBucketLifecycleConfiguration',
    'putObject',
  ].map(operationOf(storage)),
]);

function serviceOf(moduleName: string, className: string, otherNames: readonly string[]): SearchedService {
  return { moduleName, className, title: className, otherNames, rank: 0 };
}

function entryOf(kind: SearchEntry['kind'], symbol: string, member?: string): SearchEntry {
  return { kind, symbol, ...(member !== undefined && { member }), summary: '', text: '' };
}

function operationOf({ className }: SearchedService) {
  return (name: string) => entryOf('operation', className, name);
}

function findFirst(typed: string): string | undefined {
  const [first] = search(index, parseSearchQuery(typed), 10).entries;
  return first && resultName(first);
}

test('what is done with a thing is found by the name that people have for it, and by its verb', () => {
  for (const [typed, name] of [
    ['create dns record', 'Route53.changeResourceRecordSets'],
    ['delete the DNS records', 'Route53.changeResourceRecordSets'],
    ['route53 dns records', 'Route53.changeResourceRecordSets'],
    ['show dns records', 'Route53.listResourceRecordSets'],
    ['s3 lifecycle rules', 'S3.putBucketLifecycleConfiguration'],
    ['read lifecycle rules', 'S3.getBucketLifecycleConfiguration'],
    ['remove lifecycle rule', 'S3.deleteBucketLifecycle'],
  ] as const) {
    assert.equal(findFirst(typed), name, typed);
  }
});

test('words that are no name of the service are not passed over, nor is a filter', () => {
  assert.notEqual(findFirst('dns record penguin'), 'Route53.changeResourceRecordSets');
  assert.equal(findFirst('in:s3 dns record'), undefined);
  assert.equal(findFirst('type:interface lifecycle rule'), 'LifecycleRule');
});

test('the name of a type finds the type where it is written as one', () => {
  assert.equal(findFirst('LifecycleRule'), 'LifecycleRule');
});

test('a part of the runtime is found by what people call it, beside the name of a service, too', () => {
  assert.equal(findFirst('exponential backoff'), 'ApiFactoryOptions.retryMode');
  assert.equal(findFirst('generate presigned URL for s3'), 'presignedUrl');
  assert.equal(findFirst('in:s3 exponential backoff'), undefined);
});

test('every part of the runtime that has another name is in the reference', () => {
  const paths = runtimeSymbols.flatMap(({ id, members }) => [
    id,
    ...members.map(({ name }) => `${id}.${name}`),
  ]);
  assert.deepEqual(
    Object.keys(knownParts).filter((path) => !paths.includes(path)),
    [],
  );
});

test('no name is that of two things', () => {
  const names = [...Object.values(knownThings), ...Object.values(knownParts)].flat();
  assert.deepEqual(
    names.filter((name, place) => names.indexOf(name) !== place),
    [],
  );
});
