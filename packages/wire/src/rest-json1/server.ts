import { WireError } from '../error.ts';
import type { WireResponse } from '../http.ts';
import { accepts } from '../http-binding/media-type.ts';
import { requestReader } from '../http-binding/read-request.ts';
import { compileRouter } from '../http-binding/router.ts';
import { responseWriter } from '../http-binding/write-response.ts';
import { jsonDocuments } from '../json/document.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ServerProtocol } from '../protocol.ts';
import { refusalAsError } from '../refusal.ts';
import type { ServiceSchema } from '../schema.ts';
import { compileValidator } from '../validation/validator.ts';
import { errorRenderer } from './render-error.ts';

export interface RestJson1ServerOptions {
  /** Also names the error in a body member `__type`, for clients that look there. Default false. */
  readonly errorTypeInBody?: boolean;
}

/**
 * The server end of restJson1.
 *
 * @throws {TypeError} when an operation has no http trait
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson1Server(
  service: ServiceSchema,
  { errorTypeInBody = false }: RestJson1ServerOptions = {},
): ServerProtocol {
  const codec = jsonDocuments('server', { jsonNames: true });
  const compiled = perOperation((operation) => ({
    read: requestReader(operation, codec),
    validate: compileValidator(operation.input),
    output: responseWriter(operation.output, codec, operation.http?.code ?? 200),
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
    renderError: errorRenderer(service, codec, { errorTypeInBody }),
    errorFor: refusalAsError,
  };
}

function identified(response: WireResponse, requestId: string): WireResponse {
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}
