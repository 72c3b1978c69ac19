import type { Context } from '../context.ts';
import { nameKey } from '../directory/name-key.ts';
import { issuePendingSignIn, type PendingSignIn } from '../factors/pending-sign-in.ts';
import { parseFactors, renderFactors, type SignInFactor } from '../factors/sign-in-factors.ts';
import { randomBytes } from '../keys/random.ts';
import { issueToken, parseToken, SALT_BYTES, verifyToken } from '../keys/token.ts';
import { secondsUntil } from '../limits/guesses.ts';
import { type Origin, placeOf } from '../origin.ts';
import { findDemands } from '../policy/find-demands.ts';
import { judgeNetwork } from '../policy/judge.ts';
import { NetworkRefused } from '../policy/network-refused.ts';
import { findSignInSessionSeconds } from '../policy/session-length.ts';
import { type DeviceCookie, issueDeviceCookie } from './device-cookie.ts';
import type { User } from './directory.ts';
import { takeSignInTry } from './sign-in-try.ts';

/** A sign-in session: the signed-in state of a browser. */
export interface SignInSession {
  readonly id: number;
  readonly user: User;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** To within an hour; `null` where only an earlier release has seen it. */
  readonly usedAtMs: number | null;
  /** What the person signed in with. */
  readonly factors: readonly SignInFactor[];
}

/** A sign-in that is complete, with a new sign-in session. */
export interface SignedIn {
  readonly kind: 'signedIn';
  readonly session: SignInSession;
  /** The value of the session cookie. */
  readonly token: string;
  readonly deviceCookie: DeviceCookie & { readonly value: string };
}

export type SignInResult =
  | SignedIn
  /** The password was right, and the person has a second factor, which is asked for next. */
  | { readonly kind: 'secondFactor'; readonly pending: PendingSignIn }
  /** Unknown user, wrong password or disabled user: the three look alike from outside. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  /** Too many passwords wait to be checked; this one was not, and costs no try. */
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** The most people who are signed in to a browser at the same time. */
const MAX_PEOPLE = 5;

/** Seconds to wait when the server has too many passwords to check. */
export const BUSY_RETRY_SECONDS = 2;

/**
 * Checks a user name and password. For a person who has no second factor, that is all.
 */
export async function signIn(
  context: Context,
  {
    userName,
    password,
    origin,
    earlier = [],
    deviceCookies = [],
  }: {
    readonly userName: string;
    readonly password: string;
    readonly origin: Origin;
    /** The live sign-in sessions of the browser. */
    readonly earlier?: readonly SignInSession[];
    /** The device cookies of the browser, of whichever users. */
    readonly deviceCookies?: readonly DeviceCookie[];
  },
): Promise<SignInResult> {
  const user = await context.directory.findUserByName(nameKey(userName));
  const guess = {
    what: 'password',
    user: user?.id ?? nameKey(userName),
    address: origin.address,
  } as const;
  const deviceCookie = deviceCookies.find(
    ({ userId, userVersion }) => userId === user?.id && userVersion === user.version,
  );
  const tried = await takeSignInTry(context, guess, deviceCookie);
  if (tried.kind === 'limited') {
    context.audit.record({ event: 'signInLimited', ...describeWhom(context, user, userName) }, origin);
    return { kind: 'limited', retryAfterSeconds: secondsUntil(context, tried.untilMs) };
  }
  const verdict = await context.passwords.verify(user?.passwordHash, password, tried.holder);
  if (verdict === 'busy') {
    await tried.withdraw();
    context.drops.record('passwordCheck', origin.address);
    return { kind: 'busy', retryAfterSeconds: BUSY_RETRY_SECONDS };
  }
  // The user may have been disabled while the password was checked. It is asked after a right password alone: a wrong one costs as
  // much for a user as for a name that nobody has.
  const isCurrent =
    verdict === 'match' &&
    user !== undefined &&
    (await context.directory.findUser(user.id))?.version === user.version;
  if (!isCurrent) {
    const whom = describeWhom(context, user, userName);
    context.audit.record({ event: 'signInRefused', ...whom, ...tried.audited }, origin);
    return { kind: 'refused' };
  }
  const [factors] = await Promise.all([context.store.factors.listFactors(user.id), tried.reward()]);
  if (factors.length === 0) {
    const { audited } = tried;
    return completeSignIn(context, { user, factors: ['password'], origin, earlier, deviceCookies, audited });
  }
  // Before a code is used up.
  await requireSignInNetwork(context, user, origin);
  const { id: userId, userName: name } = user;
  context.audit.record({ event: 'secondFactorRequired', userId, userName: name }, origin);
  return { kind: 'secondFactor', pending: issuePendingSignIn(context, user) };
}

/**
 * Starts a new sign-in session for a person who has shown all that is asked for (never continues an old one, against session
 * fixation). A person has one session in a browser, so that signing out takes back all that was allowed in it: the new session takes
 * over what the same user allowed in the sessions before. Those of other users stay, as far as there is room for them.
 *
 * @throws {NetworkRefused}
 */
