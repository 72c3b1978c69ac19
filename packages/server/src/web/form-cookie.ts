import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { randomBytes } from '../keys/random.ts';
import { cookieName, readCookies, renderCookie } from './cookies.ts';
import { SIGN_IN_FORM_SECONDS } from './csrf.ts';

/** Beyond it, the browser is made to forget those set first. */
const MAX_FORM_COOKIES = 16;
const secretForm = /^[\w-]{22}$/;

/**
 * The secrets that sign-in forms of this browser are made with. One, as a rule: a second comes about when two tabs ask for
 * their first form at the same time. Each is a cookie of its own, or the second would replace the first.
 */
export function findFormSecrets(request: IncomingRequest, context: Context): readonly string[] {
  return findFormCookies(request, context).map(([, secret]) => secret);
}

/**
 * The secret for another sign-in form, and the `Set-Cookie` headers that make the browser remember it for as long as a form
 * is taken, counted from now.
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
      renderCookie(context, { name, value: secret, maxAgeSeconds: SIGN_IN_FORM_SECONDS }),
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
