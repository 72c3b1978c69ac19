import { ClientError } from '../client-error.ts';
import type { CredentialProvider } from '../credentials/credentials.ts';
import type { EndpointAuthScheme } from '../endpoints/endpoint.ts';
import type { Operation } from '../operation.ts';
import { environmentHint } from '../platform/environment.ts';

/** Who makes the calls: credentials, and bearer tokens. */
export interface Identities {
  /** Undefined when calls are to be anonymous. */
  readonly credentials: CredentialProvider | undefined;
  /** Whether the program named the credentials, rather than leaving them to the default chain. */
  readonly areGiven: boolean;
  /** @returns undefined when there is no token for the service of that signing name */
  bearerToken(signingName: string): (() => string | Promise<string>) | undefined;
}

/** How a call is authenticated. */
export type Auth = 'sigv4' | 'bearer' | 'anonymous';

/**
 * Chooses how to authenticate a call, among what the operation takes and the program has. An operation that also takes
 * anonymous calls is signed only where the program names credentials: otherwise every call would wait for the default
 * chain, which may find none.
 */
export function chooseAuth(
  operation: Operation,
  { credentials, areGiven }: Identities,
  hasToken: boolean,
): Auth {
  const { auth } = operation;
  if (hasToken && auth.includes('bearer')) return 'bearer';
  const signs = auth.includes('sigv4') || auth.includes('sigv4a');
  if (signs && credentials !== undefined && (areGiven || !auth.includes('anonymous'))) return 'sigv4';
  if (auth.length === 0 || auth.includes('anonymous') || signs) return 'anonymous';
  throw new ClientError(
    'noCredentials',
    `Cannot call ${operation.name}: it takes a bearer token, and there is none; give ApiFactory a bearerToken`,
  );
}

/** Service and region that a signature is valid for. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
  /** Regions of a `sigv4a` signature; undefined for `sigv4`. */
  readonly regionSet: readonly string[] | undefined;
  readonly disableDoubleEncoding: boolean;
}

export interface ScopeSources {
  /** Auth schemes of the endpoint, which win over the service's. */
  readonly schemes: readonly EndpointAuthScheme[] | undefined;
  /** Signing name of the service. */
  readonly signingName: string;
  readonly region: string | undefined;
  /** See `ClientSettings`. */
  readonly fault: ClientError | undefined;
  /** Names of the auth schemes that this client implements. */
  readonly known: readonly string[];
  /** Name of the call in error messages. */
  readonly what: string;
}

/**
 * Signing scope of a call, by the first auth scheme of the endpoint that this client implements.
 *
 * @returns `none` when the endpoint takes no signature
 * @throws {ClientError} `noRegion`; `badConfiguration` where the client implements none of the endpoint's auth schemes
 */
export function signingScope({
  schemes,
  signingName,
  region,
  fault,
  known,
  what,
}: ScopeSources): SigningScope | 'none' {
  const scheme = schemes?.find(({ name }) => name === 'none' || known.includes(name));
  if (scheme === undefined && schemes !== undefined && schemes.length > 0) {
    throw new ClientError(
      'badConfiguration',
      `Cannot call ${what}: its endpoint takes only ${schemes.map(({ name }) => name).join(', ')}, expected ${known.join(' or ')}`,
    );
  }
  if (scheme?.name === 'none') return 'none';
  const isForSeveral = scheme?.name === 'sigv4a';
  const signingRegion = scheme?.signingRegion ?? region ?? (isForSeveral ? '*' : undefined);
  if (signingRegion === undefined) throw fault ?? noRegion(what);
  return {
    service: scheme?.signingName ?? signingName,
    region: signingRegion,
    regionSet: isForSeveral ? (scheme.signingRegionSet ?? [signingRegion]) : undefined,
    disableDoubleEncoding: scheme?.disableDoubleEncoding ?? false,
  };
}

export function noRegion(what: string): ClientError {
  return new ClientError(
    'noRegion',
    `Cannot call ${what}: no region; give ApiFactory a region, or set AWS_REGION, or region in the profile${environmentHint('AWS_REGION')}`,
  );
}
