import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { asStream, bytesFrom } from './bytes.ts';
import { bytesOf } from './expect.ts';

const { buffer } = Uint8Array.of(9, 1, 2, 9);

test('bytes may be given as an array, a buffer, what a view shows of one, or text', () => {
  for (const [given, bytes] of [
    [Uint8Array.of(1, 2), [1, 2]],
    [Buffer.from([1, 2]), [1, 2]],
    [buffer, [9, 1, 2, 9]],
    [new DataView(buffer, 1, 2), [1, 2]],
    [Uint16Array.of(0x0201), [1, 2]],
    ['é', [0xc3, 0xa9]],
  ] as const) {
    assert.deepEqual([...bytesOf(given)], bytes);
    const streamed = bytesFrom(given);
    assert.ok(streamed instanceof Uint8Array);
    assert.deepEqual([...streamed], bytes);
  }
});

test('a streaming body may be a stream of Node', async () => {
  const body = asStream(bytesFrom(Readable.from([Buffer.from('a'), Buffer.from('b')])));
  assert.equal(await new Response(body).text(), 'ab');
});

test('other values are no bytes', () => {
  for (const other of [1, {}, [1, 2], null, new Date()]) {
    assert.throws(() => bytesOf(other), /expected bytes or text/);
    assert.throws(() => bytesFrom(other), /expected bytes, text/);
  }
});
