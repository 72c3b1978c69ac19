import assert from 'node:assert/strict';
import { test } from 'node:test';
import { putObject, s3Metadata } from '../testing/s3-service.ts';
import { startStubService } from '../testing/stub-service.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { httpChecksums } from './http-checksums.ts';
import { measuredBody } from './measured-body.ts';
import { s3 } from './s3.ts';
import { s3Streams } from './s3-streams.ts';

async function* threeBytes() {
  yield new Uint8Array(2);
  yield new Uint8Array(1);
}

const cat = { Bucket: 'photos', Key: 'cat' };
const operation = { ...putObject, checksum: { requestAlgorithmMember: 'Algorithm' } };
const metadata = { ...s3Metadata, features: [measuredBody, httpChecksums, s3Streams, s3] };

for (const [transport, options] of [
  ['node:http', {}],
  ['fetch', { fetch }],
] as const) {
  for (const [ContentLength, problem] of [
    [5, 'it ended after 3 bytes'],
    [2, 'it has 3 bytes or more'],
  ] as const) {
    test(`${transport}: a stream of 3 bytes fails the call where ContentLength says ${ContentLength}`, async (t) => {
      const service = await startStubService(t, () => ({}));
      const client = thermostatClient(t, service.url, options, metadata);
      const call = client.call(operation, { ...cat, Body: threeBytes(), ContentLength });
      await assert.rejects(call, {
        code: 'bodyFailed',
        message: `Cannot send the body: ${problem}, and ContentLength says ${ContentLength}`,
      });
      assert.equal(service.received.length, 0);
    });
  }
}

test('bytes that are not as many as ContentLength says are not sent', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url, {}, metadata);
  await assert.rejects(client.call(operation, { ...cat, Body: 'meow', ContentLength: 5 }), {
    code: 'bodyFailed',
    message: 'Cannot send the body: it has 4 bytes, and ContentLength says 5',
  });
  assert.equal(service.received.length, 0);
});
