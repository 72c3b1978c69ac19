import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import type { PermissionSetConfig, User } from '../people/directory.ts';
import { base32 } from './role-arn.ts';

/** Temporary credentials of a role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

/** Who holds role credentials, and what for. */
export interface RoleSession {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly permissionSetName: string;
  /** The user name, which a role session may be called as it is. */
  readonly sessionName: string;
  readonly expiresAtMs: number;
}

const SESSION_TOKEN_PREFIX = 'lk_st_';

const MAC_BYTES = 32;

/** What a session token states: access key id, account, permission set, session name, end in seconds. */
type StatedSession = readonly [string, string, string, string, number];

/** The permission set with this name that a user has in an account; `undefined` when there is none, or it is not assigned. */
export function findAssignedRole(
  context: Context,
  user: User,
  { accountId, roleName }: { readonly accountId: string; readonly roleName: string },
): PermissionSetConfig | undefined {
  const account = context.directory.accountsOf(user).find(({ id }) => id === accountId);
  return account?.roles.find(({ name }) => name === roleName);
}

/**
 * Issues credentials for a role, for as long as its permission set says. Nothing of them is stored: the session token
 * states the session, authenticated by key id and MAC, and the secret follows from that.
 */
export function issueRoleCredentials(
  context: Context,
  { user, accountId, permissionSet }: { user: User; accountId: string; permissionSet: PermissionSetConfig },
): RoleCredentials {
  const accessKeyId = `ASIA${base32(randomBytes(16))}`;
  const expiresAtSeconds = Math.floor(context.now() / 1000) + permissionSet.sessionDurationSeconds;
  const session: StatedSession = [
    accessKeyId,
    accountId,
    permissionSet.name,
    user.userName,
    expiresAtSeconds,
  ];
  const { keys } = context;
  const stated = Buffer.from(JSON.stringify(session));
  const token = Buffer.concat([Buffer.of(keys.currentId), keys.mac('role-session', stated), stated]);
  return {
    accessKeyId,
    secretAccessKey: renderSecret(keys.mac('role-secret', stated)),
    sessionToken: SESSION_TOKEN_PREFIX + token.toString('base64url'),
    expiresAtMs: expiresAtSeconds * 1000,
  };
}

/**
 * Reads credentials back from what a signed request shows of them.
 *
 * @returns the session, which may have expired, with its secret; `undefined` when this instance issued no such pair
 */
export function openRoleCredentials(
  context: Context,
  accessKeyId: string,
  sessionToken: string | undefined,
): (RoleSession & { readonly secretAccessKey: string }) | undefined {
  if (!sessionToken?.startsWith(SESSION_TOKEN_PREFIX)) return undefined;
  const token = Buffer.from(sessionToken.slice(SESSION_TOKEN_PREFIX.length), 'base64url');
  const keyId = token[0] ?? 0;
  const stated = token.subarray(1 + MAC_BYTES);
  const expected = context.keys.macUnder(keyId, 'role-session', stated);
  const mac = token.subarray(1, 1 + MAC_BYTES);
  if (expected?.length !== mac.length || !timingSafeEqual(expected, mac)) return undefined;
  const [issuedTo, accountId, permissionSetName, sessionName, expiresAtSeconds] = JSON.parse(
    stated.toString(),
  ) as StatedSession;
  if (issuedTo !== accessKeyId) return undefined;
  const secret = context.keys.macUnder(keyId, 'role-secret', stated);
  if (secret === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey: renderSecret(secret),
    accountId,
    permissionSetName,
    sessionName,
    expiresAtMs: expiresAtSeconds * 1000,
  };
}

/** 40 characters, as every AWS secret access key. */
function renderSecret(mac: Buffer): string {
  return mac.subarray(0, 30).toString('base64');
}
