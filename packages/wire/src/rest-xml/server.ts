import { httpBindingServer } from '../http-binding/server.ts';
import type { ServerProtocol } from '../protocol.ts';
import { refusalAsError } from '../refusal.ts';
import type { ServiceSchema } from '../schema.ts';
import { xmlDocuments } from '../xml/document.ts';
import { unwrapped } from '../xml/unwrapped.ts';
import { errorRenderer } from './render-error.ts';

/**
 * Server side of restXml.
 *
 * @throws {TypeError} when an operation has no http trait
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export function restXmlServer(service: ServiceSchema): ServerProtocol {
  const codec = xmlDocuments('server', service);
  const ofUnwrapped = unwrapped(codec);
  return httpBindingServer(
    service,
    codec,
    { renderError: errorRenderer(service), errorFor: refusalAsError },
    ({ unwrappedXmlOutput }) => (unwrappedXmlOutput ? ofUnwrapped : codec),
  );
}
