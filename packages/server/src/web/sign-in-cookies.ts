import type { SignedIn as CompleteSignIn, SignInSession } from '../people/sign-in.ts';
import { findDeviceCookies, keepDeviceCookie } from './device-cookie.ts';
import { beginSessionCookies, type SignedIn } from './session-cookie.ts';
import type { Visit } from './visit.ts';

/**
 * `Set-Cookie` headers for a person who has just signed in: the session, and the device cookie.
 *
 * @param found - the browser's sessions from before
 */
export function beginCookies(
  { request, context }: Visit,
  result: CompleteSignIn,
  found: readonly SignedIn[],
): readonly string[] {
  return [
    ...beginSessionCookies(context, result, found),
    ...keepDeviceCookie(context, result.deviceCookie, findDeviceCookies(request, context)),
  ];
}

/** The sign-in sessions that cookies stand for. */
export function sessionsOf(found: readonly SignedIn[]): readonly SignInSession[] {
  return found.map(({ session }) => session);
}
