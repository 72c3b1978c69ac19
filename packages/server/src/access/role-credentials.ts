import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import type { AssignedRole, User } from '../people/directory.ts';
import { base32 } from './role-arn.ts';

/** Temporary credentials of a role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

/** A role session: who holds role credentials, and for which role. */
export interface RoleSession {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly permissionSetName: string;
  /** The role session name: the user name, whose characters are all allowed there. */
  readonly sessionName: string;
  readonly expiresAtMs: number;
  /** Of the session whose access token got the credentials; absent where a release before 0.2 issued them. */
  readonly authorizationId?: number;
  /** When they were issued; absent where an earlier release did. */
  readonly issuedAtMs?: number;
}

/** Who asks for role credentials, in which session, and for which role. */
interface RoleRequest {
  readonly user: User;
  readonly authorizationId: number;
  readonly accountId: string;
  readonly role: AssignedRole;
}

const SESSION_TOKEN_PREFIX = 'lk_st_';

/** A whole HMAC-SHA-256: session tokens may be long. */
const MAC_BYTES = 32;

/** What a session token states, in this order. */
type StatedSession = readonly [
  accessKeyId: string,
  accountId: string,
  permissionSetName: string,
  sessionName: string,
  expiresAtSeconds: number,
  /** Absent in tokens of releases before 0.2. */
  authorizationId?: number,
  /** Absent in the same tokens. */
  issuedAtMs?: number,
];

/**
 * Issues credentials for a role, for as long as its permission set says. Nothing of them is stored: the session token
 * states the session, authenticated by key id and MAC, and the secret follows from that. The session that the credentials
 * came of and the time are stated, so that ending it, or revoking what was issued for the role, can end them
 * (`findEndOfRoleSession`).
 */
export function issueRoleCredentials(
  context: Pick<Context, 'keys' | 'now'>,
  { user, authorizationId, accountId, role }: RoleRequest,
): RoleCredentials {
  const accessKeyId = `ASIA${base32(randomBytes(16))}`;
  const issuedAtMs = context.now();
  const expiresAtSeconds = Math.floor(issuedAtMs / 1000) + role.sessionDurationSeconds;
  const session: StatedSession = [
    accessKeyId,
    accountId,
    role.name,
    user.userName,
    expiresAtSeconds,
    authorizationId,
    issuedAtMs,
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
 * Reads role credentials back from the access key id and session token of a signed request.
 *
 * @returns the session, which may have expired, with its secret; `undefined` when this instance issued no such pair
 */
export function openRoleCredentials(
  context: Pick<Context, 'keys'>,
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
  const session = JSON.parse(stated.toString()) as StatedSession;
  const [issuedTo, accountId, permissionSetName, sessionName, expiresAtSeconds, ...since] = session;
  const [authorizationId, issuedAtMs] = since;
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
    ...(authorizationId !== undefined && { authorizationId }),
    ...(issuedAtMs !== undefined && { issuedAtMs }),
  };
}

/** Renders a secret access key: 40 characters, as every one of AWS. */
function renderSecret(mac: Buffer): string {
  return mac.subarray(0, 30).toString('base64');
}
