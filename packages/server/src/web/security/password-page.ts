import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { changeOwnPassword, findOwnPassword, type OwnPassword } from '../../people/own-password.ts';
import { liveDeviceCookies } from '../device-cookie.ts';
import { parseForm } from '../form.ts';
import type { Html } from '../html.ts';
import { describePasswordFault, renderNewPassword } from '../new-password.ts';
import { renderProblem } from '../notice.ts';
import { findSessionCookies } from '../session-cookie.ts';
import { beginCookies } from '../sign-in-cookies.ts';
import { renderPage, seeOther, type Visit } from '../visit.ts';
import { type ChangeVisit, changeToken, forChange, isGenuineChange } from './change-visit.ts';

const PATH = '/me/security/password';

/** Asks for the password that the person has, and for a new one. */
export function GET(visit: Visit): Promise<WireResponse> {
  return forChange(visit, PATH, (changing) => renderForm(changing));
}

/** Changes the password, and leads back; the browser stays signed in, in a new session. */
export function POST(visit: Visit): Promise<WireResponse> {
  const fields = parseForm(visit.request);
  return forChange(visit, PATH, async (changing) => {
    const { context, request, signedIn, language } = changing;
    const messages = language.messages.password;
    if (!isGenuineChange(changing, fields, 'password')) {
      return renderForm(changing, { problem: language.messages.security.notGenuine, status: 403 });
    }
    const given = {
      current: fields.get('current_password') ?? '',
      password: fields.get('new_password') ?? '',
      deviceCookies: liveDeviceCookies(request, context),
    };
    if (given.password !== fields.get('repeated_password')) {
      return renderForm(changing, { problem: messages.differ, status: 400 });
    }
    const owner = { session: signedIn.session, origin: request.origin };
    const found = await findSessionCookies(request, context);
    const result = await changeOwnPassword(context, owner, given);
    switch (result.kind) {
      case 'changed': {
        const cookies = beginCookies(visit, result.signedIn, found);
        return seeOther('/me/security?changed=password', cookies);
      }
      case 'refused':
        return renderForm(changing, { problem: describePasswordFault(messages, result.fault), status: 400 });
      case 'wrong':
        return renderForm(changing, { problem: messages.wrong, status: 403 });
      case 'limited': {
        const { retryAfterSeconds } = result;
        const problem = language.messages.signIn.limited(retryAfterSeconds);
        return renderForm(changing, { problem, status: 429, retryAfterSeconds });
      }
      case 'busy': {
        const { retryAfterSeconds } = result;
        return renderForm(changing, {
          problem: language.messages.signIn.busy,
          status: 503,
          retryAfterSeconds,
        });
      }
      case 'notTheirs':
        return renderForm(changing, { problem: messages.notChanged, status: 409 });
    }
  });
}

async function renderForm(
  visit: ChangeVisit,
  {
    problem,
    ...page
  }: { readonly problem?: string; readonly status?: number; readonly retryAfterSeconds?: number } = {},
): Promise<WireResponse> {
  const { context, language, signedIn } = visit;
  const { password: messages, security } = language.messages;
  const own = await findOwnPassword(context, signedIn.session.user.id);
  const title = own?.isSet === false ? security.setPassword : messages.title;
  return renderPage(visit, {
    ...page,
    title,
    main: html`<h1>${title}</h1>
${renderProblem(problem)}
${own?.owner === 'person' ? renderFields(visit, own) : html`<p>${messages[own?.owner ?? 'provider']}</p>`}
<p><a href="/me/security">${security.back}</a></p>`,
  });
}

function renderFields(visit: ChangeVisit, { isSet }: OwnPassword): Html {
  const { password: messages, security } = visit.language.messages;
  const { userName } = visit.signedIn.session.user;
  return html`<p>${isSet ? messages.text : messages.first}</p>
<form class="card" method="post" action="${PATH}">
<input type="hidden" name="form_token" value="${changeToken(visit, 'password')}">
<input name="user_name" value="${userName}" autocomplete="username" readonly hidden>
${
  isSet &&
  html`<label for="current_password">${messages.current}</label>
<input id="current_password" name="current_password" type="password" required autocomplete="current-password">`
}
${renderNewPassword(visit)}
<button class="primary">${isSet ? messages.submit : security.setPassword}</button>
</form>`;
}
