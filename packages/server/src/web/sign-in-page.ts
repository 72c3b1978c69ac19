import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { signIn } from '../people/sign-in.ts';
import { checkForm, type FormVerdict, formToken, isKnownSameOrigin, isSameOrigin } from './csrf.ts';
import { findDeviceCookies, keepDeviceCookie } from './device-cookie.ts';
import { type Fields, parseForm, parseQuery } from './form.ts';
import { findFormSecrets, keepFormSecret } from './form-cookie.ts';
import type { Html } from './html.ts';
import { renderMessage, renderProblem } from './notice.ts';
import { beginSessionCookies, findSessionCookies } from './session-cookie.ts';
import { describeDuration } from './time.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

const MAX_RETURN_TO_LENGTH = 8192;
const OWN_PAGE = /^\/(?:start|device|authorize)?(?:\?[!"$-~]*)?$/;

export function showSignIn(visit: Visit): Promise<WireResponse> {
  const fields = parseQuery(visit.request);
  const userName = (fields.get('user_name') ?? '').trim();
  return renderSignIn(visit, { returnTo: parseReturnTo(fields.get('to')), userName });
}

/**
 * Signs a person in. The sign-in session is always a new one, also when the browser has one already; signing out of the new
 * one reaches what was allowed in that one.
 */
export async function submitSignIn(visit: Visit): Promise<WireResponse> {
  const { request, context } = visit;
  const fields = parseForm(request);
  const returnTo = parseReturnTo(fields.get('to'));
  const userName = (fields.get('user_name') ?? '').trim();
  const password = fields.get('password') ?? '';

  const verdict = checkSignInForm(visit, fields);
  if (verdict !== 'genuine') {
    const setsCookies = isKnownSameOrigin(request, context);
    return renderSignIn(visit, {
      returnTo,
      userName,
      problem: REFUSED_FORMS[verdict],
      status: 403,
      setsCookies,
    });
  }
  if (userName === '' || password === '') {
    const problem = 'Enter your user name and your password.';
    return renderSignIn(visit, { returnTo, userName, problem, status: 400 });
  }

  const found = await findSessionCookies(request, context);
  const earlier = found.map(({ session }) => session);
  const known = findDeviceCookies(request, context);
  const deviceCookies = known.flatMap(({ cookie }) => cookie ?? []);
  const { origin } = request;
  const result = await signIn(context, { userName, password, origin, earlier, deviceCookies });
  switch (result.kind) {
    case 'signedIn':
      return seeOther(returnTo, [
        ...beginSessionCookies(context, result, found),
        ...keepDeviceCookie(context, result.deviceCookie, known),
      ]);
    case 'refused': {
      const problem = 'The user name or the password is wrong. Check both and try again.';
      return renderSignIn(visit, { returnTo, userName, problem, status: 403 });
    }
    case 'limited': {
      const { retryAfterSeconds } = result;
      const problem = `There were too many tries. Wait ${describeDuration(retryAfterSeconds)}, then try again. A browser in which you signed in before need not wait.`;
      return renderSignIn(visit, { returnTo, userName, problem, status: 429, retryAfterSeconds });
    }
    case 'busy': {
      const { retryAfterSeconds } = result;
      const problem =
        'Too many people are signing in at this moment, so your password was not checked. Wait some seconds, then try again.';
      return renderSignIn(visit, { returnTo, userName, problem, status: 503, retryAfterSeconds });
    }
  }
}

/**
 * Reads where to go after sign-in: one of our own pages with its query, unchanged. Anything else becomes the home page, so
 * that a link to the sign-in page is no open redirect.
 */
export function parseReturnTo(target: string | undefined): string {
  return target !== undefined && target.length <= MAX_RETURN_TO_LENGTH && OWN_PAGE.test(target)
    ? target
    : '/';
}

const REFUSED_FORMS: Readonly<Record<Exclude<FormVerdict, 'genuine'>, string>> = {
  otherSite: 'Another site sent that form, so nothing was checked. If you want to sign in, do it here.',
  tooOld: 'This page was open for more than 12 hours, so nothing was checked. Please sign in again.',
  unknown:
    'This page was not made for this browser, or its cookies are gone, so nothing was checked. Please sign in again; your browser must allow cookies.',
};

/** Checks the form against each of the browser's form cookies, as the form may be in another tab than the newest one. */
function checkSignInForm({ request, context }: Visit, fields: Fields): FormVerdict {
  if (!isSameOrigin(request, context)) return 'otherSite';
  const verdicts = findFormSecrets(request, context).map((secret) =>
    checkForm(request, context, fields, { form: 'sign-in', secret }),
  );
  return verdicts.find((verdict) => verdict !== 'unknown') ?? 'unknown';
}

interface SignInForm {
  readonly returnTo: string;
  readonly userName?: string;
  readonly problem?: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** Whether the response may set form cookies. Default true. */
  readonly setsCookies?: boolean;
}

function renderSignIn(
  visit: Visit,
  { returnTo, userName = '', problem, setsCookies = true, ...page }: SignInForm,
): Promise<WireResponse> {
  const { request, context, signedIn } = visit;
  const { secret, cookies } = setsCookies
    ? keepFormSecret(request, context)
    : { secret: findFormSecrets(request, context).at(-1), cookies: [] };
  const describedBy = problem !== undefined && html` aria-describedby="problem"`;
  const invalid = problem !== undefined && page.retryAfterSeconds === undefined && html` aria-invalid="true"`;
  const focus = html` autofocus`;
  return renderPage(visit, {
    ...page,
    cookies,
    title: 'Sign in',
    main: html`<h1>Sign in</h1>
${renderMessage(context.brand)}
<p class="lead">${purposeOf(returnTo)}</p>
${signedIn && whoIsSignedIn(signedIn.session.user.displayName, returnTo)}
<form class="card" method="${secret === undefined ? 'get' : 'post'}" action="/sign-in">
${renderProblem(problem)}
${secret !== undefined && html`<input type="hidden" name="form_token" value="${formToken(context, { form: 'sign-in', secret })}">`}
<input type="hidden" name="to" value="${returnTo}">
<label for="user_name">User name</label>
<input id="user_name" name="user_name" value="${userName}" required maxlength="128" dir="auto" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"${describedBy}${invalid}${userName === '' && focus}>
${
  secret !== undefined &&
  html`<label for="password">Password</label>
<input id="password" name="password" type="password" required autocomplete="current-password"${describedBy}${invalid}${userName !== '' && focus}>`
}
<button class="primary">${secret === undefined ? 'Go to the sign-in page' : 'Sign in'}</button>
</form>`,
  });
}

function purposeOf(returnTo: string): string {
  if (returnTo.startsWith('/device')) return 'First sign in, then you will be asked about your device.';
  if (returnTo.startsWith('/authorize')) return 'First sign in, then you will be asked about the program.';
  return 'To see your AWS accounts and use your roles in them.';
}

function whoIsSignedIn(displayName: string, returnTo: string): Html {
  return html`<p>You are signed in as <strong><bdi>${displayName}</bdi></strong>.
<a href="${returnTo}">Go on as <bdi>${displayName}</bdi></a>, or sign in as someone else, which signs <bdi>${displayName}</bdi> out here:</p>`;
}
