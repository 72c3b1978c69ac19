import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { library } from '../fixtures/library.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { restJson1Client } from '../rest-json1/client.ts';
import { restJson1Server } from '../rest-json1/server.ts';
import type { MemberSchema, OperationSchema, Schema, StructureSchema } from '../schema.ts';

const client = wholeClient(restJson1Client(library));
const text: Schema = { type: 'string' };
const point: StructureSchema = {
  type: 'structure',
  name: 'Point',
  members: { x: { target: { type: 'integer' } } },
};
const choice: StructureSchema = { ...point, type: 'union', name: 'Choice' };

/** An operation whose input and output have these members. */
function operationWith(members: Readonly<Record<string, MemberSchema>>): OperationSchema {
  const structure: StructureSchema = { type: 'structure', name: 'Message', members };
  const http = { method: 'PUT', uri: '/message', code: 200 };
  return { name: 'Put', http, auth: [], errors: [], input: structure, output: structure };
}

const payloadOf = (target: Schema, mediaType?: string) =>
  operationWith({
    payload: { target, traits: { httpPayload: true, ...(mediaType !== undefined && { mediaType }) } },
  });

function serverOf(operation: OperationSchema) {
  return restJson1Server({ ...library, operations: { Put: operation } });
}

describe('a payload travels as the whole body', () => {
  for (const [kind, operation, payload, mediaType, body] of [
    ['bytes', payloadOf({ type: 'blob' }), Uint8Array.of(104, 105), 'application/octet-stream', 'hi'],
    ['bytes of a type', payloadOf({ type: 'blob' }, 'image/png'), Uint8Array.of(104, 105), 'image/png', 'hi'],
    ['text', payloadOf(text), 'hé', 'text/plain', 'hé'],
    ['a structure', payloadOf(point), { x: 1 }, 'application/json', '{"x":1}'],
    ['a union', payloadOf(choice), { x: 1 }, 'application/json', '{"x":1}'],
    ['a document', payloadOf({ type: 'document' }), [1, null], 'application/json', '[1,null]'],
  ] as const) {
    test(`${kind}, both ways`, () => {
      const request = client.renderInput(operation, { payload });
      assert.equal(request.headers['content-type'], mediaType);
      assert.equal(new TextDecoder().decode(request.body), body);
      const server = serverOf(operation);
      assert.deepEqual(server.parseInput(operation, request), { payload });
      const response = received(server.renderOutput(operation, { payload }, { requestId: 'r' }));
      assert.equal(response.headers['content-type'], mediaType);
      assert.deepEqual(client.parseOutput(operation, response), { payload });
    });

    test(`${kind}, or not at all`, () => {
      const server = serverOf(operation);
      const response = received(server.renderOutput(operation, {}, { requestId: 'r' }));
      assert.deepEqual([response.body.length, response.headers['content-type']], [0, undefined]);
      assert.deepEqual(client.parseOutput(operation, response), {});
    });

    test(`${kind}, refused where it is something else`, () => {
      assert.equal(refusalOf(() => client.renderInput(operation, { payload: () => 1 })).path, '/payload');
    });
  }

  test('of the media type that the model names, or any where it names none', () => {
    const request = (operation: OperationSchema) => ({
      ...client.renderInput(operation, { payload: new Uint8Array(1) }),
      headers: { 'content-type': 'video/mp4' },
    });
    const free = payloadOf({ type: 'blob' });
    assert.doesNotThrow(() => serverOf(free).parseInput(free, request(free)));
    const fixed = payloadOf({ type: 'blob' }, 'image/png');
    assert.equal(
      refusalOf(() => serverOf(fixed).parseInput(fixed, request(fixed))).code,
      'unsupportedMediaType',
    );
  });

  test('and text of it must be UTF-8', () => {
    const operation = payloadOf(text);
    const request = { ...client.renderInput(operation, { payload: 'x' }), body: Uint8Array.of(0xff) };
    assert.equal(refusalOf(() => serverOf(operation).parseInput(operation, request)).path, '/payload');
  });
});

