import { formClient } from '../form/client.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import { ec2Dialect } from './dialect.ts';

/**
 * Client side of ec2Query.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2QueryClient: ClientProtocolFactory = (service, options) =>
  formClient(service, ec2Dialect, (root) => root, options);
