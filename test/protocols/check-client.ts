import assert from 'node:assert/strict';
import {
  type Bytes,
  type ClientProtocol,
  compressRequest,
  type OperationSchema,
  type ReceivedResponse,
} from '@latchkey/wire';
import { targetOf } from '@latchkey/wire/member';
import type { ProtocolCase } from './case.ts';
import { bytesOfBody, compareBody } from './compare-body.ts';
import { compareHeaders, lowerCased } from './compare-headers.ts';
import { compareQuery } from './compare-query.ts';
import { typedParams } from './typed-params.ts';

export async function checkClient(
  protocol: ClientProtocol,
  { kind, operation, structure, fields }: ProtocolCase,
): Promise<void> {
  const params = typedParams(fields.params ?? {}, structure) as object;
  if (kind === 'request') {
    const request = await compressRequest(protocol.renderInput(operation, params), operation);
    const { method, path, query, headers, body, hostPrefix = '' } = request;
    const [host = '', basePath = ''] = (fields.host ?? '').split(/(?=\/)/);
    assert.equal(method, fields.method);
    assert.equal(`${basePath}${path}`, fields.uri);
    if (fields.resolvedHost !== undefined) assert.equal(`${hostPrefix}${host}`, fields.resolvedHost);
    compareQuery(query, fields);
    compareHeaders(headers, fields);
    compareBody(await allOf(body), fields);
    return;
  }
  const response: ReceivedResponse = {
    status: fields.code ?? 200,
    headers: lowerCased(fields.headers ?? {}),
    body: bytesOfBody(fields),
  };
  if (kind === 'response') {
    const reader = Object.values(params).some((value) => typeof value === 'bigint')
      ? readingBigints(operation)
      : operation;
    const output = await protocol.parseOutput(reader, response);
    assert.deepEqual(await collected(output), params);
    return;
  }
  const error = protocol.parseError(operation, response);
  assert.equal(error.name, structure.name);
  assert.deepEqual(error.members, params);
}

/** The operation as a client that is generated with `longs=bigint` has it: a `number` cannot hold the case's value. */
function readingBigints(operation: OperationSchema): OperationSchema {
  const members = Object.entries(operation.output.members).map(([name, member]) => [
    name,
    targetOf(member).type === 'long' ? { ...member, traits: { ...member.traits, bigint: true } } : member,
  ]);
  return { ...operation, output: { ...operation.output, members: Object.fromEntries(members) } };
}

async function allOf(body: Bytes): Promise<Uint8Array> {
  return body instanceof Uint8Array ? body : new Uint8Array(await new Response(body).arrayBuffer());
}

/** An output with its stream read to the end; the cases leave out a stream that is empty. */
async function collected(output: object): Promise<object> {
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(output)) {
    if (!(value instanceof ReadableStream)) {
      members[name] = value;
      continue;
    }
    const bytes = await allOf(value);
    if (bytes.length > 0) members[name] = bytes;
  }
  return members;
}
