import type { DocumentCodec } from '../document/codec.ts';
import { fillIdempotencyTokens } from '../idempotency-token.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ClientProtocol, ClientProtocolOptions, ErrorParser } from '../protocol.ts';
import type { OperationSchema } from '../schema.ts';
import { responseReader } from './read-response.ts';
import { requestWriter } from './write-request.ts';

/**
 * Client side of the protocols with HTTP bindings. Operations are compiled when they are first called.
 *
 * @param errorParser compiles the parser of an operation's error answers, in the protocol's own form
 */
export function httpBindingClient(
  codec: DocumentCodec,
  errorParser: (operation: OperationSchema) => ErrorParser,
  { idempotencyToken = () => crypto.randomUUID(), eventStreams }: ClientProtocolOptions = {},
): ClientProtocol {
  const writers = perOperation((operation) => ({
    fill: fillIdempotencyTokens(operation.input, idempotencyToken),
    write: requestWriter(operation, codec, eventStreams),
  }));
  const readers = perOperation((operation) => responseReader(operation.output, codec, eventStreams));
  const errors = perOperation(errorParser);
  return {
    renderInput(operation, input) {
      const { fill, write } = writers(operation);
      return reporting('unwritable', () => write(fill(input)));
    },
    parseOutput(operation, response) {
      const read = readers(operation);
      return reporting('malformed', () => read(response));
    },
    parseError: (operation, response) => errors(operation)(response),
  };
}
