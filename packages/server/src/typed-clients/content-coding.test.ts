import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { chooseCoding, compress } from './content-coding.ts';

test('an answer is compressed by the best content coding that accept-encoding allows', () => {
  assert.equal(chooseCoding('gzip, deflate, br', 5_000), 'br');
  assert.equal(chooseCoding('gzip', 5_000), 'gzip');
  assert.equal(chooseCoding('br;q=0, gzip;q=0.5', 5_000), 'gzip');
  assert.equal(chooseCoding('*', 5_000), 'br');
  assert.equal(chooseCoding('identity', 5_000), 'identity');
  assert.equal(chooseCoding(undefined, 5_000), 'identity');
});

test('a body shorter than 1024 bytes is sent without compression', () => {
  assert.equal(chooseCoding('br', 100), 'identity');
});

test('a compressed body decompresses to the same text, by br and by gzip', async () => {
  const text = 'export interface Größe {}\n'.repeat(100);
  const body = Buffer.from(text);
  assert.equal(brotliDecompressSync(await compress(body, 'br')).toString(), text);
  assert.equal(gunzipSync(await compress(body, 'gzip')).toString(), text);
});
