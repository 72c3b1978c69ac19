import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { Misfit } from '../misfit.ts';
import { concat } from '../streams/concat.ts';
import { streamOf } from '../streams/stream-of.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import type { EventHeader } from './headers.ts';
import { decodeMessage, encodeMessage, type Message } from './message.ts';
import { readMessages } from './read-messages.ts';

const header: fc.Arbitrary<EventHeader> = fc.oneof(
  fc.boolean().map((value) => ({ type: 'boolean' as const, value })),
  fc.integer({ min: -128, max: 127 }).map((value) => ({ type: 'byte' as const, value })),
  fc.integer({ min: -32_768, max: 32_767 }).map((value) => ({ type: 'short' as const, value })),
  fc.integer().map((value) => ({ type: 'integer' as const, value })),
  fc.maxSafeInteger().map((value) => ({ type: 'long' as const, value })),
  fc.bigInt({ min: 2n ** 60n, max: 2n ** 63n - 1n }).map((value) => ({ type: 'long' as const, value })),
  fc.uint8Array().map((value) => ({ type: 'blob' as const, value })),
  fc.string({ unit: 'grapheme' }).map((value) => ({ type: 'string' as const, value })),
  fc.date({ noInvalidDate: true }).map((value) => ({ type: 'timestamp' as const, value })),
  fc.uuid().map((value) => ({ type: 'uuid' as const, value })),
);
const message: fc.Arbitrary<Message> = fc.record(
  {
    headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 60 }), header, { noNullPrototype: true }),
    payload: fc.uint8Array({ maxLength: 300 }),
  },
  { noNullPrototype: true },
);

async function read(bytes: Uint8Array, sizes: readonly number[] = []): Promise<Message[]> {
  const pieces = streamOf(
    (async function* () {
      let offset = 0;
      for (const size of sizes) {
        yield bytes.subarray(offset, offset + size);
        offset += size;
      }
      yield bytes.subarray(offset);
    })(),
  );
  return (await Array.fromAsync(readMessages(pieces))).map(decodeMessage);
}

describe('a message', () => {
  test('is written as AWS documents its parts', () => {
    const bytes = encodeMessage({
      headers: { 'content-type': { type: 'string', value: 'application/json' } },
      payload: encodeUtf8("{'foo':'bar'}"),
    });
    // The vector "payload_one_str_header" of AWS's own tests of its event stream library.
    assert.equal(
      Buffer.from(bytes).toString('hex'),
      '0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1',
    );
  });

  test('comes back as it was, however the stream was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 4 }), fc.array(fc.nat(80)), async (messages, sizes) => {
        const bytes = concat(messages.map(encodeMessage));
        assert.deepEqual(await read(bytes, sizes), messages);
      }),
    );
  });

  test('is refused with any byte changed', async () => {
    const bytes = encodeMessage({
      headers: { a: { type: 'short', value: 1 } },
      payload: encodeUtf8('payload'),
    });
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      await assert.rejects(
        read(changed),
        (error) => error instanceof WireError || error instanceof Misfit,
        `byte ${at}`,
      );
    }
  });

  test('is refused where the stream breaks off', async () => {
    const bytes = encodeMessage({ headers: {}, payload: encodeUtf8('payload') });
    for (let end = 1; end < bytes.length; end++) {
      await assert.rejects(read(bytes.subarray(0, end)), WireError);
    }
  });

  test('is refused where it would be larger than any may be, before it is read', async () => {
    // 32 MiB, with the checksum that belongs to it.
    const prelude = Buffer.from('0200000000000000', 'hex');
    const { crc32 } = await import('node:zlib');
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(prelude));
    await assert.rejects(read(concat([prelude, checksum])), /found a message of 33554432 bytes/);
  });

  for (const [what, bad] of [
    ['a name that is too long', { ['n'.repeat(256)]: { type: 'boolean', value: true } }],
    ['a name that is empty', { '': { type: 'boolean', value: true } }],
    ['a number out of range', { n: { type: 'byte', value: 128 } }],
    ['a value of another type', { n: { type: 'blob', value: 1 } }],
    ['a text that is too long', { n: { type: 'string', value: 'x'.repeat(32_768) } }],
    ['a UUID that is none', { n: { type: 'uuid', value: '1234' } }],
  ] satisfies [string, Message['headers']][]) {
    test(`is not written with ${what} in a header`, () => {
      assert.throws(() => encodeMessage({ headers: bad, payload: new Uint8Array() }), Misfit);
    });
  }
});

describe('headers that are damaged are refused', () => {
  const withHeaders = (hex: string) => {
    const headers = Buffer.from(hex, 'hex');
    const plain = encodeMessage({ headers: {}, payload: headers });
    // The same bytes with the payload counted as headers.
    const view = new DataView(plain.buffer);
    view.setUint32(4, headers.length);
    return decodeWithoutChecksums(plain);
  };
  async function decodeWithoutChecksums(bytes: Uint8Array): Promise<Message> {
    const { crc32 } = await import('node:zlib');
    const view = new DataView(bytes.buffer);
    view.setUint32(8, crc32(bytes.subarray(0, 8)));
    view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)));
    return decodeMessage(bytes);
  }
  for (const [what, hex] of [
    ['of an unknown type', '01610a'],
    ['that go on behind their end', '01610700ff61'],
    ['whose name is not UTF-8', '01ff00'],
    ['that are there twice', '016100016101'],
    ['with an instant that no calendar has', '0161087fffffffffffffff'],
  ]) {
    test(String(what), () => assert.rejects(withHeaders(String(hex)), Misfit));
  }
});
