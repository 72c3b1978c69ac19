import { awsJson1_0Server, awsJson1_1Server } from './aws-json/server.ts';
import { awsQueryServer } from './aws-query/server.ts';
import { ec2QueryServer } from './ec2-query/server.ts';
import type { ServerProtocol } from './protocol.ts';
import type { RestJson1ServerOptions } from './rest-json1/server.ts';
import { restJson1Server } from './rest-json1/server.ts';
import { restXmlServer } from './rest-xml/server.ts';
import { rpcv2CborServer } from './rpcv2-cbor/server.ts';
import type { ServiceSchema } from './schema.ts';

/**
 * Makes the server side of a service's protocol. Operations are compiled when they are first called.
 *
 * @param options see {@link RestJson1ServerOptions}; the other protocols have no options
 */
export function createServerProtocol(
  service: ServiceSchema,
  options: RestJson1ServerOptions = {},
): ServerProtocol {
  switch (service.protocol) {
    case 'restJson1':
      return restJson1Server(service, options);
    case 'rpcv2Cbor':
      return rpcv2CborServer(service);
    case 'awsJson1_0':
      return awsJson1_0Server(service);
    case 'awsJson1_1':
      return awsJson1_1Server(service);
    case 'awsQuery':
      return awsQueryServer(service);
    case 'ec2Query':
      return ec2QueryServer(service);
    case 'restXml':
      return restXmlServer(service);
  }
}
