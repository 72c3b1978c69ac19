import { randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import { changeAudited } from '../directory/audited-change.ts';
import { issuePendingSignIn, type PendingSignIn } from '../factors/pending-sign-in.ts';
import type { Origin } from '../origin.ts';
import { checkNewPassword, type PasswordFault } from '../passwords/check-new-password.ts';
import { type CurrentPassword, checkCurrentPassword } from '../people/current-password.ts';
import type { DeviceCookie } from '../people/device-cookie.ts';
import type { User } from '../people/directory.ts';
import {
  BUSY_RETRY_SECONDS,
  completeSignIn,
  requireSignInNetwork,
  type SignedIn,
  type SignInSession,
} from '../people/sign-in.ts';
import type { OneTimeLink } from '../store/port/links.ts';
import { digestLinkToken } from './link-token.ts';

/** A link that works, and whose it is. */
export interface UsableLink {
  readonly kind: 'usable';
  readonly link: OneTimeLink;
  readonly user: User;
  readonly tokenDigest: Uint8Array;
}

export type FoundLink =
  | UsableLink
  /** There is no such link, or it was used, replaced or taken back, has expired, or the person's sign-ins were ended since. */
  | { readonly kind: 'ended' }
  /** The person may not sign in: an administrator or the source says so. */
  | { readonly kind: 'notAllowed' };

interface LinkUse {
  readonly origin: Origin;
  /** The live sign-in sessions of the browser. */
  readonly earlier: readonly SignInSession[];
  /** The device cookies of the browser, of whichever users. */
  readonly deviceCookies: readonly DeviceCookie[];
}

/** Finds the link of a token, without using it. */
export async function findLink(context: Context, token: string): Promise<FoundLink> {
  const tokenDigest = digestLinkToken(token);
  const link = tokenDigest && (await context.store.links.findLink(tokenDigest, context.now()));
  if (tokenDigest === undefined || link === undefined) return { kind: 'ended' };
  const user = await context.directory.findUser(link.userId);
  if (user === undefined) return { kind: 'notAllowed' };
  return user.version === link.userVersion ? { kind: 'usable', link, user, tokenDigest } : { kind: 'ended' };
}

/** Signs a person in by a link in the place of the password. A second factor is asked for where the person has one. */
export async function signInByLink(
  context: Context,
  found: UsableLink,
  { origin, earlier, deviceCookies }: LinkUse,
): Promise<
  SignedIn | { readonly kind: 'secondFactor'; readonly pending: PendingSignIn } | { readonly kind: 'ended' }
> {
  if (!(await useLink(context, found, origin))) return { kind: 'ended' };
  const { user } = found;
  const factors = await context.store.factors.listFactors(user.id);
  if (factors.length === 0)
    return completeSignIn(context, { user, factors: ['link'], origin, earlier, deviceCookies });
  const { id: userId, userName } = user;
  context.audit.record({ event: 'secondFactorRequired', userId, userName }, origin);
  return { kind: 'secondFactor', pending: issuePendingSignIn(context, user, 'link') };
}

/** Signs a person in by the password, and by a link in the place of the second factor. */
export async function signInByPasswordAndLink(
  context: Context,
  found: UsableLink,
  { origin, earlier, deviceCookies, password }: LinkUse & Pick<CurrentPassword, 'password'>,
): Promise<
  | SignedIn
  | { readonly kind: 'wrong' | 'ended' }
  | { readonly kind: 'limited' | 'busy'; readonly retryAfterSeconds: number }
> {
  const { user } = found;
  const refused = await checkCurrentPassword(context, { user, origin, password, deviceCookies });
  if (refused !== undefined) return refused;
  if (!(await useLink(context, found, origin))) return { kind: 'ended' };
  return completeSignIn(context, { user, factors: ['password', 'link'], origin, earlier, deviceCookies });
}

/** Sets a new password by a link. Everything that the person began ends; nobody is signed in by it. */
export async function setPasswordByLink(
  context: Context,
  found: UsableLink,
  { password, origin }: { readonly password: string; readonly origin: Origin },
): Promise<
  | { readonly kind: 'changed' | 'ended' }
  | { readonly kind: 'refused'; readonly fault: PasswordFault }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
> {
  const { user } = found;
  const fault = await checkNewPassword(password, context.config.passwords, user);
  if (fault !== undefined) return { kind: 'refused', fault };
  const hash = await context.passwords.hash(password, [{ name: `user ${user.id}`, shares: 1 }]);
  if (hash === 'busy') return { kind: 'busy', retryAfterSeconds: BUSY_RETRY_SECONDS };
  if (!(await useLink(context, found, origin))) return { kind: 'ended' };
  const version = { before: user.version, after: randomBytes(8).toString('base64url') };
  const steps = [{ kind: 'setPassword', userId: user.id, hash, version }] as const;
  const change = { source: 'page', actor: user.id, nowMs: context.now(), steps } as const;
  const outcome = await changeAudited(context, change, origin);
  return { kind: outcome.kind === 'changed' ? 'changed' : 'ended' };
}

async function useLink(context: Context, found: UsableLink, origin: Origin): Promise<boolean> {
  const { link, user, tokenDigest } = found;
  await requireSignInNetwork(context, user, origin);
  if (!(await context.store.links.useLink(tokenDigest, context.now()))) return false;
  const { id: userId, userName } = user;
  context.audit.record({ event: 'linkUsed', userId, userName, purpose: link.purpose }, origin);
  return true;
}
