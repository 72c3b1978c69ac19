import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { decodeMessage, encodeMessage } from '../event-stream/message.ts';
import type { Bytes, WireRequest } from '../http.ts';
import { nodeCrypto } from '../node.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { concat } from '../streams/concat.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { signEventsSigV4 } from './sign-events.ts';
import { verifySigV4 } from './verify.ts';
import { verifyEvents } from './verify-events.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const startMs = Date.parse('2026-01-02T23:59:59.250Z');
const nextDayMs = Date.parse('2026-01-03T00:00:01.500Z');
const audio = encodeMessage({
  headers: { ':message-type': { type: 'string', value: 'event' } },
  payload: encodeUtf8('audio'),
});

/** Signs messages of which each is sent at the next of some instants, the first being that of the headers. */
function sign(body: Bytes, instants: readonly number[]): Promise<WireRequest<ReadableStream<Uint8Array>>> {
  let next = 0;
  const headers = { host: 'example.com', 'content-type': 'application/vnd.amazon.eventstream' };
  return signEventsSigV4(
    { method: 'POST', path: '/stream', query: '', headers, body },
    {
      credentials,
      region: 'eu-west-1',
      service: 'transcribe',
      crypto: nodeCrypto,
      now: () => instants[Math.min(next++, instants.length - 1)] ?? 0,
    },
  );
}

async function received(request: WireRequest<Bytes>): Promise<Uint8Array[]> {
  const verified = await verifySigV4(request, {
    nowMs: startMs,
    services: ['transcribe'],
    allowStreamingPayload: true,
    crypto: nodeCrypto,
    findCredentials: () => credentials,
  });
  assert(verified.kind === 'verified', JSON.stringify(verified));
  return Array.fromAsync(chunksOf(verifyEvents(request, verified, { crypto: nodeCrypto })));
}

test('events are signed as the AWS SDK for JavaScript signs them, into the next day', async () => {
  const request = await sign(audio, [startMs, nextDayMs]);
  assert.equal(request.headers['x-amz-content-sha256'], 'STREAMING-AWS4-HMAC-SHA256-EVENTS');
  assert.match(
    request.headers['authorization'] ?? '',
    /Signature=14bc89db3e8f67524e2ee0a69b4e41269fbbc691d1ccff8f9c3ba2d30344e967$/,
  );
  const messages = await Array.fromAsync(chunksOf(request.body));
  const signatures = messages.map((bytes) => decodeMessage(bytes).headers[':chunk-signature']?.value);
  assert.deepEqual(
    signatures.map((signature) => Buffer.from(signature as Uint8Array).toString('hex')),
    [
      'dddf73a28b06de5e1a7c98a0145d06b01a2d340556d1ce59901587159c7b87c0',
      'f79dc4ec54a03ca7048c6d9eabc9ec341d8a63d4104065c80f04bdee7ce3869b',
    ],
  );
});

test('signed events arrive as they were', async () => {
  const payloads = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(payloads, async (all) => {
      const messages = all.map((payload) => encodeMessage({ headers: {}, payload }));
      assert.deepEqual(await received(await sign(concat(messages), [startMs, nextDayMs])), messages);
    }),
  );
});

describe('signed events are refused', () => {
  const changes: Record<string, (messages: Uint8Array[]) => Uint8Array[]> = {
    'when one was taken out': ([first, , ...others]) => [first ?? audio, ...others],
    'when one came twice': ([first, ...others]) => [first ?? audio, first ?? audio, ...others],
    'when the end was cut off': (messages) => messages.slice(0, -1),
    'when one is not signed': (messages) => [audio, ...messages],
    'when one was changed': ([first, ...others]) => {
      const { headers } = decodeMessage(first ?? audio);
      return [encodeMessage({ headers, payload: audio.subarray(1) }), ...others];
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    test(name, async () => {
      const request = await sign(concat([audio, audio, audio]), [startMs]);
      const messages = await Array.fromAsync(chunksOf(request.body));
      await assert.rejects(received({ ...request, body: concat(change(messages)) }), WireError);
    });
  }
});
