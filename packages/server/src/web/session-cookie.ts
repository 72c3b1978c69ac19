import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { findSignInSession, type SignInSession } from '../people/sign-in.ts';
import {
  cookieName,
  cookieNameOfInstance,
  cookieNameOfRelease01,
  readCookies,
  renderCookie,
} from './cookies.ts';

/** The most session cookies that are looked at. A browser has one, or two on the first visit after an upgrade. */
const MAX_SESSION_COOKIES = 8;

/** A sign-in session, and the session cookie that the browser sent for it. */
export interface SignedIn {
  readonly session: SignInSession;
  /** The session token, which is the cookie's value. */
  readonly token: string;
  /** The cookie's name: the current one, or an earlier one until `replaceSessionCookie` has replaced it. */
  readonly cookieName: string;
}

/** Finds the browser's sign-in session, by the cookie with the current name or else by one with an earlier name. */
export async function findSignedIn(
  request: IncomingRequest,
  context: Context,
): Promise<SignedIn | undefined> {
  const [first] = await findSessionCookies(request, context);
  return first;
}

/**
 * `Set-Cookie` headers for a sign-in session that has just begun. Cookies with earlier names are removed.
 *
 * @param found - what `findSessionCookies` found before the session began
 */
export function beginSessionCookies(
  context: Context,
  started: { readonly session: SignInSession; readonly token: string },
  found: readonly SignedIn[],
): readonly string[] {
  return [renderSessionCookie(context, started), ...clearSessionCookies(context, found)];
}

/**
 * `Set-Cookie` headers that remove the browser's session cookies of this instance, with whatever name. A cookie with an
 * earlier name may belong to another instance on the host; that one stays.
 *
 * @param found - what `findSessionCookies` found before the sessions ended
 */
export function endSessionCookies(context: Context, found: readonly SignedIn[]): readonly string[] {
  const current = cookieName(context, 'session');
  return [
    renderCookie(context, { name: current, value: '', maxAgeSeconds: 0 }),
    ...clearSessionCookies(context, found),
  ];
}

/** `Set-Cookie` headers that replace a cookie with an earlier name. @returns none where the name is the current one */
export function replaceSessionCookie(context: Context, signedIn: SignedIn): readonly string[] {
  if (signedIn.cookieName === cookieName(context, 'session')) return [];
  return [
    renderSessionCookie(context, signedIn),
    renderCookie(context, { name: signedIn.cookieName, value: '', maxAgeSeconds: 0 }),
  ];
}

function renderSessionCookie(context: Context, { session, token }: Omit<SignedIn, 'cookieName'>): string {
  return renderCookie(context, {
    name: cookieName(context, 'session'),
    value: token,
    maxAgeSeconds: Math.floor((session.expiresAtMs - context.now()) / 1000),
  });
}

/** `Set-Cookie` headers that remove the cookies with earlier names that belong to this instance. */
function clearSessionCookies(context: Context, found: readonly SignedIn[]): readonly string[] {
  const current = cookieName(context, 'session');
  return found
    .filter((signedIn) => signedIn.cookieName !== current)
    .map((signedIn) => renderCookie(context, { name: signedIn.cookieName, value: '', maxAgeSeconds: 0 }));
}

/** Finds the live sign-in sessions that the browser sent cookies of. The cookie with the current name comes first. */
export async function findSessionCookies(
  request: IncomingRequest,
  context: Context,
): Promise<readonly SignedIn[]> {
  const current = cookieName(context, 'session');
  const earlier = cookieNameOfRelease01(context, 'session');
  const onAnyPort = cookieNameOfInstance(context, 'session');
  const cookies = [...readCookies(request)]
    .filter(([name]) => name === earlier || name.startsWith(onAnyPort))
    .sort(([one], [other]) => Number(other === current) - Number(one === current))
    .slice(0, MAX_SESSION_COOKIES);
  const found = await Promise.all(
    cookies.map(async ([name, token]): Promise<SignedIn[]> => {
      const session = await findSignInSession(context, token);
      return session === undefined ? [] : [{ session, token, cookieName: name }];
    }),
  );
  return found.flat();
}
