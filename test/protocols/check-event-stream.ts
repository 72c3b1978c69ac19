import assert from 'node:assert/strict';
import {
  type Bytes,
  type ClientProtocol,
  type EventDocuments,
  type EventValue,
  type OperationSchema,
  type ServerProtocol,
  type ServiceSchema,
  type StructureSchema,
  WireError,
  type WireRequest,
} from '@latchkey/wire';
import { cborDocuments } from '@latchkey/wire/cbor/document';
import { EventStreamError } from '@latchkey/wire/event-stream/error';
import { eventDocuments } from '@latchkey/wire/event-stream/event-documents';
import { eventStreams } from '@latchkey/wire/event-stream/event-streams';
import { decodeMessage, type Message } from '@latchkey/wire/event-stream/message';
import { readMessages } from '@latchkey/wire/event-stream/read-messages';
import { jsonDocuments } from '@latchkey/wire/json/document';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import { streamOf } from '@latchkey/wire/streams/stream-of';
import { xmlDocuments } from '@latchkey/wire/xml/document';
import type { CaseFields, EventFields, ProtocolCase } from './case.ts';
import { compareBody } from './compare-body.ts';
import { compareHeaders, lowerCased } from './compare-headers.ts';
import { bytesOfEvent, compareMessage, isInitial } from './event-messages.ts';
import { typedParams } from './typed-params.ts';

/** Checks a case whose input or output is a stream of events at the client end: it sends requests and gets responses. */
export async function checkClientEvents(
  protocol: ClientProtocol,
  { service, operation, fields }: ProtocolCase,
): Promise<void> {
  const { initialRequest, initialResponse } = fields;
  const requests = eventsOf(fields, 'request');
  const responses = eventsOf(fields, 'response');
  if (initialRequest !== undefined || requests.length > 0) {
    const { name, union } = eventsIn(operation.input);
    const params = typedParams(fields.initialRequestParams ?? {}, operation.input) as object;
    const events = union && { [name]: valuesOf(requests, union) };
    const request = protocol.renderInput(operation, { ...params, ...events });
    if (initialRequest !== undefined) {
      assert.equal(request.method, initialRequest.method);
      assert.equal(request.path, initialRequest.uri);
      compareHeaders(request.headers, initialRequest);
    }
    if (requests.length > 0) await compareSent(request.body, requests);
  }
  const response = {
    status: initialResponse?.code ?? 200,
    headers: lowerCased({
      ...(service.protocol === 'rpcv2Cbor' && { 'smithy-protocol': 'rpc-v2-cbor' }),
      ...initialResponse?.headers,
    }),
  };
  if (response.status >= 300) {
    const body = new TextEncoder().encode(initialResponse?.body ?? '');
    const error = protocol.parseError(operation, { ...response, body });
    const errorId = fields.expectation?.failure?.errorId;
    assert.equal(error.modeled, errorId !== undefined);
    if (errorId !== undefined) assert.equal(error.name, nameOf(errorId));
  } else if (initialResponse !== undefined || responses.length > 0) {
    const { name, union } = eventsIn(operation.output);
    if (union === undefined) return;
    await compareReceived(fields, responses, union, async () => {
      const output = await protocol.parseOutput(operation, { ...response, body: arriving(responses) });
      const { [name]: events, ...others } = output;
      if (fields.initialResponseParams !== undefined)
        assert.deepEqual(others, typedParams(fields.initialResponseParams, operation.output));
      return events as AsyncIterable<EventValue>;
    });
  }
}

