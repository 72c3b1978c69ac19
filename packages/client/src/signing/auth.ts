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

/** How a call proves who makes it. */
export type Auth = 'sigv4' | 'bearer' | 'anonymous';

/**
 * Picks the first way that the operation takes and the program can go. An operation that also takes anonymous calls is
 * signed only when the program names credentials, so that nobody waits for a chain that need not find any.
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

/** What a signature is made for. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
  /** Only for `sigv4a`. */
  readonly regionSet: readonly string[] | undefined;
  readonly disableDoubleEncoding: boolean;
}

export interface ScopeSources {
  /** What the endpoint says, which wins. */
  readonly schemes: readonly EndpointAuthScheme[] | undefined;
  /** What the service says. */
  readonly signingName: string;
  readonly region: string | undefined;
  /** The ways to sign that there are. */
  readonly known: readonly string[];
  /** What is called, for messages. */
  readonly what: string;
}

/**
 * What to sign for, in the first of the endpoint's ways that is known here.
 *
 * @returns `none` when the endpoint takes no signature
 * @throws {ClientError} `noRegion`; `badConfiguration` for an endpoint that takes only signatures that are not made here
 */
export function signingScope({
  schemes,
  signingName,
  region,
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
  if (signingRegion === undefined) throw noRegion(what);
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
