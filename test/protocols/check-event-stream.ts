import assert from 'node:assert/strict';
import {
  type Bytes,
  type ClientProtocol,
  type EventValue,
  type OperationSchema,
  type ServerProtocol,
  type StructureSchema,
  WireError,
  type WireRequest,
} from '@latchkey/wire';
import { eventDocuments } from '@latchkey/wire/event-stream/client-events';
import { EventStreamError } from '@latchkey/wire/event-stream/error';
import { eventStreams } from '@latchkey/wire/event-stream/event-streams';
import { decodeMessage } from '@latchkey/wire/event-stream/message';
import { readMessages } from '@latchkey/wire/event-stream/read-messages';
import { jsonDocuments } from '@latchkey/wire/json/document';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import { streamOf } from '@latchkey/wire/streams/stream-of';
import type { CaseFields, EventFields, ProtocolCase } from './case.ts';
import { compareHeaders, lowerCased } from './compare-headers.ts';
import { typedParams } from './typed-params.ts';

const metadata = { requestId: 'foo-id' };
const documents = eventDocuments(jsonDocuments('server', { jsonNames: true }));

/** Checks a case whose input or output is a stream of events at the client end. */
export async function checkClientEvents(
  protocol: ClientProtocol,
  { operation, fields }: ProtocolCase,
): Promise<void> {
  const { initialRequest, initialResponse, expectation } = fields;
  const requests = eventsOf(fields, 'request');
  const responses = eventsOf(fields, 'response');
  if (initialRequest !== undefined || requests.length > 0) {
    const { stream, params } = partsOf(operation.input, fields.initialRequestParams);
    const events = requests.map((event) => typedParams(event.params, stream.union) as EventValue);
    const request = protocol.renderInput(operation, { ...params, [stream.name]: iterable(events) });
    if (initialRequest !== undefined) {
      assert.equal(request.method, initialRequest.method);
      assert.equal(request.path, initialRequest.uri);
      compareHeaders(request.headers, initialRequest);
    }
    await compareMessages(request.body, requests);
    return;
  }
  const response = {
    status: initialResponse?.code ?? 200,
    headers: lowerCased(initialResponse?.headers ?? {}),
  };
  if (response.status >= 300) {
    const body = new TextEncoder().encode(initialResponse?.body ?? '');
    const error = protocol.parseError(operation, { ...response, body });
    const errorId = expectation?.failure?.errorId;
    assert.equal(error.modeled, errorId !== undefined);
    if (errorId !== undefined) assert.equal(error.name, nameOf(errorId));
    return;
  }
  const { stream, params } = partsOf(operation.output, fields.initialResponseParams);
  const receive = async (): Promise<AsyncIterable<EventValue>> => {
    const body = arriving(bytesOfAll(responses));
    const output = await protocol.parseOutput(operation, { ...response, body });
    const { [stream.name]: events, ...others } = output;
    assert.deepEqual(others, params);
    return events as AsyncIterable<EventValue>;
  };
  await compareEvents(receive, stream.union, responses, fields);
}

/** Checks a case at the server end, where the events come beside the members that the protocol reads and writes. */
export async function checkServerEvents(
  protocolOf: (operation: OperationSchema) => ServerProtocol,
  { operation, fields }: ProtocolCase,
): Promise<void> {
  const { initialRequest, initialResponse } = fields;
  const requests = eventsOf(fields, 'request');
  const responses = eventsOf(fields, 'response');
  const plain = {
    ...operation,
    input: withoutStream(operation.input),
    output: withoutStream(operation.output),
  };
  const protocol = protocolOf(plain);
  if (initialRequest !== undefined) {
    const { params } = partsOf(operation.input, fields.initialRequestParams);
    const request = requestOf(operation, initialRequest);
    assert.equal(protocol.match(request)?.name, operation.name);
    assert.deepEqual(protocol.parseInput(plain, request), params);
  } else if (initialResponse !== undefined) {
    const { params } = partsOf(operation.output, fields.initialResponseParams);
    const response = protocol.renderOutput(plain, params, metadata);
    assert.equal(response.status, initialResponse.code);
    compareHeaders(response.headers, initialResponse);
  } else if (requests.length > 0) {
    const { stream } = partsOf(operation.input, undefined);
    const receive = (): AsyncIterable<EventValue> => {
      protocol.parseInput(plain, requestOf(operation, {}));
      return eventStreams.read(stream.union, documents, arriving(bytesOfAll(requests)), false).events;
    };
    await compareEvents(receive, stream.union, requests, fields);
  } else {
    const { stream } = partsOf(operation.output, undefined);
    const events = responses.map((event) => typedParams(event.params, stream.union) as EventValue);
    const body = eventStreams.write(stream.union, documents, iterable(events));
    await compareMessages(body, responses);
  }
}

async function compareEvents(
  receive: () => AsyncIterable<EventValue> | Promise<AsyncIterable<EventValue>>,
  union: StructureSchema,
  expected: readonly EventFields[],
  { expectation }: CaseFields,
): Promise<void> {
  const collected = async () => Array.fromAsync(await receive());
  const failure = expectation?.failure;
  if (failure === undefined) {
    const params = expected.map((event) => typedParams(event.params, union));
    assert.deepEqual(await collected(), params);
    return;
  }
  await assert.rejects(collected(), (error) => {
    if (failure.errorId === undefined) return error instanceof EventStreamError || error instanceof WireError;
    assert(error instanceof EventStreamError, String(error));
    assert.equal(error.code, nameOf(failure.errorId));
    assert.deepEqual({ error: error.members }, expected[0]?.params);
    return true;
  });
}

function partsOf(structure: StructureSchema, params: unknown) {
  const { name = '', target } = streamingMemberOf(structure) ?? {};
  assert(target?.type === 'union', `${structure.name} has no events`);
  return { stream: { name, union: target }, params: typedParams(params ?? {}, structure) as object };
}

function withoutStream(structure: StructureSchema): StructureSchema {
  const name = streamingMemberOf(structure)?.name;
  const members = Object.entries(structure.members).filter(([member]) => member !== name);
  return { ...structure, members: Object.fromEntries(members) };
}

function requestOf({ http }: OperationSchema, { method, uri, headers }: Omit<CaseFields, 'id'>): WireRequest {
  return {
    method: method ?? http?.method ?? '',
    path: uri ?? http?.uri ?? '',
    query: '',
    headers: lowerCased(headers ?? {}),
    body: new Uint8Array(),
  };
}

function eventsOf({ events = [] }: CaseFields, type: EventFields['type']): readonly EventFields[] {
  return events.filter((event) => event.type === type);
}

function bytesOfAll(events: readonly EventFields[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(events.map(({ bytes }) => Buffer.from(bytes, 'base64'))));
}

/** The order of headers says nothing. */
async function compareMessages(body: Bytes, expected: readonly EventFields[]): Promise<void> {
  const messages = (await Array.fromAsync(readMessages(body))).map(decodeMessage);
  const wanted = expected.map((event) => decodeMessage(bytesOfAll([event])));
  assert.deepEqual(messages, wanted);
}

/** Byte by byte, so that no message comes whole. */
function arriving(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return streamOf(iterable(Array.from(bytes, (byte) => Uint8Array.of(byte))));
}

async function* iterable<Value>(values: readonly Value[]): AsyncGenerator<Value, void, undefined> {
  yield* values;
}

function nameOf(shapeId: string): string {
  return shapeId.replace(/^.*#/, '');
}
