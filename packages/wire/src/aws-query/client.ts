import { formClient } from '../form/client.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import { childOf } from '../xml/element.ts';
import { queryDialect } from './dialect.ts';

/**
 * Client side of awsQuery.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQueryClient: ClientProtocolFactory = (service, options) =>
  formClient(service, queryDialect, (root, { name }) => childOf(root, `${name}Result`), options);
