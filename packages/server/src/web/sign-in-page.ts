import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { signInByPasskey } from '../people/second-factor.ts';
import { signIn } from '../people/sign-in.ts';
import { checkBrowserForm } from './browser-form.ts';
import { type FormVerdict, formToken, isKnownSameOrigin, SIGN_IN_FORM_SECONDS } from './csrf.ts';
import { liveDeviceCookies } from './device-cookie.ts';
import { parseForm, parseQuery } from './form.ts';
import { findFormSecrets, keepFormSecret } from './form-cookie.ts';
import { renderHandOver } from './hand-over.ts';
import type { Messages } from './messages/english.ts';
import { renderMessage, renderProblem } from './notice.ts';
import { offersPasskeys, renderSignInPasskey } from './passkey-form.ts';
import { keepPending } from './pending-cookie.ts';
import { renderPeopleAside } from './people-aside.ts';
import { parseReturnTo, purposeOf } from './return-to.ts';
import { findSessionCookies } from './session-cookie.ts';
import { beginCookies, sessionsOf } from './sign-in-cookies.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

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
  const messages = visit.language.messages.signIn;
  const fields = parseForm(request);
  const returnTo = parseReturnTo(fields.get('to'));
  const userName = (fields.get('user_name') ?? '').trim();
  const password = fields.get('password') ?? '';

  const { verdict, secret } = checkBrowserForm(visit, fields, { form: 'sign-in' });
  if (verdict !== 'genuine') {
    const setsCookies = isKnownSameOrigin(request, context);
    return renderSignIn(visit, {
      returnTo,
      userName,
      problem: describeRefusal(verdict, messages),
      status: 403,
      setsCookies,
    });
  }
  const passkey = fields.get('passkey') ?? '';
  if (passkey !== '') return submitPasskey(visit, { returnTo, formSecret: secret, json: passkey });
  if (userName === '' || password === '') {
    return renderSignIn(visit, { returnTo, userName, problem: messages.missing, status: 400 });
  }

  const found = await findSessionCookies(request, context);
  const earlier = sessionsOf(found);
  const deviceCookies = liveDeviceCookies(request, context);
  const { origin } = request;
  const result = await signIn(context, { userName, password, origin, earlier, deviceCookies });
  switch (result.kind) {
    case 'signedIn':
      return seeOther(returnTo, beginCookies(visit, result, found));
    case 'secondFactor':
      return seeOther(`/sign-in/factor?to=${encodeURIComponent(returnTo)}`, [
        keepPending(context, result.pending),
      ]);
    case 'refused':
      return renderSignIn(visit, { returnTo, userName, problem: messages.wrong, status: 403 });
    case 'limited': {
      const { retryAfterSeconds } = result;
      const problem = messages.limited(retryAfterSeconds);
      return renderSignIn(visit, { returnTo, userName, problem, status: 429, retryAfterSeconds });
    }
    case 'busy': {
      const { retryAfterSeconds } = result;
      return renderSignIn(visit, {
        ...{ returnTo, userName, problem: messages.busy, status: 503, retryAfterSeconds },
      });
    }
  }
}

/** Signs in whoever a passkey belongs to. */
async function submitPasskey(
  visit: Visit,
  { returnTo, ...shown }: { readonly returnTo: string; readonly formSecret: string; readonly json: string },
): Promise<WireResponse> {
  const { request, context } = visit;
  const messages = visit.language.messages.signIn;
  const found = await findSessionCookies(request, context);
  const earlier = sessionsOf(found);
  const result = await signInByPasskey(context, {
    ...{ ...shown, origin: request.origin, earlier },
    deviceCookies: liveDeviceCookies(request, context),
  });
  switch (result.kind) {
    case 'signedIn':
      return seeOther(returnTo, beginCookies(visit, result, found));
    case 'refused':
      return renderSignIn(visit, { returnTo, problem: messages.wrongPasskey, status: 403 });
    case 'limited': {
      const { retryAfterSeconds } = result;
      const problem = messages.limited(retryAfterSeconds);
      return renderSignIn(visit, { returnTo, problem, status: 429, retryAfterSeconds });
    }
  }
}

function describeRefusal(verdict: Exclude<FormVerdict, 'genuine'>, messages: Messages['signIn']): string {
  return verdict === 'tooOld' ? messages.tooOld(SIGN_IN_FORM_SECONDS) : messages[verdict];
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

async function renderSignIn(
  visit: Visit,
  { returnTo, userName = '', problem, setsCookies = true, ...page }: SignInForm,
): Promise<WireResponse> {
  const { request, context, language, signedIn } = visit;
  const messages = language.messages.signIn;
  const { secret, cookies } = setsCookies
    ? keepFormSecret(request, context)
    : { secret: findFormSecrets(request, context).at(-1), cookies: [] };
  const describedBy = problem !== undefined && html` aria-describedby="problem"`;
  const invalid = problem !== undefined && page.retryAfterSeconds === undefined && html` aria-invalid="true"`;
  const focus = html` autofocus`;
  const purpose = purposeOf(returnTo);
  // Going on without signing in again would lead back to where it was asked for.
  const isAgain =
    ['security', 'sessions', 'role'].includes(purpose) || signedIn?.session.user.userName === userName;
  const usesPasskeys = secret !== undefined && offersPasskeys(context);
  return renderPage(visit, {
    ...page,
    cookies,
    usesPasskeys,
    title: messages.title,
    main: html`<h1>${messages.title}</h1>
${renderMessage(context.brand, language)}
<p class="lead">${messages.purpose[purpose]}</p>
${signedIn && !isAgain && html`<p>${messages.signedInAs(html`<bdi>${signedIn.session.user.displayName}</bdi>`, returnTo)}</p>`}
${await renderPeopleAside(visit, returnTo)}
<form class="card" method="${secret === undefined ? 'get' : 'post'}" action="/sign-in">
${renderProblem(problem)}
${secret !== undefined && html`<input type="hidden" name="form_token" value="${formToken(context, { form: 'sign-in', secret })}">`}
<input type="hidden" name="to" value="${returnTo}">
<label for="user_name">${messages.userName}</label>
<input id="user_name" name="user_name" value="${userName}" required maxlength="128" dir="auto" autocomplete="${usesPasskeys ? 'username webauthn' : 'username'}" autocapitalize="none" autocorrect="off" spellcheck="false"${describedBy}${invalid}${userName === '' && focus}>
${
  secret !== undefined &&
  html`<label for="password">${messages.password}</label>
<input id="password" name="password" type="password" required autocomplete="current-password"${describedBy}${invalid}${userName !== '' && focus}>`
}
<button class="primary">${secret === undefined ? messages.goToSignIn : messages.submit}</button>
</form>
${usesPasskeys && renderSignInPasskey(visit, { secret, returnTo })}
${await renderHandOver(visit, returnTo)}`,
  });
}
