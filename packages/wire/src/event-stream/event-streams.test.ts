import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { jsonDocuments } from '../json/document.ts';
import type { ErrorSchema, StructureSchema } from '../schema.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { concat } from '../streams/concat.ts';
import { streamOf } from '../streams/stream-of.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import type { EventValue } from './codec.ts';
import { EventStreamError } from './error.ts';
import { eventDocuments } from './event-documents.ts';
import { eventStreams } from './event-streams.ts';
import { encodeMessage, type Message } from './message.ts';

const text = { type: 'string' } as const;
const line: StructureSchema = {
  type: 'structure',
  name: 'Line',
  members: {
    number: { target: { type: 'integer' }, traits: { eventHeader: true } },
    kind: { target: { type: 'enum', values: ['verse'] }, traits: { eventHeader: true } },
    text: { target: text },
    at: { target: { type: 'timestamp' } },
  },
};
const picture: StructureSchema = {
  type: 'structure',
  name: 'Picture',
  members: { bytes: { target: { type: 'blob' }, traits: { eventPayload: true } } },
};
const end: StructureSchema = { type: 'structure', name: 'End', members: {} };
const tornPage: ErrorSchema = {
  type: 'structure',
  name: 'TornPageException',
  members: { message: { target: text } },
  fault: 'client',
  status: 400,
};
const page: StructureSchema = {
  type: 'union',
  name: 'Page',
  members: {
    line: { target: line },
    picture: { target: picture },
    end: { target: end },
    torn: { target: tornPage },
  },
};
const documents = eventDocuments(jsonDocuments('client', { jsonNames: true }));

async function* iterable<Value>(values: readonly Value[]): AsyncGenerator<Value, void, undefined> {
  yield* values;
}

function messages(...all: readonly Message[]): ReadableStream<Uint8Array> {
  return streamOf(iterable(all.map(encodeMessage)));
}

function message(headers: Readonly<Record<string, string>>, payload = ''): Message {
  const entries = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]);
  return { headers: Object.fromEntries(entries), payload: encodeUtf8(payload) };
}

const event = (name: string, payload = '') =>
  message({ ':message-type': 'event', ':event-type': name }, payload);

function read(body: ReadableStream<Uint8Array>): Promise<EventValue[]> {
  return Array.fromAsync(eventStreams.read(page, documents, body, false).events);
}

