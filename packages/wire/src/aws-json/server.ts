import { jsonDocuments } from '../json/document.ts';
import { locateJsonError } from '../json/locate-error.ts';
import type { ServerProtocol } from '../protocol.ts';
import { refusalAsError } from '../refusal.ts';
import { rpcServer } from '../rpc/server.ts';
import type { ServiceSchema } from '../schema.ts';

/**
 * Server side of awsJson1_0.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function awsJson1_0Server(service: ServiceSchema): ServerProtocol {
  return awsJsonServer(service, '1.0');
}

/**
 * Server side of awsJson1_1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function awsJson1_1Server(service: ServiceSchema): ServerProtocol {
  return awsJsonServer(service, '1.1');
}

function awsJsonServer(service: ServiceSchema, version: '1.0' | '1.1'): ServerProtocol {
  const contentType = `application/x-amz-json-${version}`;
  return rpcServer(service, {
    codec: jsonDocuments('server', { jsonNames: false, explain: locateJsonError }),
    contentType,
    emptyContentType: contentType,
    headers: {},
    namesNamespace: version === '1.0',
    operationOf({ path, headers }) {
      const [name, operation] = (headers['x-amz-target'] ?? '').split('.');
      return path === '/' && name === service.name ? operation : undefined;
    },
    errorFor: refusalAsError,
  });
}
