import { errorParser } from '../error-parser.ts';
import { httpBindingClient } from '../http-binding/client.ts';
import { responseReader } from '../http-binding/read-response.ts';
import { jsonDocuments } from '../json/document.ts';
import { jsonErrors } from '../json/error-form.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import type { ErrorSchema } from '../schema.ts';

/**
 * Client side of restJson1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export const restJson1Client: ClientProtocolFactory = (_service, options) => {
  const codec = jsonDocuments('client', { jsonNames: true });
  const errors = { ...jsonErrors, reader: (error: ErrorSchema) => responseReader(error, codec) };
  return httpBindingClient(codec, (operation) => errorParser(operation, errors), options);
};
