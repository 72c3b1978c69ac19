import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { beginningOfUserCode } from '../grants/user-code.ts';
import { sealUserCode } from './device-reference.ts';
import type { Html } from './html.ts';
import { renderProblem } from './notice.ts';
import { renderPage, type Visit } from './visit.ts';

interface CodeEntry {
  /** What the field has in it at first. */
  readonly typed?: string | undefined;
  readonly problem?: string | Html;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

/** Renders the form in which a person types a user code. */
export function renderCodeEntry(
  visit: Visit,
  { typed = '', problem, ...page }: CodeEntry = {},
): Promise<WireResponse> {
  const messages = visit.language.messages.codeEntry;
  const invalid = problem !== undefined && page.retryAfterSeconds === undefined && html` aria-invalid="true"`;
  const describedBy = problem === undefined ? 'code-hint' : 'problem code-hint';
  return renderPage(visit, {
    ...page,
    title: messages.title,
    main: html`<h1>${messages.heading}</h1>
<form class="card" method="get" action="/device">
${renderProblem(problem)}
<label for="user_code">${messages.code}</label>
<input class="code-input" id="user_code" name="user_code" value="${typed}" required autofocus placeholder="XXXX-XXXX" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" inputmode="text" aria-describedby="${describedBy}"${invalid}>
<p class="hint" id="code-hint">${messages.hint}</p>
<button class="primary">${messages.submit}</button>
</form>`,
  });
}

/**
 * Renders the form that goes on with the user code of a link. Only the beginning of the code is shown: whether the end must be
 * hidden is not known before the request is looked for.
 *
 * @param userCode - `XXXX-XXXX`
 */
export function renderCodeOfLink(visit: Visit, userCode: string): Promise<WireResponse> {
  const messages = visit.language.messages.codeEntry;
  return renderPage(visit, {
    title: messages.linkTitle,
    main: html`<h1>${messages.linkTitle}</h1>
<form class="card" method="get" action="/device">
<input type="hidden" name="request" value="${sealUserCode(visit.context, userCode)}">
<p>${messages.link(beginningOfUserCode(userCode))}</p>
<button class="primary">${messages.submit}</button>
</form>
<p class="aside"><a href="/device">${messages.another}</a></p>`,
  });
}
