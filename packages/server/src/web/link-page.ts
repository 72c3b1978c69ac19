import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import {
  type FoundLink,
  findLink,
  setPasswordByLink,
  signInByLink,
  signInByPasswordAndLink,
  type UsableLink,
} from '../links/use-link.ts';
import { checkBrowserForm } from './browser-form.ts';
import { formToken, isKnownSameOrigin, sentByAnotherSite } from './csrf.ts';
import { liveDeviceCookies } from './device-cookie.ts';
import { type Fields, parseForm, parseQuery } from './form.ts';
import { findFormSecrets, keepFormSecret } from './form-cookie.ts';
import type { Html } from './html.ts';
import { describePasswordFault, renderNewPassword } from './new-password.ts';
import { renderProblem } from './notice.ts';
import { keepPending } from './pending-cookie.ts';
import { findSessionCookies } from './session-cookie.ts';
import { beginCookies, sessionsOf } from './sign-in-cookies.ts';
import { renderPage, seeOther, type Visit } from './visit.ts';

/** Says what a one-time link is for, and whose it is. Looking uses nothing: programs that scan mail open links, too. */
export async function showLink(visit: Visit): Promise<WireResponse> {
  const token = parseQuery(visit.request).get('token') ?? '';
  const found = await findLink(visit.context, token);
  return found.kind === 'usable' ? renderLink(visit, found, { token }) : renderUseless(visit, found);
}

/** Uses a one-time link. */
export async function submitLink(visit: Visit): Promise<WireResponse> {
  const { request, context, language } = visit;
  const fields = parseForm(request);
  const token = fields.get('token') ?? '';
  const { verdict } = checkBrowserForm(visit, fields, { form: 'link', question: token });
  if (verdict === 'otherSite') throw sentByAnotherSite();
  const found = await findLink(context, token);
  if (found.kind !== 'usable') return renderUseless(visit, found);
  if (verdict !== 'genuine') {
    const problem = language.messages.link.outdated;
    return renderLink(visit, found, {
      ...{ token, problem, status: 403 },
      setsCookies: isKnownSameOrigin(request, context),
    });
  }
  return use[found.link.purpose](visit, found, { token, fields });
}

interface Posted {
  readonly token: string;
  readonly fields: Fields;
}

const use = { 'sign-in': signIn, password: setPassword, factor: signInToAddFactor } as const;

async function signIn(visit: Visit, found: UsableLink): Promise<WireResponse> {
  const { request, context } = visit;
  const sessions = await findSessionCookies(request, context);
  const result = await signInByLink(context, found, {
    ...{ origin: request.origin, earlier: sessionsOf(sessions) },
    deviceCookies: liveDeviceCookies(request, context),
  });
  switch (result.kind) {
    case 'signedIn':
      return seeOther('/me/security', beginCookies(visit, result, sessions));
    case 'secondFactor':
      return seeOther('/sign-in/factor?to=%2Fme%2Fsecurity', [keepPending(context, result.pending)]);
    case 'ended':
      return renderUseless(visit, result);
  }
}

async function signInToAddFactor(
  visit: Visit,
  found: UsableLink,
  { token, fields }: Posted,
): Promise<WireResponse> {
  const { request, context, language } = visit;
  const { origin } = request;
  const sessions = await findSessionCookies(request, context);
  const result = await signInByPasswordAndLink(context, found, {
    ...{ origin, earlier: sessionsOf(sessions), password: fields.get('password') ?? '' },
    deviceCookies: liveDeviceCookies(request, context),
  });
  const { link, signIn: messages } = language.messages;
  switch (result.kind) {
    case 'signedIn':
      return seeOther('/me/security', beginCookies(visit, result, sessions));
    case 'wrong':
      return renderLink(visit, found, { token, problem: link.wrongPassword, status: 403 });
    case 'limited': {
      const { retryAfterSeconds } = result;
      const problem = messages.limited(retryAfterSeconds);
      return renderLink(visit, found, { token, problem, status: 429, retryAfterSeconds });
    }
    case 'busy': {
      const { retryAfterSeconds } = result;
      return renderLink(visit, found, { token, problem: messages.busy, status: 503, retryAfterSeconds });
    }
    case 'ended':
      return renderUseless(visit, { kind: 'ended' });
  }
}

