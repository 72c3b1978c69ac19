import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventStreams } from '../event-stream/event-streams.ts';
import { close, library, search } from '../fixtures/library.ts';
import { jsonRequest, received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { OperationSchema, ServiceSchema, StructureSchema } from '../schema.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { awsJson1_0Client, awsJson1_1Client } from './client.ts';
import { awsJson1_0Server, awsJson1_1Server } from './server.ts';

const service: ServiceSchema = { ...library, protocol: 'awsJson1_1' };
const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Library.Search' };

describe('awsJson client', () => {
  test('names operation, version and protocol in headers', () => {
    const request = wholeClient(awsJson1_1Client(service)).renderInput(search, { word: 'ab' });
    assert.deepEqual(
      { ...request, body: decodeUtf8(request.body) },
      { method: 'POST', path: '/', query: '', headers, body: '{"word":"ab","page":1}' },
    );
    const older = awsJson1_0Client(service).renderInput(close, {});
    assert.equal(older.headers['content-type'], 'application/x-amz-json-1.0');
  });

  test('sends an empty document where there is no input', () => {
    const { body } = wholeClient(awsJson1_1Client(service)).renderInput(close, {});
    assert.equal(decodeUtf8(body), '{}');
  });

  test('does not mind what it gets where it expects nothing', () => {
    const client = wholeClient(awsJson1_1Client(service));
    for (const body of ['', '{}', 'null', '{"more":1}']) {
      const response = { status: 200, headers: {}, body: new TextEncoder().encode(body) };
      assert.deepEqual(client.parseOutput(close, response), {});
    }
  });

  test('asks a service that once spoke awsQuery for its old error codes', () => {
    const compatible = awsJson1_0Client({ ...service, queryCompatible: true });
    assert.equal(compatible.renderInput(close, {}).headers['x-amzn-query-mode'], 'true');
  });

  test('streams events after the rest of the output', async () => {
    const events: StructureSchema = {
      type: 'union',
      name: 'Events',
      members: { word: { target: { type: 'structure', name: 'Word', members: {} } } },
      traits: { streaming: true },
    };
    const message: StructureSchema = {
      type: 'structure',
      name: 'Message',
      members: { topic: { target: { type: 'string' } }, events: { target: events } },
    };
    const talk: OperationSchema = { ...close, name: 'Talk', input: message, output: message };
    const client = awsJson1_1Client(service, { eventStreams });
    async function* words() {
      yield { word: {} };
    }
    const initial = { type: 'initial-response', body: new TextEncoder().encode('{"topic":"t"}') } as const;
    const documents = {
      mediaType: 'application/json',
      writer: () => () => new Uint8Array(),
      reader: () => () => ({}),
    };
    const body = eventStreams.write(events, documents, words(), initial);
    const output = await client.parseOutput(talk, { status: 200, headers: {}, body });
    assert.equal(output['topic'], 't');
    assert.deepEqual(await Array.fromAsync(output['events'] as AsyncIterable<unknown>), [{ word: {} }]);
    const request = client.renderInput(talk, { topic: 't', events: words() });
    assert.equal(request.headers['content-type'], 'application/vnd.amazon.eventstream');
    assert.match(
      await new Response(request.body as ReadableStream).text(),
      /initial-request.*\{"topic":"t"\}/s,
    );
  });
});

describe('awsJson server', () => {
  const server = awsJson1_1Server(service);

  test('finds the operation by the target', () => {
    assert.equal(server.match(jsonRequest('/', {}, headers))?.name, 'Search');
    for (const target of ['Library.Other', 'Other.Search', 'Search', 'Library.toString', '']) {
      assert.equal(
        server.match(jsonRequest('/', {}, { ...headers, 'x-amz-target': target })),
        undefined,
        target,
      );
    }
    assert.equal(server.match({ ...jsonRequest('/', {}, headers), method: 'GET' }), undefined);
    assert.equal(server.match(jsonRequest('/other', {}, headers)), undefined);
  });

  test('refuses another media type', () => {
    const request = jsonRequest('/', { word: 'ab' }, { ...headers, 'content-type': 'application/json' });
    assert.equal(refusalOf(() => server.parseInput(search, request)).code, 'unsupportedMediaType');
  });

  test('checks constraints, and says where JSON ends', () => {
    assert.equal(refusalOf(() => server.parseInput(search, jsonRequest('/', {}, headers))).path, '/word');
    assert.match(
      refusalOf(() => server.parseInput(search, jsonRequest('/', '{"word"', headers))).message,
      /unexpected end at line 1, column 8/,
    );
  });

  test('answers an operation without output with no body', () => {
    const { body, headers: sent } = server.renderOutput(close, {}, { requestId: 'r' });
    assert.deepEqual(
      [body, sent],
      ['', { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' }],
    );
  });

  test('names an error by its shape, in version 1.0 with its namespace', () => {
    const error = { name: 'NoSuchShelf', message: 'No' };
    const typeIn = ({ body }: { body: unknown }) => JSON.parse(String(body)).__type;
    assert.equal(typeIn(server.renderError(error, { requestId: 'r' })), 'NoSuchShelf');
    assert.equal(
      typeIn(awsJson1_0Server(service).renderError(error, { requestId: 'r' })),
      'com.example.library#NoSuchShelf',
    );
  });

  test('tells the old error code where the service once spoke awsQuery', () => {
    const compatible = awsJson1_0Server({ ...service, queryCompatible: true });
    const response = received(compatible.renderError({ name: 'Busy', message: '' }, { requestId: 'r' }));
    assert.equal(response.headers['x-amzn-query-error'], 'Busy;Receiver');
  });
});
