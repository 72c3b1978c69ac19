import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { chooseCoding, encode } from './encode.ts';

test('a body is compressed by the best coding that the client takes', () => {
  assert.equal(chooseCoding('gzip, deflate, br', 5_000), 'br');
  assert.equal(chooseCoding('gzip', 5_000), 'gzip');
  assert.equal(chooseCoding('br;q=0, gzip;q=0.5', 5_000), 'gzip');
  assert.equal(chooseCoding('*', 5_000), 'br');
  assert.equal(chooseCoding('identity', 5_000), 'identity');
  assert.equal(chooseCoding(undefined, 5_000), 'identity');
});

test('a short body is sent as it is', () => {
  assert.equal(chooseCoding('br', 100), 'identity');
});

test('what was compressed is the text again when it is decompressed', async () => {
  const text = 'export interface Größe {}\n'.repeat(100);
  const body = Buffer.from(text);
  assert.equal(brotliDecompressSync(await encode(body, 'br')).toString(), text);
  assert.equal(gunzipSync(await encode(body, 'gzip')).toString(), text);
});
