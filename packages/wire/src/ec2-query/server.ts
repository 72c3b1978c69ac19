import { formServer } from '../form/server.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ServiceSchema } from '../schema.ts';
import { ec2Dialect } from './dialect.ts';
import { errorRenderer } from './render-error.ts';
import { outputRenderer } from './render-output.ts';

/**
 * Server side of ec2Query.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function ec2QueryServer(service: ServiceSchema): ServerProtocol {
  return formServer(service, ec2Dialect, { outputRenderer, errorRenderer });
}
