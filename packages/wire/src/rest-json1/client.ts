import { httpBindingClient } from '../http-binding/client.ts';
import { jsonDocuments } from '../json/document.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import { errorParser } from './parse-error.ts';

/**
 * The client end of restJson1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export const restJson1Client: ClientProtocolFactory = (_service, options) => {
  const codec = jsonDocuments('client');
  return httpBindingClient(codec, (operation) => errorParser(operation, codec), options);
};
