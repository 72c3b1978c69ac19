import { httpBindingServer } from '../http-binding/server.ts';
import { jsonDocuments } from '../json/document.ts';
import { locateJsonError } from '../json/locate-error.ts';
import type { ServerProtocol } from '../protocol.ts';
import { refusalAsError } from '../refusal.ts';
import type { ServiceSchema } from '../schema.ts';
import { errorRenderer } from './render-error.ts';

export interface RestJson1ServerOptions {
  /** Whether the body also names the error, in `__type`, for clients that look there. Default: false. */
  readonly errorTypeInBody?: boolean;
}

/**
 * Server side of restJson1.
 *
 * @throws {TypeError} when an operation has no http trait
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson1Server(
  service: ServiceSchema,
  { errorTypeInBody = false }: RestJson1ServerOptions = {},
): ServerProtocol {
  const codec = jsonDocuments('server', { jsonNames: true, explain: locateJsonError });
  return httpBindingServer(service, codec, {
    renderError: errorRenderer(service, codec, { errorTypeInBody }),
    errorFor: refusalAsError,
  });
}
