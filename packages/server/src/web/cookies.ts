import { parseCookie, stringifySetCookie } from 'cookie';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';

/**
 * `session` holds a sign-in session's token, and `aside` that of a person who is signed in, too, while somebody else uses the
 * browser; `form` holds the secret that the sign-in form's CSRF token is made with; `device` holds a device cookie, by which a
 * browser is known after signing out, too (people/device-cookie.ts); `pending` holds a sign-in that lacks its second factor
 * (factors/pending-sign-in.ts); `theme` and `language` hold what the person has chosen.
 */
export type CookieKind = 'session' | 'aside' | 'form' | 'device' | 'pending' | 'theme' | 'language';

/** The instance that a cookie belongs to. */
export interface CookieOwner {
  readonly instanceId: string;
  readonly config: Pick<Context['config'], 'baseUrl'>;
}

/** A name by which a cookie can be set, and so removed again: a token (RFC 6265 section 4.1.1). */
const COOKIE_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Reads the `Cookie` header: values by name, in the order in which the cookies were created (RFC 6265 section 5.4). Cookies with
 * names that a server cannot set are passed over.
 */
export function readCookies(request: IncomingRequest): ReadonlyMap<string, string> {
  const cookies = Object.entries(parseCookie(request.headers['cookie'] ?? ''));
  return new Map(
    cookies.flatMap(([name, value]) =>
      value === undefined || !COOKIE_NAME.test(name) ? [] : [[name, value]],
    ),
  );
}

/**
 * Renders a `Set-Cookie` header.
 *
 * @param cookie.maxAgeSeconds - 0 removes the cookie
 */
export function renderCookie(
  { config }: CookieOwner,
  cookie: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number },
): string {
  return stringifySetCookie({
    name: cookie.name,
    value: cookie.value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(config),
    maxAge: cookie.maxAgeSeconds,
  });
}

/**
 * The name of an instance's cookie. It holds the instance id, because browsers send the cookies of a host to all its ports,
 * and the port where the base URL has one, because instances in tests share an id.
 */
export function cookieName(owner: CookieOwner, kind: CookieKind): string {
  const { port } = new URL(owner.config.baseUrl);
  return `${cookieNameOfInstance(owner, kind)}${port && `_${port}`}`;
}

/** The beginning of the cookie's name, the same on every port. */
export function cookieNameOfInstance(owner: CookieOwner, kind: CookieKind): string {
  return `${cookieNameOfRelease01(owner, kind)}_${owner.instanceId}`;
}

/**
 * The cookie's name in release 0.1. The prefix `__Host-` makes browsers refuse the cookie from another host or without TLS;
 * they refuse it over plain HTTP, so it is left out there.
 */
export function cookieNameOfRelease01({ config }: CookieOwner, kind: CookieKind): string {
  return isHttps(config) ? `__Host-latchkey_${kind}` : `latchkey_${kind}`;
}

function isHttps({ baseUrl }: CookieOwner['config']): boolean {
  return baseUrl.startsWith('https:');
}
