import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { headerBytes, headerText } from './header-text.ts';
import { encodeUtf8 } from './utf8.ts';

const text = fc.string({ unit: 'grapheme' });

test('the characters of a header are the UTF-8 bytes of its text', () => {
  assert.equal(headerBytes('groß'), 'gro\u00c3\u009f');
  assert.equal(headerBytes('plain'), 'plain');
  fc.assert(
    fc.property(text, (value) => {
      assert.deepEqual(Buffer.from(headerBytes(value), 'latin1'), Buffer.from(encodeUtf8(value)));
      assert.equal(headerText(headerBytes(value)), value);
    }),
  );
});

test('a header that is no UTF-8 is read as Latin-1', () => {
  for (const value of ['gro\u00df', '\u00e9t\u00e9', '\u00ff\u00fe']) assert.equal(headerText(value), value);
});

test('text that is decoded already stays as it is', () => {
  assert.equal(headerText('日本'), '日本');
});

test('node:http carries the text of a header as its UTF-8 bytes, both ways', async (t) => {
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    response.setHeader('x-back', headerBytes(`${headerText(String(incoming.headers['x-there']))}!`));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const back = await new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers: { 'x-there': headerBytes('größer 日本 👍') } }, (answer) => {
      answer.resume();
      resolve(answer.headers['x-back']);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(headerText(String(back)), 'größer 日本 👍!');
});
