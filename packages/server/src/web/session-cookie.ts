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

/** More session cookies than this are not looked at; a browser has one, and a second on the first visit after an upgrade. */
const MAX_SESSION_COOKIES = 8;

/** A sign-in session, and the cookie that stands for it. */
export interface SignedIn {
  readonly session: SignInSession;
  /** The cookie's value. */
  readonly token: string;
  /** The cookie's name, which may be an earlier one; see `replaceSessionCookie`. */
  readonly cookieName: string;
}

/** The sign-in session that the browser is in: by the cookie of today's name or, without one, of an earlier name. */
export async function findSignedIn(
  request: IncomingRequest,
  context: Context,
): Promise<SignedIn | undefined> {
  const [first] = await findSessionCookies(request, context);
  return first;
}

/** `Set-Cookie` headers for a session that has just begun. */
export async function beginSessionCookies(
  request: IncomingRequest,
  context: Context,
  started: { readonly session: SignInSession; readonly token: string },
): Promise<readonly string[]> {
  return [renderSessionCookie(context, started), ...(await clearSessionCookies(request, context))];
}

/**
 * `Set-Cookie` headers that make the browser forget its sessions at this instance, under whatever name. A cookie of an
 * earlier name may belong to another instance on the host; that one stays.
 */
export async function endSessionCookies(
  request: IncomingRequest,
  context: Context,
): Promise<readonly string[]> {
  const current = cookieName(context, 'session');
  return [
    renderCookie(context, { name: current, value: '', maxAgeSeconds: 0 }),
    ...(await clearSessionCookies(request, context)),
  ];
}

/** `Set-Cookie` headers that give a session's cookie its name of today. @returns none where it has that name */
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

/** Clears those of earlier names that are of this instance. */
async function clearSessionCookies(request: IncomingRequest, context: Context): Promise<readonly string[]> {
  const current = cookieName(context, 'session');
  const found = await findSessionCookies(request, context);
  return found
    .filter((signedIn) => signedIn.cookieName !== current)
    .map((signedIn) => renderCookie(context, { name: signedIn.cookieName, value: '', maxAgeSeconds: 0 }));
}

/** The live sessions of this instance that the browser has cookies of, that of today's name first. */
async function findSessionCookies(request: IncomingRequest, context: Context): Promise<readonly SignedIn[]> {
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
