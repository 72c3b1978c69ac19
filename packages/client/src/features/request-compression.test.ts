import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { ClientRequest } from '@latchkey/wire';
import type { FeatureContext } from '../feature.ts';
import { requestCompression } from './request-compression.ts';

const text = 'a metric, '.repeat(2000);
const request: ClientRequest = {
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body: new TextEncoder().encode(text),
};

const context: Omit<FeatureContext, 'setting'> = {
  operation: {
    name: 'PutMetricData',
    input: { type: 'structure', name: 'PutMetricDataInput', members: {} },
    output: { type: 'structure', name: 'PutMetricDataOutput', members: {} },
    errors: [],
    auth: ['sigv4'],
    requestCompression: ['gzip'],
  },
  input: {},
  version: '2010-08-01',
  isPresigned: false,
  customEndpoint: undefined,
  endpointSettings: undefined,
};

async function sent(settings: Readonly<Record<string, string>> = {}): Promise<ClientRequest | undefined> {
  return requestCompression.request?.(request, { ...context, setting: (key) => settings[key] });
}

describe('a request whose model asks for compression', () => {
  test('is compressed', async () => {
    const compressed = await sent();
    assert.equal(compressed?.headers['content-encoding'], 'gzip');
    assert(compressed.body instanceof Uint8Array);
    assert.equal(gunzipSync(compressed.body).toString(), text);
  });

  test('is left as it is where the settings switch compression off', async () => {
    assert.equal(await sent({ disable_request_compression: 'true' }), request);
  });

  test('is left as it is where it is smaller than the settings say', async () => {
    assert.equal(await sent({ request_min_compression_size_bytes: '20001' }), request);
  });

  test('is refused where the settings say no size', async () => {
    await assert.rejects(sent({ request_min_compression_size_bytes: '10 kB' }), {
      code: 'badConfiguration',
      message:
        'Cannot use request_min_compression_size_bytes: found "10 kB", expected 0 to 10485760; it comes from AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES or the profile',
    });
  });
});
