import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { Fields } from './form.ts';
import { PageError } from './page-error.ts';

const PURPOSE = 'web-form';

/** A form, and what ties one rendering of it to one browser. */
export interface FormBinding {
  readonly form: 'sign-in' | 'sign-out' | 'device' | 'consent';
  /** What only this browser holds: its sign-in session's token or, before there is one, its form cookie. */
  readonly secret: string;
  /** What the person was shown and answers; another question needs another token. */
  readonly question?: string;
}

/** The value of a form's hidden field `form_token`. */
export function formToken(context: Context, { form, secret, question = '' }: FormBinding): string {
  return context.keys.mac(PURPOSE, form, secret, question).toString('base64url');
}

/** Whether a posted form was rendered by us, for this browser, with this question, and sent from our own page. */
export function isGenuineForm(
  request: IncomingRequest,
  context: Context,
  fields: Fields,
  { form, secret, question = '' }: FormBinding,
): boolean {
  const token = Buffer.from(fields.get('form_token') ?? '', 'base64url');
  return isSameOrigin(request, context) && context.keys.verifyMac(token, PURPOSE, form, secret, question);
}

/** @throws {PageError} 403 unless `isGenuineForm` */
export function requireGenuineForm(
  request: IncomingRequest,
  context: Context,
  fields: Fields,
  binding: FormBinding,
): void {
  if (isGenuineForm(request, context, fields, binding)) return;
  throw new PageError(
    403,
    'That page is out of date',
    'It was opened before you last signed in, or came from somewhere else. Nothing was changed. Go back, reload the page, and answer again.',
  );
}

/**
 * Believes `Sec-Fetch-Site` where the browser sends it. `Origin` is `null` on forms of a page with
 * `Referrer-Policy: no-referrer` (Fetch, "append a request Origin header"), so that value says nothing.
 */
function isSameOrigin(request: IncomingRequest, context: Context): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = request.headers['origin'];
  return origin === undefined || origin === 'null' || origin === new URL(context.config.baseUrl).origin;
}
