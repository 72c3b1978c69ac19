import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { randomBytes } from '../keys/random.ts';
import { cookieName, readCookies, renderCookie } from './cookies.ts';

/** The most form cookies that a browser keeps; the oldest are removed. */
const MAX_FORM_COOKIES = 16;
/** Longest age of a form cookie, in seconds: longer than its form is taken, so that a form that is too old is told so. */
const FORM_COOKIE_SECONDS = 7 * 86_400;
const secretForm = /^[\w-]{22}$/;

/**
 * The values of the browser's form cookies, which its sign-in forms are bound to. There is more than one when several tabs
 * asked for their first form at the same time. Each has a cookie of its own, or the last would replace the others.
 */
export function findFormSecrets(request: IncomingRequest, context: Context): readonly string[] {
  return findFormCookies(request, context).map(([, secret]) => secret);
}

/**
 * The secret for a sign-in form that is rendered now, and `Set-Cookie` headers that keep it. A secret that
 * the browser has is used again.
 */
export function keepFormSecret(
  request: IncomingRequest,
  context: Context,
): { readonly secret: string; readonly cookies: readonly string[] } {
  const known = findFormCookies(request, context);
  const [name, secret] = known.at(-1) ?? makeFormCookie(context);
  const surplus = known.slice(0, -MAX_FORM_COOKIES);
  return {
    secret,
    cookies: [
      renderCookie(context, { name, value: secret, maxAgeSeconds: FORM_COOKIE_SECONDS }),
      ...surplus.map(([surplusName]) =>
        renderCookie(context, { name: surplusName, value: '', maxAgeSeconds: 0 }),
      ),
    ],
  };
}

function findFormCookies(
  request: IncomingRequest,
  context: Context,
): readonly [name: string, secret: string][] {
  const prefix = cookieName(context, 'form');
  return [...readCookies(request)].filter(
    ([name, value]) => name.startsWith(`${prefix}_`) && secretForm.test(value),
  );
}

function makeFormCookie(context: Context): [name: string, secret: string] {
  const suffix = Buffer.from(randomBytes(4)).toString('hex');
  return [`${cookieName(context, 'form')}_${suffix}`, randomBytes(16).toString('base64url')];
}
