import { ClientError } from '../client-error.ts';
import type { EndpointAuthScheme } from '../endpoints/endpoint.ts';
import type { Operation } from '../operation.ts';
import type { Identities } from './identities.ts';

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
  readonly disableDoubleEncoding: boolean;
}

/**
 * What the endpoint says of signatures, over what the service says.
 *
 * @returns `none` when the endpoint takes no signature
 * @throws {ClientError} `noRegion`; `badConfiguration` for an endpoint that takes only signatures that are not made here
 */
export function signingScope(
  schemes: readonly EndpointAuthScheme[] | undefined,
  signingName: string,
  region: string | undefined,
  what: string,
): SigningScope | 'none' {
  const scheme = schemes?.find(({ name }) => name === 'sigv4' || name === 'none');
  if (scheme === undefined && schemes !== undefined && schemes.length > 0) {
    throw new ClientError(
      'badConfiguration',
      `Cannot call ${what}: its endpoint takes only ${schemes.map(({ name }) => name).join(', ')}, expected sigv4`,
    );
  }
  if (scheme?.name === 'none') return 'none';
  const signingRegion = scheme?.signingRegion ?? region;
  if (signingRegion === undefined) throw noRegion(what);
  return {
    service: scheme?.signingName ?? signingName,
    region: signingRegion,
    disableDoubleEncoding: scheme?.disableDoubleEncoding ?? false,
  };
}

export function noRegion(what: string): ClientError {
  return new ClientError(
    'noRegion',
    `Cannot call ${what}: no region; give ApiFactory a region, or set AWS_REGION, or region in the profile`,
  );
}
