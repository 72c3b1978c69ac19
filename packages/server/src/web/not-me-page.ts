import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { endSession } from '../people/end-session.ts';
import { checkBrowserForm } from './browser-form.ts';
import { formToken, sentByAnotherSite } from './csrf.ts';
import { renderOutcome } from './done-page.ts';
import { parseForm, parseQuery } from './form.ts';
import { keepFormSecret } from './form-cookie.ts';
import { PageError } from './page-error.ts';
import { parseTakeBackToken } from './take-back-link.ts';
import { renderPage, type Visit } from './visit.ts';

/** Asks whether to end the device that a mail told of. Opening the page ends nothing: programs that scan mail open it, too. */
export function showNotMe(visit: Visit): Promise<WireResponse> {
  return renderQuestion(visit, parseQuery(visit.request).get('token') ?? '');
}

/** Ends the device's access: its tokens, and the role credentials that came of them. */
export async function submitNotMe(visit: Visit): Promise<WireResponse> {
  const { request, context, language } = visit;
  const fields = parseForm(request);
  const token = fields.get('token') ?? '';
  const { verdict } = checkBrowserForm(visit, fields, { form: 'not-me', question: token });
  if (verdict === 'otherSite') throw sentByAnotherSite();
  if (verdict !== 'genuine') return renderQuestion(visit, token);
  const { userId, authorizationId: id } = requireToken(visit, token);
  await endSession(context, { kind: 'program', id, userId }, { actor: userId, origin: request.origin });
  const messages = language.messages.takeBack;
  return renderPage(visit, {
    title: messages.ended,
    main: renderOutcome(
      'deny',
      html`<h1>${messages.ended}</h1>
<p>${messages.nothingWorks}</p>
<p>${messages.report}</p>`,
    ),
  });
}

function requireToken({ context }: Visit, token: string) {
  const link = parseTakeBackToken(context.keys, token, context.now());
  if (link === undefined) throw new PageError(404, ({ problems }) => problems.nothingToEnd);
  return link;
}

function renderQuestion(visit: Visit, token: string): Promise<WireResponse> {
  const { request, context, language } = visit;
  requireToken(visit, token);
  const messages = language.messages.takeBack;
  const { secret, cookies } = keepFormSecret(request, context);
  return renderPage(visit, {
    cookies,
    title: messages.submit,
    main: html`<h1>${messages.submit}</h1>
<form class="card" method="post" action="/not-me">
<input type="hidden" name="form_token" value="${formToken(context, { form: 'not-me', secret, question: token })}">
<input type="hidden" name="token" value="${token}">
<p>${messages.question}</p>
<div class="choices"><button class="secondary">${messages.submit}</button></div>
</form>`,
  });
}
