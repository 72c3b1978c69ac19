import { cborDocuments } from '../cbor/document.ts';
import type { ServerProtocol } from '../protocol.ts';
import { refusalAsError } from '../refusal.ts';
import { rpcServer } from '../rpc/server.ts';
import type { ServiceSchema } from '../schema.ts';

/** End of a request's path. Anything may come before it, as a service may be served below a path. */
const route = /\/service\/([^/]+)\/operation\/([^/]+)$/;

/**
 * Server side of rpcv2Cbor.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export function rpcv2CborServer(service: ServiceSchema): ServerProtocol {
  return rpcServer(service, {
    codec: cborDocuments('server'),
    contentType: 'application/cbor',
    emptyContentType: undefined,
    headers: { 'smithy-protocol': 'rpc-v2-cbor' },
    namesNamespace: true,
    operationOf({ path, headers }) {
      const [, name, operation] = route.exec(path) ?? [];
      const isProtocol = headers['smithy-protocol'] === 'rpc-v2-cbor';
      return isProtocol && name === service.name ? operation : undefined;
    },
    errorFor: refusalAsError,
  });
}
