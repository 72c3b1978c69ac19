import { parseCookie, stringifySetCookie } from 'cookie';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';

/**
 * `session` stands for a sign-in session; `form` ties a sign-in form to the browser that asked for it, before there is a
 * session.
 */
export type CookieKind = 'session' | 'form';

/** What the names of an instance's cookies are made of. */
export interface CookieOwner {
  readonly instanceId: string;
  readonly config: Pick<Context['config'], 'baseUrl'>;
}

/** The cookies that the browser sent, by name, the one set first before the others (RFC 6265 section 5.4). */
export function readCookies(request: IncomingRequest): ReadonlyMap<string, string> {
  const cookies = Object.entries(parseCookie(request.headers['cookie'] ?? ''));
  return new Map(cookies.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * Renders a `Set-Cookie` header.
 *
 * @param maxAgeSeconds 0: the browser forgets it now
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
 * Browsers keep one set of cookies for all ports of a host, so the name says whose cookie it is: the instance, and the
 * port where the URL has one, as instances in tests share an id.
 */
export function cookieName(owner: CookieOwner, kind: CookieKind): string {
  const { port } = new URL(owner.config.baseUrl);
  return `${cookieNameOfInstance(owner, kind)}${port && `_${port}`}`;
}

/** How the name begins on every port. */
export function cookieNameOfInstance(owner: CookieOwner, kind: CookieKind): string {
  return `${cookieNameOfRelease01(owner, kind)}_${owner.instanceId}`;
}

/**
 * The name in release 0.1. `__Host-` makes a browser refuse the cookie from another host or without TLS; plain HTTP
 * cannot have it.
 */
export function cookieNameOfRelease01({ config }: CookieOwner, kind: CookieKind): string {
  return isHttps(config) ? `__Host-latchkey_${kind}` : `latchkey_${kind}`;
}

function isHttps({ baseUrl }: CookieOwner['config']): boolean {
  return baseUrl.startsWith('https:');
}
