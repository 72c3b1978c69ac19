import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { randomBytes } from '../keys/random.ts';
import { findSignInSession, type SignInSession, splitOthers } from '../people/sign-in.ts';
import {
  cookieName,
  cookieNameOfInstance,
  cookieNameOfRelease01,
  readCookies,
  renderCookie,
} from './cookies.ts';

/** The most session cookies that are looked at. A browser has one, or two on the first visit after an upgrade. */
const MAX_SESSION_COOKIES = 8;
/** The most cookies of people set aside that are looked at. A browser has one for each, four at most. */
const MAX_ASIDE_COOKIES = 8;

/** A sign-in session, and the session cookie that the browser sent for it. */
export interface SignedIn {
  readonly session: SignInSession;
  /** The session token, which is the cookie's value. */
  readonly token: string;
  /** The cookie's name: the current one, an earlier one until `replaceSessionCookie` has replaced it, or that of a person set aside. */
  readonly cookieName: string;
}

/** Finds the sign-in session that the browser is used in, by the cookie with the current name or else by one with an earlier name. */
export async function findSignedIn(
  request: IncomingRequest,
  context: Context,
): Promise<SignedIn | undefined> {
  const [first] = await findUsedSessions(request, context);
  return first;
}

/** Finds the live sign-in sessions of the browser, of all people. The one that the browser is used in comes first. */
export async function findSessionCookies(
  request: IncomingRequest,
  context: Context,
): Promise<readonly SignedIn[]> {
  const [used, aside] = await Promise.all([
    findUsedSessions(request, context),
    findPeopleAside(request, context),
  ]);
  return [...used, ...aside];
}

/**
 * Finds the live sign-in sessions that the browser sent cookies of, without those of people set aside. The cookie with the
 * current name comes first.
 */
export function findUsedSessions(request: IncomingRequest, context: Context): Promise<readonly SignedIn[]> {
  const current = cookieName(context, 'session');
  const earlier = cookieNameOfRelease01(context, 'session');
  const onAnyPort = cookieNameOfInstance(context, 'session');
  const cookies = [...readCookies(request)]
    .filter(([name]) => name === earlier || name.startsWith(onAnyPort))
    .sort(([one], [other]) => Number(other === current) - Number(one === current))
    .slice(0, MAX_SESSION_COOKIES);
  return findSessions(context, cookies);
}

/**
 * Finds the people who are signed in to the browser while somebody else uses it. Each has a cookie of their own; nothing is
 * done as them before the browser says so by a form.
 */
export function findPeopleAside(request: IncomingRequest, context: Context): Promise<readonly SignedIn[]> {
  const cookies = [...readCookies(request)]
    .filter(([name]) => isAside(context, name))
    .slice(0, MAX_ASIDE_COOKIES);
  return findSessions(context, cookies);
}

/**
 * `Set-Cookie` headers for a sign-in session that has just begun. Other people are set aside, as far as there is room for them;
 * cookies with earlier names, and of the same person, are removed.
 *
 * @param found - what `findSessionCookies` found before the session began
 */
export function beginSessionCookies(
  context: Context,
  started: { readonly session: SignInSession; readonly token: string },
  found: readonly SignedIn[],
): readonly string[] {
  const { kept } = splitOthers(
    started.session.user,
    found.map(({ session }) => session),
  );
  const others = found.filter(({ session }) => kept.includes(session));
  const stay = others.filter((other) => isAside(context, other.cookieName));
  const arrive = others.filter((other) => !stay.includes(other));
  return [
    renderSessionCookie(context, started),
    ...arrive.map((other) => renderAsideCookie(context, other)),
    ...clearSessionCookies(
      context,
      found.filter((each) => !stay.includes(each)),
    ),
  ];
}

/**
 * `Set-Cookie` headers by which the browser is used as another person from now on, and whoever used it is set aside.
 *
 * @param chosen - a person who was set aside
 */
export function switchSessionCookies(
  context: Context,
  chosen: SignedIn,
  used: readonly SignedIn[],
): readonly string[] {
  const [current] = used;
  return [
    renderSessionCookie(context, chosen),
    current === undefined
      ? endAsideCookie(context, chosen)
      : renderAsideCookie(context, current, chosen.cookieName),
    ...clearSessionCookies(context, used),
  ];
}

/**
 * `Set-Cookie` headers that remove the browser's session cookies of this instance, with whatever name. A cookie with an
 * earlier name may belong to another instance on the host; that one stays.
 *
 * @param found - what `findUsedSessions` found before the sessions ended
 */
export function endSessionCookies(context: Context, found: readonly SignedIn[]): readonly string[] {
  const current = cookieName(context, 'session');
  return [
    renderCookie(context, { name: current, value: '', maxAgeSeconds: 0 }),
    ...clearSessionCookies(
      context,
      found.filter((each) => !isAside(context, each.cookieName)),
    ),
  ];
}

/** The `Set-Cookie` header that removes the cookie of a person set aside. */
export function endAsideCookie(context: Context, { cookieName: name }: SignedIn): string {
  return renderCookie(context, { name, value: '', maxAgeSeconds: 0 });
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
    maxAgeSeconds: secondsLeft(context, session),
  });
}

/** `Set-Cookie` headers that remove the cookies with earlier names that belong to this instance. */
function clearSessionCookies(context: Context, found: readonly SignedIn[]): readonly string[] {
  const current = cookieName(context, 'session');
  return found
    .filter((signedIn) => signedIn.cookieName !== current)
    .map((signedIn) => renderCookie(context, { name: signedIn.cookieName, value: '', maxAgeSeconds: 0 }));
}

async function findSessions(
  context: Context,
  cookies: readonly (readonly [name: string, token: string])[],
): Promise<readonly SignedIn[]> {
  const found = await Promise.all(
    cookies.map(async ([name, token]): Promise<SignedIn[]> => {
      const session = await findSignInSession(context, token);
      return session === undefined ? [] : [{ session, token, cookieName: name }];
    }),
  );
  return found.flat();
}

function isAside(context: Context, name: string): boolean {
  return name.startsWith(`${cookieName(context, 'aside')}_`);
}

/** @param name - of the cookie. Default: a new one */
function renderAsideCookie(
  context: Context,
  { session, token }: SignedIn,
  name = `${cookieName(context, 'aside')}_${randomBytes(4).toString('hex')}`,
): string {
  return renderCookie(context, { name, value: token, maxAgeSeconds: secondsLeft(context, session) });
}

function secondsLeft(context: Context, { expiresAtMs }: SignInSession): number {
  return Math.floor((expiresAtMs - context.now()) / 1000);
}