/** Checks a case at the server end, where the events come beside the members that the protocol reads and writes. */
export async function checkServerEvents(
  protocolOf: (operation: OperationSchema) => ServerProtocol,
  { service, operation, fields }: ProtocolCase,
): Promise<void> {
  const { initialRequest, initialResponse } = fields;
  const requests = eventsOf(fields, 'request');
  const responses = eventsOf(fields, 'response');
  const input = withoutEvents(operation.input);
  const plain = { ...operation, input, output: withoutEvents(operation.output) };
  const protocol = protocolOf(plain);
  const documents = documentsOf(service);
  if (initialRequest !== undefined)
    assert.equal(protocol.match(requestOf(operation, initialRequest))?.name, operation.name);
  // In other protocols what comes beside the events is a message among them.
  const isRest = operation.http !== undefined && /^rest/.test(service.protocol);
  if (isRest && initialRequest !== undefined) {
    const params = typedParams(fields.initialRequestParams ?? {}, operation.input);
    assert.deepEqual(protocol.parseInput(plain, requestOf(operation, initialRequest)), params);
  }
  if (isRest && initialResponse !== undefined) {
    const params = typedParams(fields.initialResponseParams ?? {}, operation.output) as object;
    const response = protocol.renderOutput(plain, params, { requestId: 'foo-id' });
    assert.equal(response.status, initialResponse.code);
    compareHeaders(response.headers, initialResponse);
    compareBody(response.body, { id: '', ...initialResponse });
  }
  const { union: received } = eventsIn(operation.input);
  if (received !== undefined && requests.length > 0) {
    await compareReceived(fields, requests, received, () => {
      if (isRest) protocol.parseInput(plain, requestOf(operation, initialRequest ?? {}));
      return eventStreams.read(received, documents, arriving(requests), false).events;
    });
  }
  const { union: sent } = eventsIn(operation.output);
  if (sent !== undefined && responses.length > 0)
    await compareSent(eventStreams.write(sent, documents, valuesOf(responses, sent)), responses);
}

/** Compares what was written; the message before the events only where the case has it. */
async function compareSent(body: Bytes, expected: readonly EventFields[]): Promise<void> {
  const messages = (await Array.fromAsync(readMessages(body))).map(decodeMessage);
  const sent = expected.some(isInitial) ? messages : messages.filter((message) => !isInitialMessage(message));
  const wanted = sent.some(isInitialMessage) ? expected : expected.filter((event) => !isInitial(event));
  assert.equal(sent.length, wanted.length);
  for (const [index, event] of wanted.entries()) compareMessage(sent[index] as Message, event);
}

async function compareReceived(
  { expectation }: CaseFields,
  sent: readonly EventFields[],
  union: StructureSchema,
  receive: () => AsyncIterable<EventValue> | Promise<AsyncIterable<EventValue>>,
): Promise<void> {
  const collected = async () => Array.fromAsync(await receive());
  const expected = sent.filter((event) => !isInitial(event));
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
    assert.deepEqual([error.members], Object.values(expected.at(-1)?.params ?? {}));
    return true;
  });
}

/** How a protocol writes the payloads of events. */
function documentsOf(service: ServiceSchema): EventDocuments {
  switch (service.protocol) {
    case 'restXml':
      return eventDocuments(xmlDocuments('server', service));
    case 'rpcv2Cbor':
      return eventDocuments(cborDocuments('server'));
    default:
      return eventDocuments(jsonDocuments('server', { jsonNames: service.protocol === 'restJson1' }));
  }
}

function eventsIn(structure: StructureSchema): { name: string; union: StructureSchema | undefined } {
  const { name = '', target } = streamingMemberOf(structure) ?? {};
  return { name, union: target?.type === 'union' ? target : undefined };
}

function withoutEvents(structure: StructureSchema): StructureSchema {
  const { name } = eventsIn(structure);
  const members = Object.entries(structure.members).filter(([member]) => member !== name);
  return { ...structure, members: Object.fromEntries(members) };
}

function eventsOf({ events = [] }: CaseFields, type: EventFields['type']): readonly EventFields[] {
  return events.filter((event) => event.type === type);
}

async function* valuesOf(
  events: readonly EventFields[],
  union: StructureSchema,
): AsyncGenerator<EventValue, void, undefined> {
  for (const event of events) if (!isInitial(event)) yield typedParams(event.params, union) as EventValue;
}

/** Byte by byte, so that no message comes whole. */
function arriving(events: readonly EventFields[]): ReadableStream<Uint8Array> {
  return streamOf(
    (async function* () {
      for (const event of events) for (const byte of bytesOfEvent(event)) yield Uint8Array.of(byte);
    })(),
  );
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

function isInitialMessage({ headers }: Message): boolean {
  return String(headers[':event-type']?.value).startsWith('initial-');
}

function nameOf(shapeId: string): string {
  return shapeId.replace(/^.*#/, '');
}
