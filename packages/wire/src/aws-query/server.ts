import { formServer } from '../form/server.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ServiceSchema } from '../schema.ts';
import { queryDialect } from './dialect.ts';
import { errorRenderer } from './render-error.ts';
import { outputRenderer } from './render-output.ts';

/**
 * The server end of awsQuery.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQueryServer(service: ServiceSchema): ServerProtocol {
  return formServer(service, queryDialect, { outputRenderer, errorRenderer });
}
