import type { Context } from '../context.ts';
import { issueToken, type ParsedToken, parseToken, verifyToken } from '../keys/token.ts';
import type { User } from '../people/directory.ts';
import type { AuthorizationRow } from '../store/store.ts';
import { isSameClient } from './client.ts';
import { GrantError } from './grant-error.ts';
import type { Client } from './registered-client.ts';
import { maskScopes, splitScopes, unmaskScopes } from './scopes.ts';

/** What a grant hands out. */
export interface IssuedTokens {
  readonly accessToken: string;
  /** Whole seconds from now. */
  readonly expiresInSeconds: number;
  /** Absent for clients that may not refresh. */
  readonly refreshToken?: string;
}

/** An authorization that is active, as the store has it. */
export type ActiveAuthorization = AuthorizationRow & {
  readonly rotatedAtMs: number;
  readonly userId: string;
  readonly signInSessionId: number;
};

/**
 * Makes the tokens of the authorization's current generation. They follow from the row alone, so a request that is sent
 * again, because its answer was lost, gets the same tokens again.
 *
 * @param scopes - of the access token; a part of the authorization's
 */
export function issueTokens(
  context: Context,
  client: Client,
  authorization: ActiveAuthorization,
  scopes: readonly string[],
): IssuedTokens {
  const { id, salt, generation, rotatedAtMs, expiresAtMs: sessionEndMs } = authorization;
  const lifetimeMs = context.config.lifetimes.accessTokenSeconds * 1000;
  const expiresAtMs = client.legacy ? sessionEndMs : Math.min(rotatedAtMs + lifetimeMs, sessionEndMs);
  const scopeMask = maskScopes(splitScopes(authorization.scopes), scopes);
  const accessToken = issueToken(
    context.keys,
    'accessToken',
    { id, generation, scopeMask, expiresAtMs },
    salt,
  );
  const expiresInSeconds = Math.max(0, Math.round((expiresAtMs - context.now()) / 1000));
  if (client.legacy || !client.grantTypes.includes('refresh_token')) return { accessToken, expiresInSeconds };
  const refreshClaims = { id, generation, scopeMask: 0, expiresAtMs: sessionEndMs };
  return {
    accessToken,
    expiresInSeconds,
    refreshToken: issueToken(context.keys, 'refreshToken', refreshClaims, salt),
  };
}

/** Whose an access token is, and what it opens. */
export interface Access {
  readonly user: User;
  readonly authorization: ActiveAuthorization;
  readonly scopes: readonly string[];
}

/**
 * What an access token gives; `undefined` when it is unknown, has expired, or its session has ended.
 *
 * @param options.allowExpired - take a token whose own time is over, as long as its session goes on
 */
export async function findAccess(
  context: Context,
  accessToken: string,
  { allowExpired = false }: { readonly allowExpired?: boolean } = {},
): Promise<Access | undefined> {
  const token = parseToken('accessToken', accessToken);
  if (token === undefined) return undefined;
  if (token.expiresAtMs <= context.now() && !allowExpired) return undefined;
  const authorization = await findTokenAuthorization(context, token);
  if (authorization === undefined || !isActive(authorization) || authorization.endedAtMs !== null)
    return undefined;
  const user = findAuthorizedUser(context, authorization);
  if (user === undefined) return undefined;
  return { user, authorization, scopes: unmaskScopes(splitScopes(authorization.scopes), token.scopeMask) };
}

/** The authorization a code or token really stands for. */
export async function findTokenAuthorization(
  context: Context,
  token: ParsedToken,
): Promise<AuthorizationRow | undefined> {
  const authorization = await context.store.findAuthorization(token.id);
  return authorization && verifyToken(context.keys, token, authorization.salt) ? authorization : undefined;
}

/** The person an authorization acts for, if that person may still sign in as at the time of approval. */
export function findAuthorizedUser(
  context: Context,
  { userId, userVersion }: AuthorizationRow,
): User | undefined {
  const user = userId === null ? undefined : context.directory.findUser(userId);
  return user?.version === userVersion ? user : undefined;
}

export function isActive(authorization: AuthorizationRow): authorization is ActiveAuthorization {
  return authorization.state === 'active';
}

/**
 * Whether the current generation is so young that whoever shows what led to it may have lost the answer. Where the clock
 * was set back it begins in the future, but is not young until then.
 */
export function isInGrace(context: Context, { rotatedAtMs }: ActiveAuthorization): boolean {
  const ageMs = Math.abs(context.now() - rotatedAtMs);
  return ageMs <= context.config.lifetimes.refreshGraceSeconds * 1000;
}

/** @throws {GrantError} `invalid_grant` when the code or token was issued to another client */
export function requireSameClient(client: Client, { clientId }: AuthorizationRow, what: string): void {
  if (!isSameClient(client, clientId)) {
    throw new GrantError('invalid_grant', `The ${what} was issued to another client`);
  }
}