export async function completeSignIn(
  context: Context,
  {
    user,
    factors,
    origin,
    earlier,
    deviceCookies = [],
    audited = {},
  }: {
    readonly user: User;
    readonly factors: readonly SignInFactor[];
    readonly origin: Origin;
    /** The live sign-in sessions of the browser. */
    readonly earlier: readonly SignInSession[];
    /** The device cookies of the browser, of whichever users. */
    readonly deviceCookies?: readonly DeviceCookie[];
    readonly audited?: { readonly knownBrowser?: true };
  },
): Promise<SignedIn> {
  await requireSignInNetwork(context, user, origin);
  const isKnown =
    deviceCookies.some((cookie) => cookie.userId === user.id) ||
    earlier.some((session) => session.user.id === user.id);
  const replaced = earlier.filter((session) => session.user.id === user.id);
  const surplus = splitOthers(user, earlier).surplus;
  const [started] = await Promise.all([
    startSignInSession(context, user, { origin, replaced, factors }),
    ...surplus.map((session) => signOut(context, session, origin)),
  ]);
  const { id: userId, userName } = user;
  context.audit.record(
    {
      ...{ event: 'signInSucceeded', userId, userName, factors: renderFactors(factors), ...audited },
      ...(!isKnown && { newBrowser: true }),
    },
    origin,
  );
  return { kind: 'signedIn', ...started, deviceCookie: issueDeviceCookie(context, user) };
}

/**
 * Requires the networks that the policy names for a person. Asked only once the person has shown something right, so that strangers
 * learn nothing of anybody's rules; and before something is used that works once.
 *
 * @throws {NetworkRefused}
 */
export async function requireSignInNetwork(
  context: Context,
  { id: userId }: User,
  origin: Origin,
): Promise<void> {
  if (context.policy === undefined) return;
  const unmet = judgeNetwork(await findDemands(context, userId, { kind: 'visit' }), origin);
  if (unmet === undefined) return;
  const { name: rule } = unmet.rule;
  context.audit.record({ event: 'policyRefused', userId, act: 'signIn', reason: 'network', rule }, origin);
  throw new NetworkRefused(userId, rule);
}

/**
 * Of the sessions that other people have in a browser in which a user signs in, those that stay, and those for which there is no
 * room: the ones that end first.
 */
export function splitOthers<Session extends Pick<SignInSession, 'user' | 'expiresAtMs'>>(
  user: User,
  earlier: readonly Session[],
): { readonly kept: readonly Session[]; readonly surplus: readonly Session[] } {
  const others = earlier
    .filter((session) => session.user.id !== user.id)
    .toSorted((one, other) => other.expiresAtMs - one.expiresAtMs);
  return { kept: others.slice(0, MAX_PEOPLE - 1), surplus: others.slice(MAX_PEOPLE - 1) };
}

function describeWhom(
  { keys }: Pick<Context, 'keys'>,
  user: User | undefined,
  typed: string,
): { readonly userId: string; readonly userName: string } | { readonly unknownNameDigest: string } {
  if (user !== undefined) return { userId: user.id, userName: user.userName };
  return { unknownNameDigest: keys.mac('typed-name', nameKey(typed)).toString('hex', 0, 8) };
}

/**
 * Starts a sign-in session for a user whose identity is established.
 *
 * @param start.replaced - sessions of the same user that it takes the place of
 * @param start.continues - a session that goes on, such as one of before the user's version changed: the new one began and ends when it did
 */
export async function startSignInSession(
  context: Context,
  user: User,
  {
    origin,
    replaced = [],
    factors = ['password'],
    continues,
  }: {
    readonly origin: Origin;
    readonly replaced?: readonly SignInSession[];
    readonly continues?: SignInSession;
    readonly factors?: readonly SignInFactor[];
  },
): Promise<{ readonly session: SignInSession; readonly token: string }> {
  const { id: userId, userName, displayName, version: userVersion } = user;
  const createdAtMs = continues?.createdAtMs ?? context.now();
  const expiresAtMs =
    continues?.expiresAtMs ?? createdAtMs + (await findSignInSessionSeconds(context, userId)) * 1000;
  const salt = randomBytes(SALT_BYTES);
  const id = await context.store.insertSignInSession(
    {
      ...{ salt, userId, userVersion, createdAtMs, expiresAtMs, ...placeOf(origin) },
      factors: renderFactors(factors),
    },
    replaced.map((session) => session.id),
  );
  // Without the password hash, which who was found by name has, too.
  const signedIn = { id: userId, userName, displayName, version: userVersion };
  const claims = { id, generation: 0, scopeMask: 0, expiresAtMs };
  return {
    session: { id, user: signedIn, createdAtMs, expiresAtMs, usedAtMs: createdAtMs, factors },
    token: issueToken(context.keys, 'signInSession', claims, salt),
  };
}

/** Finds the live sign-in session of a cookie, if its user may still sign in. */
export async function findSignInSession(context: Context, token: string): Promise<SignInSession | undefined> {
  const parsed = parseToken('signInSession', token);
  if (parsed === undefined || parsed.expiresAtMs <= context.now()) return undefined;
  const row = await context.store.findSignInSession(parsed.id);
  if (row === undefined || row.endedAtMs !== null) return undefined;
  const learning = context.keys.learn(parsed.keyId);
  if (learning !== undefined) await learning;
  if (!verifyToken(context.keys, parsed, row.salt)) return undefined;
  const { user, userVersion } = row;
  if (user?.version !== userVersion) return undefined;
  const { id, createdAtMs, usedAtMs, factors } = row;
  // One that began when sessions lasted longer ends as if it had begun now.
  const lastsMs = (await findSignInSessionSeconds(context, user.id)) * 1000;
  const expiresAtMs = Math.min(row.expiresAtMs, createdAtMs + lastsMs);
  if (expiresAtMs <= context.now()) return undefined;
  return { id, user, createdAtMs, expiresAtMs, usedAtMs, factors: parseFactors(factors) };
}

/** Ends a sign-in session, and with it every authorization that was approved in it. Durable once it resolves. */
export async function signOut(context: Context, session: SignInSession, origin: Origin): Promise<void> {
  await context.store.endSignInSession(session.id, context.now());
  const { id: userId, userName } = session.user;
  context.audit.record({ event: 'signedOut', userId, userName }, origin);
}
