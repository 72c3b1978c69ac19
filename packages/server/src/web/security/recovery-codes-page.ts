import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { renewRecoveryCodes } from '../../factors/own-factors.ts';
import { parseForm } from '../form.ts';
import { renderProblem } from '../notice.ts';
import { renderPage, seeOther, type Visit } from '../visit.ts';
import { type ChangeVisit, changeToken, forChange, isGenuineChange } from './change-visit.ts';

const PATH = '/me/security/recovery-codes';

/** Asks whether to make recovery codes, as those before stop working. */
export function GET(visit: Visit): Promise<WireResponse> {
  return forChange(visit, PATH, async (changing) =>
    changing.factors.length === 0 ? seeOther('/me/security') : renderQuestion(changing),
  );
}

/** Makes recovery codes, and shows them this once. */
export function POST(visit: Visit): Promise<WireResponse> {
  const fields = parseForm(visit.request);
  return forChange(visit, PATH, async (changing) => {
    const { context, request, signedIn, language } = changing;
    const messages = language.messages.security;
    if (!isGenuineChange(changing, fields, 'recovery-codes')) {
      return renderQuestion(changing, messages.notGenuine);
    }
    const owner = { session: signedIn.session, origin: request.origin };
    const codes = await renewRecoveryCodes(context, owner);
    if (codes === undefined) return seeOther('/me/security');
    return renderPage(visit, {
      title: messages.codesTitle,
      main: html`<h1>${messages.codesTitle}</h1>
<p class="caution">${messages.codesShown}</p>
<ol class="card recovery-codes">
${codes.map((code) => html`<li><code>${code}</code></li>`)}
</ol>
<p><a href="/me/security">${messages.codesKept}</a></p>`,
    });
  });
}

function renderQuestion(visit: ChangeVisit, problem?: string): Promise<WireResponse> {
  const messages = visit.language.messages.security;
  return renderPage(visit, {
    title: messages.recoveryCodes,
    ...(problem !== undefined && { status: 403 }),
    main: html`<h1>${messages.recoveryCodes}</h1>
${renderProblem(problem)}
<p>${messages.recoveryText}</p>
<p>${messages.codesAsk}</p>
<form method="post" action="${PATH}">
<input type="hidden" name="form_token" value="${changeToken(visit, 'recovery-codes')}">
<div class="choices"><button class="primary">${messages.makeCodes}</button></div>
</form>
<p><a href="/me/security">${messages.back}</a></p>`,
  });
}
