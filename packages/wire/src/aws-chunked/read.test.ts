import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { readChunks } from './read.ts';

async function read(text: string | Uint8Array): Promise<string> {
  const { body, trailers } = readChunks(typeof text === 'string' ? encodeUtf8(text) : text, {
    trailerNames: 'a,b',
  });
  let found = '';
  for await (const part of chunksOf(body)) found += new TextDecoder().decode(part);
  return `${found} ${JSON.stringify(await trailers)}`;
}

test('a body is read with its trailers, also as the S3 documentation ends their lines', async () => {
  assert.equal(await read('3\r\nabc\r\n1\r\nd\r\n0\r\na: 1\r\nB:2\r\n\r\n'), 'abcd {"a":"1","b":"2"}');
  assert.equal(await read('0\r\na:1\n\r\nb:2\r\n\r\n'), ' {"a":"1","b":"2"}');
});

test('whatever is sent, it is read or refused as malformed', async () => {
  const part = fc.constantFrom(
    '0',
    '1',
    '3',
    'f',
    '\r\n',
    '\r',
    'abc',
    'a:1\r\nb:2\r\n\r\n',
    ';chunk-signature=',
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => encodeUtf8(parts.join('')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, fc.uint8Array()), async (bytes) => {
      try {
        await read(bytes);
      } catch (error) {
        assert(error instanceof WireError && error.code === 'malformed', String(error));
      }
    }),
    { numRuns: 500 },
  );
});

test('trailers of a body that is given up are never there', async () => {
  const { body, trailers } = readChunks(encodeUtf8('3\r\nabc\r\n0\r\n\r\n'));
  const reader = body.getReader();
  await reader.read();
  await reader.cancel();
  await assert.rejects(trailers, WireError);
});
