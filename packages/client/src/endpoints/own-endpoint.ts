import type { ClientRequest } from '@latchkey/wire/http';
import type { ApiMetadata } from '../api-metadata.ts';
import { ClientError } from '../client-error.ts';
import type {
  BuiltIns,
  EndpointChoice,
  EndpointParameters,
  RequestEndpointResolver,
} from '../endpoint-resolvers.ts';
import type { Target } from './target.ts';
import { targetOf } from './target.ts';

/** Where the program's `endpointResolver` sends a request. */
export interface OwnEndpoint {
  readonly target: Target;
  /** Path and query of the request, as the resolver says. */
  readonly path: string;
  readonly query: string;
}

/** What an `endpointResolver` is asked about. */
export interface ResolverQuestion {
  readonly metadata: ApiMetadata;
  readonly region: string;
  /** Its path still has the bucket of S3. */
  readonly request: Pick<ClientRequest, 'hostPrefix' | 'path' | 'query'>;
  readonly choice: EndpointChoice;
  /** E.g. `CreateToken of SSO OIDC`, for messages. */
  readonly what: string;
}

/**
 * Asks the program's `endpointResolver` for the endpoint of a request.
 *
 * @returns built-ins where the resolver leaves it to the rules of the service
 * @throws {ClientError} `badInput` for a path that a URL cannot hold as it is; `badConfiguration` for an answer that is no
 *   endpoint; what the resolver throws
 */
export function ownEndpoint(
  resolver: RequestEndpointResolver,
  question: ResolverQuestion,
): OwnEndpoint | { readonly builtIns: BuiltIns } {
  const { metadata, choice, what } = question;
  const { signingName } = metadata;
  const parameters = parametersOf(question);
  if (resolver.builtIns !== undefined) return { builtIns: resolver.builtIns(parameters, choice) };
  const { path } = question.request;
  if (new URL(`http://localhost${path}`).pathname !== path) {
    throw new ClientError(
      'badInput',
      `Cannot call ${what} by an endpointResolver: its URL cannot hold the path ${path}; use fixedEndpoint`,
    );
  }
  const resolved = resolver.resolveUrl(parameters);
  if (resolved === undefined) return { builtIns: {} };
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

function parametersOf({ metadata, region, request }: ResolverQuestion): EndpointParameters {
  const { endpointPrefix, serviceId, service, signingName } = metadata;
  const { hostPrefix, path, query } = request;
  return {
    apiMetadata: {
      serviceId,
      apiVersion: service.version,
      endpointPrefix: endpointPrefix ?? signingName,
      signingName,
    },
    region,
    requestPath: query === '' ? path : `${path}?${query}`,
    ...(hostPrefix !== undefined && { hostPrefix }),
  };
}
