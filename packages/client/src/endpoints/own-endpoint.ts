import type { ClientRequest } from '@latchkey/wire/http';
import type { ApiMetadata } from '../api-metadata.ts';
import { ClientError } from '../client-error.ts';
import type { RequestEndpointResolver } from '../endpoint-resolvers.ts';
import type { Target } from './target.ts';
import { targetOf } from './target.ts';

/** Where the program's `endpointResolver` sends a request. */
export interface OwnEndpoint {
  readonly target: Target;
  /** Path and query of the request, as the resolver says. */
  readonly path: string;
  readonly query: string;
}

/**
 * Asks the program's `endpointResolver` for the endpoint of a request, whose path still has the bucket of S3.
 *
 * @returns undefined where the resolver leaves it to the rules of the service
 * @throws {ClientError} `badInput` for a path that a URL cannot hold as it is; `badConfiguration` for an answer that is no
 *   endpoint; what the resolver throws
 */
export function ownEndpoint(
  resolver: RequestEndpointResolver,
  { serviceId, service, signingName }: ApiMetadata,
  region: string,
  { hostPrefix, path, query }: ClientRequest,
  what: string,
): OwnEndpoint | undefined {
  const requestPath = query === '' ? path : `${path}?${query}`;
  if (new URL(`http://localhost${path}`).pathname !== path) {
    throw new ClientError(
      'badInput',
      `Cannot call ${what} by an endpointResolver: its URL cannot hold the path ${path}; use fixedEndpoint`,
    );
  }
  const resolved = resolver.resolveUrl({
    apiMetadata: { serviceId, apiVersion: service.version, signingName },
    region,
    requestPath,
    ...(hostPrefix !== undefined && { hostPrefix }),
  });
  if (resolved === undefined) return undefined;
  const { signingRegion, url }: { readonly signingRegion?: unknown; readonly url?: unknown } =
    Object(resolved);
  if (!(url instanceof URL) || typeof signingRegion !== 'string') {
    throw new ClientError(
      'badConfiguration',
      `Cannot call ${what}: resolveUrl of the endpointResolver gave ${typeof resolved}, expected { url: URL, signingRegion: string }`,
    );
  }
  const scheme = {
    name: 'sigv4',
    signingName,
    signingRegion,
    // S3 signs the path as it is sent.
    ...(signingName === 's3' && { disableDoubleEncoding: true }),
  };
  return {
    target: { ...targetOf({ url, authSchemes: [scheme] }), basePath: '', takesPrefix: false },
    path: url.pathname,
    query: url.search.slice(1),
  };
}