async function setPassword(
  visit: Visit,
  found: UsableLink,
  { token, fields }: Posted,
): Promise<WireResponse> {
  const { request, context, language } = visit;
  const { link, password: messages, signIn } = language.messages;
  const password = fields.get('new_password') ?? '';
  if (password !== fields.get('repeated_password')) {
    return renderLink(visit, found, { token, problem: messages.differ, status: 400 });
  }
  const result = await setPasswordByLink(context, found, { password, origin: request.origin });
  switch (result.kind) {
    case 'changed': {
      const query = new URLSearchParams({ user_name: found.user.userName });
      return renderPage(visit, {
        title: link.passwordSet,
        main: html`<h1>${link.passwordSet}</h1>
<p>${link.passwordSetText}</p>
<p><a href="/sign-in?${query}">${signIn.title}</a></p>`,
      });
    }
    case 'refused':
      return renderLink(visit, found, {
        ...{ token, problem: describePasswordFault(messages, result.fault), status: 400 },
      });
    case 'busy': {
      const { retryAfterSeconds } = result;
      return renderLink(visit, found, { token, problem: signIn.busy, status: 503, retryAfterSeconds });
    }
    case 'ended':
      return renderUseless(visit, { kind: 'ended' });
  }
}

interface Shown {
  readonly token: string;
  readonly problem?: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** Whether the response may set form cookies. Default true. */
  readonly setsCookies?: boolean;
}

async function renderLink(
  visit: Visit,
  { link: { purpose }, user }: UsableLink,
  { token, problem, setsCookies = true, ...page }: Shown,
): Promise<WireResponse> {
  const { request, context, language } = visit;
  const messages = language.messages.link;
  const { secret, cookies } = setsCookies
    ? keepFormSecret(request, context)
    : { secret: findFormSecrets(request, context).at(-1), cookies: [] };
  const { title, text, submit } = messages[purpose];
  return renderPage(visit, {
    ...page,
    cookies,
    title,
    main: html`<h1>${title}</h1>
${renderProblem(problem)}
<p>${text(html`<bdi>${user.displayName}</bdi>`)}</p>
${
  secret === undefined
    ? html`<p><a href="/link?token=${token}">${messages.openAgain}</a></p>`
    : html`<form class="card" method="post" action="/link">
<input type="hidden" name="form_token" value="${formToken(context, { form: 'link', secret, question: token })}">
<input type="hidden" name="token" value="${token}">
<input name="user_name" value="${user.userName}" autocomplete="username" readonly hidden>
${renderFields(visit, purpose)}
<button class="primary">${submit}</button>
</form>`
}
<p class="aside">${messages.notYours}</p>`,
  });
}

function renderFields(visit: Visit, purpose: UsableLink['link']['purpose']): Html | undefined {
  if (purpose === 'sign-in') return undefined;
  if (purpose === 'password') return renderNewPassword(visit);
  return html`<label for="password">${visit.language.messages.signIn.password}</label>
<input id="password" name="password" type="password" required autocomplete="current-password">`;
}

function renderUseless(visit: Visit, { kind }: Exclude<FoundLink, UsableLink>): Promise<WireResponse> {
  const messages = visit.language.messages.link;
  const { title, text } = messages[kind];
  return renderPage(visit, {
    ...{ title, status: kind === 'ended' ? 404 : 403 },
    main: html`<h1>${title}</h1>
<p>${text}</p>
<p><a href="/sign-in">${visit.language.messages.signIn.title}</a></p>`,
  });
}
