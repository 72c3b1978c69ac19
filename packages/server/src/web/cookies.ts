import { parseCookie, stringifySetCookie } from 'cookie';
import type { Config } from '../config/config.ts';
import type { IncomingRequest } from '../http/route.ts';

/**
 * `session` stands for a sign-in session; `form` ties the sign-in form to the browser that asked for it, before there
 * is a session.
 */
export type CookieKind = 'session' | 'form';

/** @returns the cookie's value; `undefined` when the browser sent none */
export function readCookie(
  config: Pick<Config, 'baseUrl'>,
  request: IncomingRequest,
  kind: CookieKind,
): string | undefined {
  return parseCookie(request.headers['cookie'] ?? '')[cookieName(config, kind)];
}

/**
 * Renders a `Set-Cookie` header.
 *
 * @param maxAgeSeconds absent: until the browser closes; 0: forget it now
 */
export function renderCookie(
  config: Pick<Config, 'baseUrl'>,
  cookie: { readonly kind: CookieKind; readonly value: string; readonly maxAgeSeconds?: number },
): string {
  return stringifySetCookie({
    name: cookieName(config, cookie.kind),
    value: cookie.value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(config),
    ...(cookie.maxAgeSeconds !== undefined && { maxAge: cookie.maxAgeSeconds }),
  });
}

/** `__Host-` makes a browser refuse the cookie from another host or without TLS; plain HTTP cannot have it. */
export function cookieName(config: Pick<Config, 'baseUrl'>, kind: CookieKind): string {
  return isHttps(config) ? `__Host-latchkey_${kind}` : `latchkey_${kind}`;
}

function isHttps(config: Pick<Config, 'baseUrl'>): boolean {
  return config.baseUrl.startsWith('https:');
}
