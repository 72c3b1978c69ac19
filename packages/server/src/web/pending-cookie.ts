import type { Context } from '../context.ts';
import { findPendingSignIn, type PendingSignIn } from '../factors/pending-sign-in.ts';
import type { IncomingRequest } from '../http/route.ts';
import { cookieName, readCookies, renderCookie } from './cookies.ts';

/** Finds the browser's sign-in that lacks its second factor, and whose it is. */
export function findPending(
  request: IncomingRequest,
  context: Context,
): Promise<Awaited<ReturnType<typeof findPendingSignIn>>> {
  return findPendingSignIn(context, readCookies(request).get(cookieName(context, 'pending')) ?? '');
}

/** The `Set-Cookie` header that keeps a sign-in until its second factor is shown. */
export function keepPending(context: Context, { value, expiresAtMs }: PendingSignIn): string {
  const maxAgeSeconds = Math.floor((expiresAtMs - context.now()) / 1000);
  return renderCookie(context, { name: cookieName(context, 'pending'), value, maxAgeSeconds });
}

/** The `Set-Cookie` header that forgets it. */
export function forgetPending(context: Context): string {
  return renderCookie(context, { name: cookieName(context, 'pending'), value: '', maxAgeSeconds: 0 });
}
