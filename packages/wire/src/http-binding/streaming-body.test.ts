import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventStreams } from '../event-stream/event-streams.ts';
import { library } from '../fixtures/library.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { Bytes } from '../http.ts';
import { restJson1Client } from '../rest-json1/client.ts';
import { restJson1Server } from '../rest-json1/server.ts';
import type { MemberSchema, OperationSchema, StructureSchema } from '../schema.ts';
import { streamsInput, streamsOutput } from '../streaming.ts';
import { encodeUtf8 } from '../values/utf8.ts';

function operationWith(payload: MemberSchema): OperationSchema {
  const structure: StructureSchema = {
    type: 'structure',
    name: 'Message',
    members: { payload, size: { target: { type: 'long' }, traits: { httpHeader: 'Content-Length' } } },
  };
  const http = { method: 'PUT', uri: '/message', code: 200 };
  return { name: 'Put', http, auth: [], errors: [], input: structure, output: structure };
}

const put = operationWith({
  target: { type: 'blob', traits: { streaming: true } },
  traits: { httpPayload: true },
});
const client = restJson1Client(library);

async function textOf(bytes: unknown): Promise<string> {
  assert(bytes instanceof Uint8Array || bytes instanceof ReadableStream);
  return new Response(bytes).text();
}

describe('a streaming blob', () => {
  for (const [kind, value] of [
    ['bytes', encodeUtf8('text')],
    ['a string', 'text'],
    ['a Blob', new Blob(['te', 'xt'])],
    ['a stream', new Blob(['text']).stream()],
    [
      'an async iterable',
      (async function* () {
        yield encodeUtf8('te');
        yield encodeUtf8('xt');
      })(),
    ],
  ] as const) {
    test(`may be given as ${kind}`, async () => {
      const { headers, body } = client.renderInput(put, { payload: value });
      assert.equal(headers['content-type'], 'application/octet-stream');
      assert.equal(await textOf(body), 'text');
    });
  }

  test('tells its length where that is known, unless the caller does', () => {
    const length = (input: object) => client.renderInput(put, input).headers['content-length'];
    assert.equal(length({ payload: new Blob(['text']) }), '4');
    assert.equal(length({ payload: new Blob(['text']), size: 5 }), '5');
    assert.equal(length({ payload: new Blob(['text']).stream() }), undefined);
  });

  test('is read no sooner than it is sent', async () => {
    let isRead = false;
    const { body } = client.renderInput(put, {
      payload: (async function* () {
        isRead = true;
        yield encodeUtf8('text');
      })(),
    });
    assert.equal(isRead, false);
    await textOf(body);
    assert.equal(isRead, true);
  });

  test('is refused where no bytes come from it', () => {
    assert.equal(refusalOf(() => client.renderInput(put, { payload: 1 })).path, '/payload');
  });

  test('is handed on by the client while it comes in', async () => {
    const body: Bytes = new Blob(['text']).stream();
    const output = await client.parseOutput(put, { status: 200, headers: {}, body });
    assert.equal(output['payload'], body);
  });

  test('is a stream as well where all of it is there', async () => {
    const output = await client.parseOutput(put, { status: 200, headers: {}, body: encodeUtf8('text') });
    assert(output['payload'] instanceof ReadableStream);
    assert.equal(await textOf(output['payload']), 'text');
  });

  test('is whole at the server', () => {
    const server = restJson1Server({ ...library, operations: { Put: put } });
    const request = { method: 'PUT', path: '/message', query: '', headers: {}, body: encodeUtf8('text') };
    assert.deepEqual(server.parseInput(put, request), { payload: encodeUtf8('text') });
  });
});

test('an operation says whether its bodies stream', () => {
  const plain = operationWith({ target: { type: 'blob' }, traits: { httpPayload: true } });
  assert.deepEqual([streamsInput(put), streamsOutput(put)], [true, true]);
  assert.deepEqual([streamsInput(plain), streamsOutput(plain)], [false, false]);
});

describe('an event stream', () => {
  const word: StructureSchema = {
    type: 'structure',
    name: 'Word',
    members: { text: { target: { type: 'string' } } },
  };
  const events: StructureSchema = {
    type: 'union',
    name: 'Events',
    members: { word: { target: word } },
    traits: { streaming: true },
  };
  const talk = operationWith({ target: events, traits: { httpPayload: true } });
  const said = [{ word: { text: 'a' } }, { word: { text: 'b' } }];

  test('travels event by event', async () => {
    const streaming = restJson1Client(library, { eventStreams });
    const { headers, body } = streaming.renderInput(talk, {
      payload: (async function* () {
        yield* said;
      })(),
    });
    assert.equal(headers['content-type'], 'application/vnd.amazon.eventstream');
    const { payload } = await streaming.parseOutput(talk, { status: 200, headers: {}, body });
    assert.deepEqual(await Array.fromAsync(payload as AsyncIterable<unknown>), said);
  });

  test('is refused where no events come from it', () => {
    const streaming = restJson1Client(library, { eventStreams });
    assert.equal(refusalOf(() => streaming.renderInput(talk, { payload: said })).path, '/payload');
  });

  test('needs a client that was made with event streams', () => {
    assert.throws(() => client.renderInput(talk, {}), {
      name: 'TypeError',
      message: 'Cannot stream the events of Events: the client was made without eventStreams',
    });
  });
});
