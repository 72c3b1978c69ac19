import { formServer } from '../form/server.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ServiceSchema } from '../schema.ts';
import { queryDialect } from './dialect.ts';
import { negotiatedAnswers } from './negotiated-answers.ts';

/**
 * Server side of awsQuery. It answers in XML, or in JSON where the `Accept` header prefers JSON.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQueryServer(service: ServiceSchema): ServerProtocol {
  return formServer(service, queryDialect, negotiatedAnswers);
}
