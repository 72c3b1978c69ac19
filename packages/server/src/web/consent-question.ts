import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { AnswerAuthorizationRequestResult } from '../grants/authorization-answer.ts';
import type { AuthorizationRequest } from '../grants/authorization-request.ts';
import { isForeignRedirect } from '../grants/redirect-host.ts';
import { renderAsker } from './asker.ts';
import { formEndsAtMs, formToken } from './csrf.ts';
import { renderChoices, renderDenial, renderGuardedAllowance } from './decision.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import type { SignedIn } from './session-cookie.ts';
import { renderPage, type Visit } from './visit.ts';

/** A question about a program, and what became of an earlier answer. */
export interface Question {
  readonly request: AuthorizationRequest;
  /** The query that the request came with. */
  readonly query: string;
  /** Why the person's answer was not taken, if it was not. */
  readonly refusal?: Refusal;
  /** What was typed as the host. */
  readonly typed?: string;
}

type Refusal = Extract<AnswerAuthorizationRequestResult, { readonly kind: 'unconfirmed' | 'limited' }>;

/** Renders the question whether to allow a program that the browser goes back to. */
export function renderConsentQuestion(
  visit: Visit,
  signedIn: SignedIn,
  question: Question,
): Promise<WireResponse> {
  const { request, query, refusal } = question;
  const messages = visit.language.messages.question;
  const name = html`<bdi>${signedIn.session.user.displayName}</bdi>`;
  const signInUrl = `/sign-in?to=${encodeURIComponent(`/authorize?${query}`)}`;
  return renderPage(visit, {
    title: messages.title,
    formRedirectUri: request.redirectUri,
    ...(refusal !== undefined && statusOf(refusal)),
    main: html`<h1>${messages.title}</h1>
${
  isForeignRedirect(request.redirectUri)
    ? renderForElsewhere(visit, signedIn, question)
    : renderForHere(visit, signedIn, question)
}
<p class="aside">${messages.somebodyElse(name, signInUrl)}</p>`,
  });
}

function renderForHere(visit: Visit, signedIn: SignedIn, question: Question): Html {
  return html`<form method="post" action="/consent">
${hiddenFields(visit, signedIn, question)}
${renderAsker(visit, signedIn.session.user, question.request)}
<p class="caution">${visit.language.messages.consent.caution}</p>
${renderEnd(visit, question)}
${renderChoices(visit.language)}
</form>`;
}

/**
 * The question about a program on another computer: the caution first, then “Deny”, and “Allow” only with the name of the host
 * that the access goes to.
 */
function renderForElsewhere(visit: Visit, signedIn: SignedIn, question: Question): Html {
  const { request, refusal, typed = '' } = question;
  const messages = visit.language.messages.consent;
  const hidden = hiddenFields(visit, signedIn, question);
  return html`<p class="caution">${messages.cautionElsewhere}</p>
${renderAsker(visit, signedIn.session.user, request)}
${renderEnd(visit, question)}
${renderDenial(visit.language, { action: '/consent', hidden })}
${renderGuardedAllowance(visit.language, {
  action: '/consent',
  hidden,
  problem: refusal && describeRefusal(refusal, messages),
  label: messages.typeHost,
  hint: messages.typeHostHint,
  input: html`value="${typed.slice(0, 1024)}" autocapitalize="none" inputmode="url"`,
})}`;
}

/** Renders the button “Deny” alone. */
export function renderConsentDenial(visit: Visit, signedIn: SignedIn, question: Question): Html {
  const hidden = hiddenFields(visit, signedIn, question);
  return renderDenial(visit.language, { action: '/consent', hidden, emphasis: 'secondary' });
}

function hiddenFields({ context }: Visit, { token }: SignedIn, { query }: Question): Html {
  return html`<input type="hidden" name="form_token" value="${formToken(context, { form: 'consent', secret: token, question: query })}">
<input type="hidden" name="request" value="${query}">`;
}

/** The request itself has no end, but the form and the client's registration have. */
function renderEnd({ context, language }: Visit, { request }: Question): Html {
  const endsAtMs = Math.min(formEndsAtMs(context, 'consent'), request.clientExpiresAtMs);
  return html`<p class="hint">${language.messages.consent.ends(endsAtMs, context.now())}</p>`;
}

function statusOf(refusal: Refusal): { readonly status: number; readonly retryAfterSeconds?: number } {
  if (refusal.kind === 'limited') return { status: 429, retryAfterSeconds: refusal.retryAfterSeconds };
  return { status: refusal.mistake === 'wrong' ? 403 : 400 };
}

function describeRefusal(refusal: Refusal, messages: Messages['consent']): string {
  return refusal.kind === 'limited'
    ? messages.limited(refusal.retryAfterSeconds)
    : messages.hostMistake[refusal.mistake];
}
