import type { Context } from '../context.ts';
import { ANSWER_SECONDS } from '../grants/answer.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { Fields } from './form.ts';
import { PageError } from './page-error.ts';

const PURPOSE = 'web-form';

/** Longest age of a sign-in form, in seconds: a page may stay open for a working day. */
export const SIGN_IN_FORM_SECONDS = 12 * 3600;
/** The age of a form is counted in steps of so many seconds, so that a form that is shown again soon has the same token. */
const AGE_STEP_SECONDS = 600;

/** Longest age of each form, in seconds. Forms without one end with the sign-in session that their secret belongs to. */
const MAX_AGE_SECONDS: Readonly<Record<FormBinding['form'], number>> = {
  'sign-in': SIGN_IN_FORM_SECONDS,
  link: SIGN_IN_FORM_SECONDS,
  'not-me': SIGN_IN_FORM_SECONDS,
  consent: ANSWER_SECONDS,
  device: Number.POSITIVE_INFINITY,
  people: Number.POSITIVE_INFINITY,
  'take-back': Number.POSITIVE_INFINITY,
  'sign-out': Number.POSITIVE_INFINITY,
  // The state of the sign-in that it is bound to ends sooner.
  'second-factor': Number.POSITIVE_INFINITY,
  security: Number.POSITIVE_INFINITY,
  sessions: Number.POSITIVE_INFINITY,
};

/** What a form's CSRF token is bound to. */
export interface FormBinding {
  readonly form:
    | 'sign-in'
    | 'link'
    | 'not-me'
    | 'second-factor'
    | 'sign-out'
    | 'device'
    | 'people'
    | 'take-back'
    | 'consent'
    | 'security'
    | 'sessions';
  /**
   * Secret that only this browser has: the token of its sign-in session or, before sign-in, the value of a form cookie, or of the cookie
   * of a sign-in that lacks its second factor.
   */
  readonly secret: string;
  /** The request that the form answers, so that the token is valid for no other. */
  readonly question?: string;
}

/** The outcome of checking a posted form. All but `genuine` are refused. */
export type FormVerdict =
  | 'genuine'
  /** `Sec-Fetch-Site` or `Origin` says that a page of another site sent the form. */
  | 'otherSite'
  /** The token is valid, but was made too long ago. */
  | 'tooOld'
  /** The token is missing, or was made for another browser or another request. */
  | 'unknown';

/** Makes a CSRF token, the value of the hidden field `form_token`: the time, and a MAC of the binding and the time. */
export function formToken(context: Context, binding: FormBinding): string {
  const issuedAt = Math.floor(context.now() / (AGE_STEP_SECONDS * 1000)).toString(36);
  const mac = context.keys.mac(PURPOSE, ...partsOf(binding), issuedAt).toString('base64url');
  return `${issuedAt}.${mac}`;
}

/** When a form that is rendered now stops being taken; `Infinity` where only its sign-in session ends it. */
export function formEndsAtMs(context: Context, form: FormBinding['form']): number {
  const issuedAtSeconds = Math.floor(context.now() / (AGE_STEP_SECONDS * 1000)) * AGE_STEP_SECONDS;
  return (issuedAtSeconds + MAX_AGE_SECONDS[form]) * 1000;
}

/** Checks where a posted form was sent from, and its CSRF token. */
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
  throw new PageError(403, ({ problems }) => problems.outdated);
}

export function sentByAnotherSite(): PageError {
  return new PageError(403, ({ problems }) => problems.otherSite);
}

/** Whether the browser says that a page of this origin sent the form, or says nothing. */
export function isSameOrigin(request: IncomingRequest, context: Context): boolean {
  return senderOf(request, context) !== 'otherSite';
}

/**
 * Whether the browser says that a page of this origin sent the form. The response to a refused form sets cookies only then:
 * a page of another site must not change the browser's cookies by a form that old browsers say nothing about.
 */
export function isKnownSameOrigin(request: IncomingRequest, context: Context): boolean {
  return senderOf(request, context) === 'sameOrigin';
}

/**
 * Whose page sent a form, as the browser says. `Sec-Fetch-Site` decides where the browser sends it. The `Origin` value `null`
 * says nothing, as forms of a page with `Referrer-Policy: no-referrer` have it (Fetch, "append a request Origin header").
 */
function senderOf({ headers }: IncomingRequest, context: Context): 'sameOrigin' | 'otherSite' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'sameOrigin' : 'otherSite';
  const origin = headers['origin'];
  if (origin === undefined || origin === 'null') return 'unknown';
  return origin === new URL(context.config.baseUrl).origin ? 'sameOrigin' : 'otherSite';
}

/** Whether `Sec-Fetch-Site` says that a page of another site led the browser here. Old browsers do not send it. */
export function isLedByAnotherSite({ headers }: IncomingRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

function partsOf({ form, secret, question = '' }: FormBinding): [string, string, string] {
  return [form, secret, question];
}
