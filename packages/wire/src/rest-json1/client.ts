import { responseReader } from '../http-binding/read-response.ts';
import { requestWriter } from '../http-binding/write-request.ts';
import { fillIdempotencyTokens } from '../idempotency-token.ts';
import { jsonDocuments } from '../json/document.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ClientProtocol } from '../protocol.ts';
import { errorParser } from './parse-error.ts';

export interface RestJson1ClientOptions {
  /** Makes the token of a member that the caller left out. Default: a random UUID. */
  readonly idempotencyToken?: () => string;
}

/**
 * The client end of restJson1. Operations are compiled when they are first called.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson1Client({
  idempotencyToken = () => crypto.randomUUID(),
}: RestJson1ClientOptions = {}): ClientProtocol {
  const codec = jsonDocuments('client');
  const compiled = perOperation((operation) => ({
    fill: fillIdempotencyTokens(operation.input, idempotencyToken),
    write: requestWriter(operation, codec),
    read: responseReader(operation.output, codec),
    parseError: errorParser(operation, codec),
  }));
  return {
    renderInput(operation, input) {
      const { fill, write } = compiled(operation);
      return reporting('unwritable', () => write(fill(input)));
    },
    parseOutput(operation, response) {
      const { read } = compiled(operation);
      return reporting('malformed', () => read(response));
    },
    parseError(operation, response) {
      return compiled(operation).parseError(response);
    },
  };
}
