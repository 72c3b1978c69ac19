import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
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

const context: FeatureContext = {
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
};

async function sent(t?: TestContext, name = '', value = ''): Promise<ClientRequest | undefined> {
  if (t !== undefined) {
    process.env[name] = value;
    t.after(() => {
      delete process.env[name];
    });
  }
  return requestCompression.request?.(request, context);
}

describe('a request whose model asks for compression', () => {
  test('is compressed', async () => {
    const compressed = await sent();
    assert.equal(compressed?.headers['content-encoding'], 'gzip');
    assert(compressed.body instanceof Uint8Array);
    assert.equal(gunzipSync(compressed.body).toString(), text);
  });

  test('is left as it is where the environment switches compression off', async (t) => {
    assert.equal(await sent(t, 'AWS_DISABLE_REQUEST_COMPRESSION', 'true'), request);
  });

  test('is left as it is where it is smaller than the environment says', async (t) => {
    assert.equal(await sent(t, 'AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES', '20001'), request);
  });

  test('is refused where the environment says no size', async (t) => {
    await assert.rejects(sent(t, 'AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES', '10 kB'), {
      code: 'badConfiguration',
      message: 'Cannot read AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES: found "10 kB", expected 0 to 10485760',
    });
  });
});
