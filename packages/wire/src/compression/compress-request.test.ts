import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { addBook } from '../fixtures/library.ts';
import type { ClientRequest } from '../http.ts';
import { asStream } from '../values/bytes.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { compressRequest } from './compress-request.ts';

const operation = { ...addBook, requestCompression: ['gzip'] };
const text = 'a line of a book, '.repeat(1000);

function request(body: ClientRequest['body'], headers: ClientRequest['headers'] = {}): ClientRequest {
  return { method: 'POST', path: '/', query: '', headers, body };
}

async function sent({ body }: ClientRequest): Promise<Uint8Array> {
  return new Uint8Array(await new Response(asStream(body)).arrayBuffer());
}

describe('the body of a request', () => {
  test('is compressed where the model asks for it', async () => {
    const compressed = await compressRequest(request(encodeUtf8(text)), operation);
    assert.equal(compressed.headers['content-encoding'], 'gzip');
    assert(compressed.body instanceof Uint8Array && compressed.body.length < 1000);
    assert.equal(gunzipSync(compressed.body).toString(), text);
  });

  test('is compressed as it streams, and its length is not told any more', async () => {
    const streaming = request(asStream(encodeUtf8('short')), { 'content-length': '5' });
    const compressed = await compressRequest(streaming, operation);
    assert.deepEqual(compressed.headers, { 'content-encoding': 'gzip' });
    assert(compressed.body instanceof ReadableStream);
    assert.equal(gunzipSync(await sent(compressed)).toString(), 'short');
  });

  test('keeps the encoding that the caller gave it', async () => {
    const encoded = request(encodeUtf8(text), { 'content-encoding': 'custom' });
    const { headers } = await compressRequest(encoded, operation);
    assert.equal(headers['content-encoding'], 'custom, gzip');
  });

  for (const [why, body, asked, minimumBytes] of [
    ['the model does not ask for it', text, addBook, 0],
    ['the model asks for another algorithm', text, { ...addBook, requestCompression: ['zstd'] }, 0],
    ['it is small', text.slice(0, 10_239), operation, undefined],
    ['it is smaller than the caller wants compressed', text, operation, 100_000],
  ] as const) {
    test(`is left as it is where ${why}`, async () => {
      const plain = request(encodeUtf8(body));
      const options = minimumBytes === undefined ? {} : { minimumBytes };
      assert.equal(await compressRequest(plain, asked, options), plain);
    });
  }
});
