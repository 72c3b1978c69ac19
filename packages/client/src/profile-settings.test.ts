import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Home } from './credentials/testing/home.ts';
import type { EndpointParams } from './endpoints/endpoint.ts';
import { httpChecksums } from './features/http-checksums.ts';
import { s3 } from './features/s3.ts';
import { putObject, s3Metadata } from './testing/s3-service.ts';
import { startStubService } from './testing/stub-service.ts';
import { thermostatClient } from './testing/thermostat-client.ts';

test('a profile says how S3 is called', async (t) => {
  await using home = await Home.with({
    '.aws/config': `[profile quiet]
request_checksum_calculation = when_required
s3_use_arn_region = true
s3_disable_multiregion_access_points = True`,
  });
  process.env['AWS_CONFIG_FILE'] = join(home.path, '.aws/config');
  t.after(() => delete process.env['AWS_CONFIG_FILE']);
  const service = await startStubService(t, () => ({ body: '' }));
  const operation = { ...putObject, checksum: { requestAlgorithmMember: 'Algorithm' } };
  const asked: EndpointParams[] = [];
  const { endpoints } = s3Metadata;
  const metadata = {
    ...s3Metadata,
    endpoints: {
      ...endpoints,
      builtIns: {
        ...endpoints.builtIns,
        'AWS::S3::UseArnRegion': 'UseArnRegion',
        'AWS::S3::DisableMultiRegionAccessPoints': 'DisableMultiRegionAccessPoints',
      },
      resolve(params: EndpointParams) {
        asked.push(params);
        return endpoints.resolve(params);
      },
    },
    features: [httpChecksums, s3],
  };
  const cat = { Bucket: 'photos', Key: 'cat', Body: 'meow' };
  for (const options of [{}, { profile: 'quiet' }]) {
    await thermostatClient(t, service.url, options, metadata).call(operation, cat);
  }
  assert.deepEqual(
    service.received.map(({ headers }) => 'x-amz-checksum-crc32' in headers),
    [true, false],
  );
  assert.deepEqual(
    asked.map(({ UseArnRegion, DisableMultiRegionAccessPoints }) => [
      UseArnRegion,
      DisableMultiRegionAccessPoints,
    ]),
    [
      [undefined, undefined],
      [true, true],
    ],
  );
});
