import { ModelError, type ServiceShape } from '@latchkey/smithy';
import { type ClientProtocol, type OperationSchema, WireError } from '@latchkey/wire';
import { eventStreams } from '@latchkey/wire/event-stream/event-streams';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import { protocolOf, serviceIdentity } from '../service-schema.ts';
import type { ClientOperation } from './client-input.ts';
import { protocols } from './protocols.ts';

/** An empty response, with the header that rpcv2Cbor requires. */
const nothing = { status: 200, headers: { 'smithy-protocol': 'rpc-v2-cbor' }, body: new Uint8Array() };

/**
 * Compiles every operation, as a client does at its first call, so that what the protocol cannot express fails here.
 *
 * @throws {ModelError} names the operation
 */
export function checkOperations(service: ServiceShape, operations: readonly ClientOperation[]): void {
  const name = protocolOf(service);
  const client = protocols[name].client(serviceIdentity(service), { eventStreams });
  for (const { shape, schema } of operations) {
    const fault = streamingFault(schema, name) ?? faultOf(client, schema);
    if (fault !== undefined)
      throw new ModelError(shape.id, `a client of protocol ${name} cannot be made for it: ${fault}`);
  }
}

/** Why the protocol cannot send a stream: it can where the stream is the whole body, or where events follow a document. */
function streamingFault({ input, output }: OperationSchema, protocol: string): string | undefined {
  for (const structure of [input, output]) {
    const streaming = streamingMemberOf(structure);
    if (streaming === undefined) continue;
    if (protocol.endsWith('Query')) return `"${streaming.name}" streams, for which the protocol has no place`;
    const isPayload = structure.members[streaming.name]?.traits?.httpPayload === true;
    if (protocol.startsWith('rest') && !isPayload)
      return `"${streaming.name}" streams, but is not the payload`;
  }
  return undefined;
}

/** Why an operation cannot be compiled. That the values written and read here are empty is no fault. */
function faultOf(client: ClientProtocol, operation: OperationSchema): string | undefined {
  for (const compile of [
    () => client.renderInput(operation, {}),
    () => client.parseOutput(operation, nothing),
    () => client.parseError(operation, nothing),
  ]) {
    try {
      compile();
    } catch (error) {
      if (error instanceof WireError) continue;
      return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}
