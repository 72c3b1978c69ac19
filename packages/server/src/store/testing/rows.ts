import assert from 'node:assert/strict';
import { randomBytes } from '../../keys/random.ts';
import type { AssignedRole, RoleInAccount } from '../port/directory.ts';
import type { SessionPlace } from '../port/session-lists.ts';
import type {
  ActiveAuthorization,
  Approval,
  Attempt,
  CodeBinding,
  DeviceRequestSearch,
  FindDeviceRequestOutcome,
  NewAnswer,
  NewAuthorization,
  NewDeviceRequest,
  NewSignInSession,
  Rotation,
  Store,
} from '../store.ts';

/** When the tests begin. */
export const START_MS = Date.parse('2026-01-01T00:00:00Z');
export const MINUTE_MS = 60_000;

export const aliceId = 'a11ce000-0000-8000-8000-000000000001';

export const codeBinding: CodeBinding = {
  redirectUri: 'http://127.0.0.1:41000/oauth/callback',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

/** Where sessions are used from. */
export const place: SessionPlace = { address: '192.0.2.1', userAgent: 'aws-cli/2.36.12' };

/** An id that no row has. */
export const UNKNOWN_ID = 1;

export function newSignInSession(change: Partial<NewSignInSession> = {}): NewSignInSession {
  return {
    salt: randomBytes(16),
    userId: aliceId,
    userVersion: 'v1',
    createdAtMs: START_MS,
    expiresAtMs: START_MS + 60 * MINUTE_MS,
    ...place,
    ...change,
  };
}

/** The version of alice, who is added to the directory where she is not in it. */
async function versionOfAlice(store: Store): Promise<string> {
  const alice = {
    ...{ id: aliceId, userName: 'alice', displayName: 'Alice', emails: [], externalIds: [] },
    status: 'enabled',
  } as const;
  await store.changeDirectory({
    ...{ source: 'file', actor: 'file', nowMs: START_MS },
    steps: [{ kind: 'addUser', user: alice }],
  });
  return (await store.findUser(aliceId))?.version ?? '';
}

/** Inserts a sign-in session, of alice and under her present version unless the change says otherwise. */
export async function signInAlice(store: Store, change: Partial<NewSignInSession> = {}): Promise<Approval> {
  const userVersion = change.userVersion ?? (await versionOfAlice(store));
  const session = newSignInSession({ ...change, userVersion });
  const signInSessionId = await store.insertSignInSession(session);
  return { userId: session.userId, userVersion, signInSessionId };
}

export function newAuthorization(change: Partial<NewAuthorization> = {}): NewAuthorization {
  return {
    salt: randomBytes(16),
    clientId: randomBytes(12),
    clientName: 'botocore-client-dev',
    scopes: 'sso:account:access openid',
    createdAtMs: START_MS,
    codeExpiresAtMs: START_MS + 10 * MINUTE_MS,
    ...change,
  };
}

export function newDeviceRequest(change: Partial<NewDeviceRequest> = {}): NewDeviceRequest {
  return {
    userCodeDigest: randomBytes(16),
    ...place,
    ...change,
  };
}

/** An allowance of attempts that nobody has used. */
export function newAttempt(limit: number, change: Partial<Attempt> = {}): Attempt {
  return { holder: Buffer.of(192, 0, 2, 1), subject: randomBytes(16), limit, windowMs: MINUTE_MS, ...change };
}

/** An answer to a question that is asked this once, kept for ten minutes. */
export function newAnswer(change: Partial<NewAnswer> = {}): NewAnswer {
  return { questionDigests: [randomBytes(16)], expiresAtMs: START_MS + 10 * MINUTE_MS, ...change };
}

/** What the store says to a user code whose digest this is. */
export function findDeviceRequest(
  store: Store,
  digest: Uint8Array,
  { questionDigests = [], attempts = [] }: Partial<DeviceRequestSearch> = {},
  nowMs = START_MS,
): Promise<FindDeviceRequestOutcome> {
  return store.findDeviceRequest({ userCodeDigests: [digest], questionDigests, attempts }, nowMs);
}

/** Inserts a pending device request that is found under the digest. */
export async function askFromDevice(
  store: Store,
  change: Partial<NewAuthorization> = {},
): Promise<{ readonly id: number; readonly digest: Uint8Array }> {
  const request = newDeviceRequest();
  const outcome = await store.insertDeviceRequest(newAuthorization(change), request);
  assert.ok(outcome.kind === 'inserted');
  return { id: outcome.id, digest: request.userCodeDigest };
}

/** Approves a device request at the start. */
export async function approveDevice(store: Store, id: number, approval: Approval): Promise<boolean> {
  return (await store.approveDeviceRequest(id, approval, newAnswer(), START_MS)) === 'approved';
}

/** Inserts an authorization that waits for its authorization code. @returns its id */
export async function approveOnTheSpot(
  store: Store,
  approval: Approval,
  change: Partial<NewAuthorization> = {},
): Promise<number> {
  const authorization = newAuthorization(change);
  const answer = newAnswer({ expiresAtMs: authorization.createdAtMs + 24 * 60 * MINUTE_MS });
  const outcome = await store.insertApprovedAuthorization(authorization, approval, codeBinding, answer);
  assert.ok(outcome.kind === 'approved');
  return outcome.id;
}

/** Redeems an authorization at the start, for an hour. */
export function redeem(store: Store, id: number): Promise<boolean> {
  const redemption = {
    scopes: 'sso:account:access',
    nowMs: START_MS,
    sessionEndsAtMs: START_MS + 60 * MINUTE_MS,
    ...place,
  };
  return store.redeemAuthorization(id, redemption);
}

/** Makes a session with tokens of generation 1. @returns its id */
export async function startSession(store: Store, approval: Approval): Promise<number> {
  const id = await approveOnTheSpot(store, approval);
  await redeem(store, id);
  return id;
}

/** Moves a session's tokens on from a generation. */
export function rotate(
  store: Store,
  id: number,
  generation: number,
  { nowMs = START_MS + 1, earlierRotationsMs = [] }: Partial<Rotation> = {},
): Promise<boolean> {
  return store.rotateTokens(id, { generation, nowMs, earlierRotationsMs });
}

/** The session that the store has under an id. */
export async function findSession(store: Store, id: number): Promise<ActiveAuthorization> {
  const row = await store.findAuthorization(id);
  assert.ok(row?.state === 'active', `expected an active authorization, found ${row?.state}`);
  return row;
}

/** A role of a user, as the directory finds it, and as a session of the user does. */
export async function findRole(
  store: Store,
  userId: string,
  search: RoleInAccount,
): Promise<AssignedRole | undefined> {
  const userVersion = (await store.findUser(userId))?.version ?? '';
  const id = await startSession(store, await signInAlice(store, { userId, userVersion }));
  const found = await store.findAuthorization(id, search);
  assert.ok(found?.state === 'active');
  assert.deepEqual(found.role, await store.findAssignedRole(userId, search));
  return found.role;
}

/** How many of several attempts at something that works once said that it was them. */
export async function winners(attempts: readonly Promise<boolean>[]): Promise<number> {
  return (await Promise.all(attempts)).filter((won) => won).length;
}
