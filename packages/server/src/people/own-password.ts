import { randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import { changeAudited } from '../directory/audited-change.ts';
import type { Origin } from '../origin.ts';
import { checkNewPassword, type PasswordFault } from '../passwords/check-new-password.ts';
import type { UserEntry } from '../store/port/directory.ts';
import { checkCurrentPassword } from './current-password.ts';
import { type DeviceCookie, issueDeviceCookie } from './device-cookie.ts';
import { BUSY_RETRY_SECONDS, type SignedIn, type SignInSession, startSignInSession } from './sign-in.ts';

/** What a person has of a password, and who may change it. */
export interface OwnPassword {
  readonly isSet: boolean;
  /** `person`: its owner may change it, as long as commands may. Others: it comes from there, and is changed there alone. */
  readonly owner: 'person' | 'file' | 'provider';
}

export type ChangePasswordResult =
  /** The browser goes on in a new sign-in session; everything else that the person began has ended. */
  | { readonly kind: 'changed'; readonly signedIn: SignedIn }
  | { readonly kind: 'refused'; readonly fault: PasswordFault }
  /** The current password is wrong. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'limited' | 'busy'; readonly retryAfterSeconds: number }
  /** The password is not the person's to change, or somebody else has changed it meanwhile. */
  | { readonly kind: 'notTheirs' };

/** @returns `undefined` where the person is gone */
export async function findOwnPassword(
  { store }: Pick<Context, 'store'>,
  userId: string,
): Promise<OwnPassword | undefined> {
  const user = await store.findEntry('user', { id: userId });
  return user && { isSet: user.hasPassword, owner: ownerOfPassword(user) };
}

/** Who may change the password of a user. */
export function ownerOfPassword({
  source,
  passwordSetBy = source,
  hasPassword,
}: Pick<UserEntry, 'source' | 'passwordSetBy' | 'hasPassword'>): OwnPassword['owner'] {
  if (passwordSetBy === 'file') return hasPassword ? 'file' : 'person';
  return passwordSetBy === 'command' || passwordSetBy === 'page' ? 'person' : 'provider';
}

/**
 * Changes the password of the person who is signed in, and ends everything that they began but this browser. Who has no password
 * yet sets one without a current one: the caller makes sure that the sign-in is good for that.
 */
export async function changeOwnPassword(
  context: Context,
  { session, origin }: { readonly session: SignInSession; readonly origin: Origin },
  given: {
    readonly current: string;
    readonly password: string;
    readonly deviceCookies: readonly DeviceCookie[];
  },
): Promise<ChangePasswordResult> {
  const { user } = session;
  const own = await findOwnPassword(context, user.id);
  if (own?.owner !== 'person') return { kind: 'notTheirs' };
  const fault = await checkNewPassword(given.password, context.config.passwords, user);
  if (fault !== undefined) return { kind: 'refused', fault };
  if (own.isSet) {
    const refused = await checkCurrentPassword(context, { user, origin, ...given, password: given.current });
    if (refused !== undefined) return refused;
  }
  const hash = await context.passwords.hash(given.password, [{ name: `user ${user.id}`, shares: 1 }]);
  if (hash === 'busy') return { kind: 'busy', retryAfterSeconds: BUSY_RETRY_SECONDS };
  const version = { before: user.version, after: randomBytes(8).toString('base64url') };
  const outcome = await changeAudited(
    context,
    {
      ...{ source: 'page', actor: user.id, nowMs: context.now() },
      steps: [{ kind: 'setPassword', userId: user.id, hash, version }],
    },
    origin,
  );
  if (outcome.kind === 'refused') return { kind: 'notTheirs' };
  const renewed = { ...user, version: version.after };
  const continued = await startSignInSession(context, renewed, {
    origin,
    factors: session.factors,
    continues: session,
  });
  const deviceCookie = issueDeviceCookie(context, renewed);
  return { kind: 'changed', signedIn: { kind: 'signedIn', ...continued, deviceCookie } };
}
