import type { DocumentCodec } from '../document/codec.ts';
import { WireError } from '../error.ts';
import type { WireResponse } from '../http.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { OperationSchema, ServiceSchema } from '../schema.ts';
import { checkPatterns } from '../validation/check-patterns.ts';
import { compileValidator } from '../validation/validator.ts';
import { accepts } from '../values/accept.ts';
import { requestReader } from './read-request.ts';
import { compileRouter } from './router.ts';
import { responseWriter } from './write-response.ts';

/**
 * Server side of the protocols with HTTP bindings. Operations are compiled when they are first called.
 *
 * @param errors how the protocol writes errors
 * @param outputCodecOf codec of an operation's output, where it is not the one of all others
 * @throws {TypeError} when an operation has no http trait
 */
export function httpBindingServer(
  service: ServiceSchema,
  codec: DocumentCodec,
  errors: Pick<ServerProtocol, 'renderError' | 'errorFor'>,
  outputCodecOf: (operation: OperationSchema) => DocumentCodec = () => codec,
): ServerProtocol {
  checkPatterns(service);
  const compiled = perOperation((operation) => ({
    read: requestReader(operation, codec),
    validate: compileValidator(operation.input),
    output: responseWriter(operation.output, outputCodecOf(operation), operation.http?.code ?? 200),
  }));
  return {
    match: compileRouter(service),
    parseInput(operation, request) {
      const { read, validate, output } = compiled(operation);
      if (output.mediaType !== undefined && !accepts(request.headers['accept'], output.mediaType)) {
        throw new WireError(
          'notAcceptable',
          `Cannot answer: ${operation.name} answers with ${output.mediaType}`,
        );
      }
      const input = reporting('malformed', () => read(request));
      validate(input);
      return input;
    },
    renderOutput(operation, output, { requestId }) {
      const { write } = compiled(operation).output;
      return identified(
        reporting('unwritable', () => write({ ...output })),
        requestId,
      );
    },
    ...errors,
  };
}

function identified(response: WireResponse, requestId: string): WireResponse {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}
