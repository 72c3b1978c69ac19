import type { Context } from '../context.ts';
import { ANSWER_SECONDS } from '../grants/authorization-answer.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { Fields } from './form.ts';
import { PageError } from './page-error.ts';

const PURPOSE = 'web-form';

/** Seconds for which a sign-in form is taken after it was shown, a little less at times: a page left open for a working day. */
export const SIGN_IN_FORM_SECONDS = 12 * 3600;
/** Precision of a form's age: within it, the token of one form stays the same. */
const AGE_STEP_SECONDS = 600;

/** Other forms end with the sign-in session that their secret belongs to. */
const MAX_AGE_SECONDS: Readonly<Record<FormBinding['form'], number>> = {
  'sign-in': SIGN_IN_FORM_SECONDS,
  consent: ANSWER_SECONDS,
  device: Number.POSITIVE_INFINITY,
  'sign-out': Number.POSITIVE_INFINITY,
};

/** A form, and what ties one rendering of it to one browser. */
export interface FormBinding {
  readonly form: 'sign-in' | 'sign-out' | 'device' | 'consent';
  /** What only this browser holds: its sign-in session's token or, before there is one, a form cookie. */
  readonly secret: string;
  /** What the person was shown and answers; another question needs another token. */
  readonly question?: string;
}

/** Why a posted form is not taken; `genuine` when it is. */
export type FormVerdict =
  | 'genuine'
  /** The browser says that a page of another site sent it. */
  | 'otherSite'
  /** It was shown in this browser, but too long ago. */
  | 'tooOld'
  /** Its token was not made for this browser and question, or has been left out. */
  | 'unknown';

/** The value of a form's hidden field `form_token`: when it was made, and the MAC of that and the binding. */
export function formToken(context: Context, binding: FormBinding): string {
  const issuedAt = Math.floor(context.now() / (AGE_STEP_SECONDS * 1000)).toString(36);
  const mac = context.keys.mac(PURPOSE, ...partsOf(binding), issuedAt).toString('base64url');
  return `${issuedAt}.${mac}`;
}

/** Whether a posted form was rendered by us, for this browser, with this question, recently, and sent from our own page. */
export function checkForm(
  request: IncomingRequest,
  context: Context,
  fields: Fields,
  binding: FormBinding,
): FormVerdict {
  if (!isSameOrigin(request, context)) return 'otherSite';
  const [, issuedAt = '', mac = ''] =
    /^([0-9a-z]{1,10})\.([\w-]{43})$/.exec(fields.get('form_token') ?? '') ?? [];
  if (!context.keys.verifyMac(Buffer.from(mac, 'base64url'), PURPOSE, ...partsOf(binding), issuedAt)) {
    return 'unknown';
  }
  const ageSeconds = context.now() / 1000 - Number.parseInt(issuedAt, 36) * AGE_STEP_SECONDS;
  return ageSeconds > MAX_AGE_SECONDS[binding.form] ? 'tooOld' : 'genuine';
}

/** @throws {PageError} 403 unless `checkForm` finds the form genuine */
export function requireGenuineForm(
  request: IncomingRequest,
  context: Context,
  fields: Fields,
  binding: FormBinding,
): void {
  const verdict = checkForm(request, context, fields, binding);
  if (verdict === 'genuine') return;
  if (verdict === 'otherSite') throw sentByAnotherSite();
  throw new PageError(
    403,
    'That page is out of date',
    'It was opened too long ago, or before you last signed in. Nothing was changed. Go back, reload the page, and answer again.',
  );
}

export function sentByAnotherSite(): PageError {
  return new PageError(
    403,
    'Another site sent that form',
    'Nothing was changed. If a page asked you to press something there, it tried to act in your name.',
  );
}

/**
 * Whether a form was sent by a page of our own, as far as the browser says. Believes `Sec-Fetch-Site` where the browser
 * sends it. `Origin` is `null` on forms of a page with `Referrer-Policy: no-referrer` (Fetch, "append a request Origin
 * header"), so that value says nothing.
 */
export function isSameOrigin(request: IncomingRequest, context: Context): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = request.headers['origin'];
  return origin === undefined || origin === 'null' || origin === new URL(context.config.baseUrl).origin;
}

function partsOf({ form, secret, question = '' }: FormBinding): [string, string, string] {
  return [form, secret, question];
}