describe('members outside of the body', () => {
  const simple: readonly (readonly [Schema, unknown, string])[] = [
    [{ type: 'byte' }, -128, '-128'],
    [{ type: 'long' }, 2n ** 62n, '4611686018427387904'],
    [{ type: 'double' }, Number.NEGATIVE_INFINITY, '-Infinity'],
    [{ type: 'boolean' }, false, 'false'],
    [{ type: 'intEnum', values: [1] }, 1, '1'],
    [{ type: 'enum', values: ['A'] }, 'A', 'A'],
    [{ type: 'blob' }, Uint8Array.of(255), '/w=='],
    [{ type: 'timestamp', traits: { timestampFormat: 'epoch-seconds' } }, new Date(1500), '1.5'],
  ];
  for (const [target, value, written] of simple) {
    test(`a ${target.type} is written and read as ${written}`, () => {
      const operation = operationWith({
        x: { target, traits: { httpQuery: 'x' } },
        y: { target, traits: { httpHeader: 'Y' } },
      });
      const request = client.renderInput(operation, { x: value, y: value });
      assert.deepEqual([request.query, request.headers['y']], [`x=${encodeURIComponent(written)}`, written]);
      assert.deepEqual(serverOf(operation).parseInput(operation, request), { x: value, y: value });
    });
  }

  test('are refused where they are of another type', () => {
    for (const [target] of simple) {
      const operation = operationWith({ x: { target, traits: { httpQuery: 'x' } } });
      assert.equal(refusalOf(() => client.renderInput(operation, { x: {} })).path, '/x', target.type);
      if (target.type === 'enum') continue;
      const request = { ...client.renderInput(operation, {}), query: 'x=maybe' };
      assert.equal(
        refusalOf(() => serverOf(operation).parseInput(operation, request)).path,
        '/x',
        target.type,
      );
    }
  });

  test('take their defaults on the server when they are absent', () => {
    const operation = operationWith({
      x: { target: text, traits: { httpQuery: 'x', default: 'a' } },
      y: { target: { type: 'timestamp' }, traits: { httpHeader: 'Y', default: 1 } },
      z: { target: { type: 'blob' }, traits: { default: 'aGk=' } },
      list: { target: { type: 'list', member: { target: text } }, traits: { default: [] } },
    });
    const server = serverOf(operation);
    const input = server.parseInput(operation, client.renderInput(operation, {}));
    assert.deepEqual(input, { x: 'a', y: new Date(1000), z: Uint8Array.of(104, 105), list: [] });
    const { headers, body } = server.renderOutput(operation, {}, { requestId: 'r' });
    assert.deepEqual(
      [headers['y'], body],
      ['Thu, 01 Jan 1970 00:00:01 GMT', '{"x":"a","z":"aGk=","list":[]}'],
    );
  });

  test('may be the query as a whole: a client does not repeat in it what other members say', () => {
    const values = { target: { type: 'list', member: { target: text } } } as const;
    const map: Schema = { type: 'map', key: { target: text }, value: values };
    const operation = operationWith({
      page: { target: text, traits: { httpQuery: 'page' } },
      query: { target: map, traits: { httpQueryParams: true } },
    });
    const request = client.renderInput(operation, { page: '1', query: { page: ['2'], tag: ['a', 'b'] } });
    assert.equal(request.query, 'page=1&tag=a&tag=b');
    assert.deepEqual(serverOf(operation).parseInput(operation, request), {
      page: '1',
      query: { page: ['1'], tag: ['a', 'b'] },
    });
    assert.equal(refusalOf(() => client.renderInput(operation, { query: { tag: [1] } })).path, '/query/tag');
  });

  test('may be the status: an output without a document is an empty one', () => {
    const operation = operationWith({
      status: { target: { type: 'integer' }, traits: { httpResponseCode: true } },
    });
    const { status, body } = serverOf(operation).renderOutput(operation, { status: 202 }, { requestId: 'r' });
    assert.deepEqual([status, body], [202, '{}']);
  });
});
