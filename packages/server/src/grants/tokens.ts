import type { Context } from '../context.ts';
import { issueToken, type ParsedToken, parseToken, verifyToken } from '../keys/token.ts';
import type { AssignedRole, RoleInAccount, User } from '../people/directory.ts';
import type { Demands } from '../policy/demands.ts';
import { clientOfRow, findDemands } from '../policy/find-demands.ts';
import { withCurrentEnd } from '../policy/session-length.ts';
import type { ActiveAuthorization, FoundAuthorization } from '../store/store.ts';
import type { Client } from './client.ts';
import { isSameClient } from './client-registration.ts';
import { GrantError } from './grant-error.ts';
import { REFRESH_TOKEN } from './grant-types.ts';
import type { Grace } from './rotation.ts';
import { maskScopes, splitScopes, unmaskScopes } from './scopes.ts';

/** The tokens that a grant issues. */
export interface IssuedTokens {
  readonly accessToken: string;
  /** Lifetime of the access token, in whole seconds from now. */
  readonly expiresInSeconds: number;
  /** Absent for clients that may not use the refresh token grant. */
  readonly refreshToken?: string;
}

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
  const { id, salt, generation, rotatedAtMs, sessionEndsAtMs } = authorization;
  const lifetimeMs = context.config.lifetimes.accessTokenSeconds * 1000;
  const expiresAtMs = client.legacy ? sessionEndsAtMs : Math.min(rotatedAtMs + lifetimeMs, sessionEndsAtMs);
  const scopeMask = maskScopes(splitScopes(authorization.scopes), scopes);
  const accessToken = issueToken(
    context.keys,
    'accessToken',
    { id, generation, scopeMask, expiresAtMs },
    salt,
  );
  const expiresInSeconds = Math.max(0, Math.round((expiresAtMs - context.now()) / 1000));
  if (client.legacy || !client.grantTypes.includes(REFRESH_TOKEN)) return { accessToken, expiresInSeconds };
  const refreshClaims = { id, generation, scopeMask: 0, expiresAtMs: sessionEndsAtMs };
  return {
    accessToken,
    expiresInSeconds,
    refreshToken: issueToken(context.keys, 'refreshToken', refreshClaims, salt),
  };
}

/** An authorization that a person has allowed, as it is read. */
export type FoundAllowed = Extract<FoundAuthorization, { readonly state: 'approved' | 'active' }>;

/** What an access token stands for: its user, its session and its scopes. */
export interface Access {
  readonly user: User;
  readonly authorization: ActiveAuthorization;
  readonly scopes: readonly string[];
  /** The role that was asked for; absent where the user doesn't have it. */
  readonly role?: AssignedRole;
  /** What the policy demands of what the token is used for: of the role, where one was asked for. Absent without a policy. */
  readonly demands?: Demands;
}

/**
 * Finds what an access token stands for; `undefined` when the token is unknown or expired, or its session has ended.
 *
 * @param options.allowExpired - take a token whose own time is over, as long as its session goes on
 * @param options.role - which role of the user to find in the same read
 */
export async function findAccess(
  context: Context,
  accessToken: string,
  {
    allowExpired = false,
    role: search,
  }: { readonly allowExpired?: boolean; readonly role?: RoleInAccount } = {},
): Promise<Access | undefined> {
  const token = parseToken('accessToken', accessToken);
  if (token === undefined) return undefined;
  if (token.expiresAtMs <= context.now() && !allowExpired) return undefined;
  const found = await findTokenAuthorization(context, token, search);
  if (found?.state !== 'active' || found.endedAtMs !== null) return undefined;
  const user = authorizedUser(found);
  if (user === undefined) return undefined;
  const demands = context.policy && (await findDemandsOfUse(context, found, search));
  const authorization = withCurrentEnd(context, found, demands);
  if (authorization.sessionEndsAtMs <= context.now() && !allowExpired) return undefined;
  const scopes = unmaskScopes(splitScopes(authorization.scopes), token.scopeMask);
  const { role } = authorization;
  return { user, authorization, scopes, ...(role && { role }), ...(demands && { demands }) };
}

/**
 * Finds what the policy demands of a program that acts for a person. Ask only where there is a policy: most instances have none.
 *
 * @param role - which role the program wants credentials of
 */
export function findDemandsOfUse(
  context: Pick<Context, 'config' | 'policy' | 'directory'>,
  { userId, clientId }: Pick<FoundAllowed, 'userId' | 'clientId'>,
  role?: RoleInAccount,
): Promise<Demands> {
  const client = clientOfRow(context, clientId);
  const act =
    role === undefined
      ? ({ kind: 'use', client } as const)
      : ({ kind: 'getRoleCredentials', client, permissionSet: role.roleName } as const);
  return findDemands(context, userId, act);
}

/**
 * Finds the authorization of a code or token, if this instance made the code or token for it.
 *
 * @param role - which role of the user to find in the same read
 */
export async function findTokenAuthorization(
  context: Context,
  token: ParsedToken,
  role?: RoleInAccount,
): Promise<FoundAuthorization | undefined> {
  const authorization = await context.store.findAuthorization(token.id, role);
  const learning = authorization && context.keys.learn(token.keyId);
  if (learning !== undefined) await learning;
  return authorization && verifyToken(context.keys, token, authorization.salt) ? authorization : undefined;
}

/**
 * The user whom an authorization acts for, as of when it was read; `undefined` when the user may not sign in, or has
 * another version since.
 */
export function authorizedUser({ user, userVersion }: FoundAllowed): User | undefined {
  return user?.version === userVersion ? user : undefined;
}

/** Whether a person has allowed the authorization: every one that has an authorization code was. */
export function isAllowed(row: FoundAuthorization): row is FoundAllowed {
  return row.state === 'approved' || row.state === 'active';
}

/** The grace for codes and refresh tokens that come again, counted from now. */
export function graceOf({ config, now }: Pick<Context, 'config' | 'now'>): Grace {
  return { nowMs: now(), graceMs: config.lifetimes.refreshGraceSeconds * 1000 };
}

/** @throws {GrantError} `invalid_grant` when the code or token was issued to another client */
export function requireSameClient(client: Client, { clientId }: FoundAuthorization, what: string): void {
  if (!isSameClient(client, clientId)) {
    throw new GrantError('invalid_grant', `The ${what} was issued to another client`);
  }
}
