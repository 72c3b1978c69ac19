import { httpBindingClient } from '../http-binding/client.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import type { OperationSchema } from '../schema.ts';
import { xmlDocuments } from '../xml/document.ts';
import { xmlErrorParser } from '../xml/parse-error.ts';
import { unwrapped } from '../xml/unwrapped.ts';
import { boundErrorReader } from './parse-error.ts';

/**
 * Client side of restXml.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const restXmlClient: ClientProtocolFactory = (service, options) => {
  const codec = xmlDocuments('client', service);
  const errorParser = (operation: OperationSchema) => xmlErrorParser(operation, boundErrorReader);
  const client = httpBindingClient(codec, errorParser, options);
  const ofUnwrapped = httpBindingClient(unwrapped(codec), errorParser, options);
  return {
    ...client,
    parseOutput(operation, response) {
      return (operation.unwrappedXmlOutput ? ofUnwrapped : client).parseOutput(operation, response);
    },
  };
};