describe('events', () => {
  const value = fc.oneof(
    fc
      .record(
        { number: fc.integer(), kind: fc.constant('verse'), text: fc.string({ unit: 'grapheme' }) },
        { requiredKeys: ['text'], noNullPrototype: true },
      )
      .map((each) => ({ line: each })),
    fc.uint8Array().map((bytes) => ({ picture: { bytes } })),
    fc.constant({ end: {} }),
  );

  test('come back as they were written, however the stream was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value), fc.array(fc.nat(50)), async (events, sizes) => {
        const bytes = concat(
          await Array.fromAsync(chunksOf(eventStreams.write(page, documents, iterable(events)))),
        );
        const offsets = sizes.map((size, index) =>
          sizes.slice(0, index).reduce((sum, each) => sum + each, size),
        );
        const pieces = [0, ...offsets].map((offset, index) => bytes.subarray(offset, offsets[index]));
        assert.deepEqual(await read(streamOf(iterable(pieces))), events);
      }),
    );
  });

  test('that the model does not have keep their name and payload', async () => {
    const found = await read(messages(event('drawing', 'abc'), event('toString'), event('end')));
    assert.deepEqual(found, [
      { $unknown: ['drawing', encodeUtf8('abc')] },
      { $unknown: ['toString', encodeUtf8('')] },
      { end: {} },
    ]);
  });

  test('end with the error that the service models', async () => {
    const exception = message(
      { ':message-type': 'exception', ':exception-type': 'torn' },
      '{"message":"half a page"}',
    );
    await assert.rejects(read(messages(event('end'), exception)), (error) => {
      assert(error instanceof EventStreamError);
      const { code, message: sentence, modeled, members } = error;
      assert.deepEqual(
        { code, sentence, modeled, members },
        {
          code: 'TornPageException',
          sentence: 'half a page',
          modeled: true,
          members: { message: 'half a page' },
        },
      );
      return true;
    });
  });

  test('end with an error that the service does not model', async () => {
    const exception = message({ ':message-type': 'exception', ':exception-type': 'burnt' });
    await assert.rejects(read(messages(exception)), {
      name: 'EventStreamError',
      code: 'burnt',
      modeled: false,
    });
    const error = message({ ':message-type': 'error', ':error-code': 'Oops', ':error-message': 'no page' });
    await assert.rejects(read(messages(error)), { code: 'Oops', message: 'no page', modeled: false });
  });

  test('tell of an error that does not say all, or not as the model has it', async () => {
    const silent = message({ ':message-type': 'error', ':error-code': 'Oops' });
    const ended = 'The stream ended with an error';
    await assert.rejects(read(messages(silent)), { code: 'Oops', message: ended });
    const headers = { ':message-type': 'exception', ':exception-type': 'torn' };
    await assert.rejects(read(messages(message(headers, '<html>'))), {
      code: 'torn',
      message: ended,
      modeled: false,
    });
  });

  test('are refused where a header is of another type', async () => {
    const { headers, payload } = event('line', '{}');
    const bad: Message = { headers: { ...headers, number: { type: 'string', value: '1' } }, payload };
    await assert.rejects(read(messages(bad)), {
      name: 'WireError',
      message: "Cannot read '/line/number': found a header of type string, expected integer",
    });
  });

  test('take a whole number in fewer bytes', async () => {
    const { headers, payload } = event('line', '{"text":"x"}');
    const short: Message = { headers: { ...headers, number: { type: 'short', value: 7 } }, payload };
    assert.deepEqual(await read(messages(short)), [{ line: { text: 'x', number: 7 } }]);
  });

  for (const [what, bad] of [
    ['two members', { end: {}, line: { text: '' } }],
    ['no member', {}],
    ['a member that the union does not have', { toString: {} }],
    ['a value of another type', { picture: { bytes: 1 } }],
    ['a header of another type', { line: { number: 'one' } }],
  ] as const) {
    test(`are not written with ${what}`, async () => {
      const body = eventStreams.write(page, documents, iterable<EventValue>([bad]));
      await assert.rejects(Array.fromAsync(chunksOf(body)), { name: 'WireError', code: 'unwritable' });
    });
  }

  test('are read no further, and the stream is let go, when the reader has enough', async () => {
    let isCancelled = false;
    const bytes = encodeMessage(event('end'));
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const _event of eventStreams.read(page, documents, endless, false).events) break;
    assert(isCancelled);
  });
});

describe('the message before the events', () => {
  const initial = { type: 'initial-response', body: encodeUtf8('{"a":1}') } as const;

  test('is had apart from them', async () => {
    const body = eventStreams.write(page, documents, iterable([{ end: {} }]), initial);
    const found = eventStreams.read(page, documents, body, true);
    assert.deepEqual(await found.initial, initial.body);
    assert.deepEqual(await Array.fromAsync(found.events), [{ end: {} }]);
  });

  test('is passed over where nothing is expected of it', async () => {
    assert.deepEqual(await read(eventStreams.write(page, documents, iterable([{ end: {} }]), initial)), [
      { end: {} },
    ]);
  });

  test('may be missing', async () => {
    const body = eventStreams.write(page, documents, iterable([{ end: {} }]));
    const found = eventStreams.read(page, documents, body, true);
    assert.equal(await found.initial, undefined);
    assert.deepEqual(await Array.fromAsync(found.events), [{ end: {} }]);
    const nothing = eventStreams.read(page, documents, streamOf(iterable<Uint8Array>([])), true);
    assert.equal(await nothing.initial, undefined);
    assert.deepEqual(await Array.fromAsync(nothing.events), []);
  });
});

test('whatever comes, it is read or refused as malformed', async () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(
        fc.constantFrom(':message-type', ':event-type', 'number', ''),
        fc.constantFrom('event', 'exception', 'error', 'line', 'picture', ''),
        fc.constantFrom('', '{', '{}', '{"text":1}', '\u00ff'),
      )
      .map(([name, value, payload]) => {
        const { headers } = event('line');
        const changed = name === '' ? headers : { ...headers, [name]: { type: 'string' as const, value } };
        return encodeMessage({ headers: changed, payload: encodeUtf8(payload) });
      }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), fc.boolean(), async (parts, takesInitial) => {
      try {
        const found = eventStreams.read(page, documents, streamOf(iterable(parts)), takesInitial);
        await found.initial;
        await Array.fromAsync(found.events);
      } catch (error) {
        assert(error instanceof WireError || error instanceof EventStreamError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});
