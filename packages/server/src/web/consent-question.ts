import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { AnswerAuthorizationRequestResult, HostMistake } from '../grants/authorization-answer.ts';
import type { AuthorizationRequest } from '../grants/authorization-request.ts';
import { isForeignRedirect } from '../grants/redirect-host.ts';
import { renderAsker } from './asker.ts';
import { formEndsAtMs, formToken } from './csrf.ts';
import { renderChoices, renderDenial, renderGuardedAllowance } from './decision.ts';
import type { Html } from './html.ts';
import type { SignedIn } from './session-cookie.ts';
import { describeDuration, describeTime, describeTimeLeft } from './time.ts';
import { renderPage, type Visit } from './visit.ts';

interface Question {
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
  const { displayName } = signedIn.session.user;
  return renderPage(visit, {
    title: 'Allow this sign-in?',
    formRedirectUri: request.redirectUri,
    ...(refusal !== undefined && statusOf(refusal)),
    main: html`<h1>Allow this sign-in?</h1>
${
  isForeignRedirect(request.redirectUri)
    ? renderForElsewhere(visit, signedIn, question)
    : renderForHere(visit, signedIn, question)
}
<p class="aside">Not <bdi>${displayName}</bdi>?
<a href="/sign-in?to=${encodeURIComponent(`/authorize?${query}`)}">Sign in as someone else</a></p>`,
  });
}

function renderForHere(visit: Visit, signedIn: SignedIn, question: Question): Html {
  return html`<form method="post" action="/consent">
${hiddenFields(visit, signedIn, question)}
${renderAsker(visit, signedIn.session.user, question.request)}
<p class="caution"><strong>Deny unless you started this yourself, just now.</strong>
If someone sent you this link, they might get in as you.</p>
${renderEnd(visit, question)}
${renderChoices()}
</form>`;
}

/**
 * The question about a program on another computer: the caution first, then “Deny”, and “Allow” only with the name of the host
 * that the access goes to.
 */
function renderForElsewhere(visit: Visit, signedIn: SignedIn, question: Question): Html {
  const { request, refusal, typed = '' } = question;
  const hidden = hiddenFields(visit, signedIn, question);
  return html`<p class="caution"><strong>Your access goes to another computer.</strong>
If someone sent you this link, they would get in as you. Deny unless you started this yourself, just now, and know whose
computer that is.</p>
${renderAsker(visit, signedIn.session.user, request)}
${renderEnd(visit, question)}
${renderDenial({ action: '/consent', hidden })}
${renderGuardedAllowance({
  action: '/consent',
  hidden,
  problem: refusal && describeRefusal(refusal),
  label: html`To allow it, type the host name beside “Goes to”`,
  hint: html`Be sure that you know this host: it gets your access.`,
  input: html`value="${typed.slice(0, 1024)}" autocapitalize="none" inputmode="url"`,
})}`;
}

function hiddenFields({ context }: Visit, { token }: SignedIn, { query }: Question): Html {
  return html`<input type="hidden" name="form_token" value="${formToken(context, { form: 'consent', secret: token, question: query })}">
<input type="hidden" name="request" value="${query}">`;
}

/** The request itself has no end, but the form and the client's registration have. */
function renderEnd({ context }: Visit, { request }: Question): Html {
  const endsAtMs = Math.min(formEndsAtMs(context, 'consent'), request.clientExpiresAtMs);
  const timeLeft = describeTimeLeft(endsAtMs, context.now());
  return html`<p class="hint">You can answer this request for ${timeLeft}, until
<time datetime="${new Date(endsAtMs).toISOString()}">${describeTime(endsAtMs)}</time>.</p>`;
}

function statusOf(refusal: Refusal): { readonly status: number; readonly retryAfterSeconds?: number } {
  if (refusal.kind === 'limited') return { status: 429, retryAfterSeconds: refusal.retryAfterSeconds };
  return { status: refusal.mistake === 'wrong' ? 403 : 400 };
}

const MISTAKES: Readonly<Record<HostMistake, string>> = {
  missing: 'Nothing was allowed. To allow it, type the host name that stands beside “Goes to”.',
  noHost:
    'That is no host name, which has only letters, digits, dots and dashes. Type the one beside “Goes to”.',
  wrong:
    'That is another host than the one beside “Goes to”. Compare them letter by letter. If it is not the one that you know, deny.',
};

function describeRefusal(refusal: Refusal): string {
  return refusal.kind === 'limited'
    ? `There were too many wrong hosts. Wait ${describeDuration(refusal.retryAfterSeconds)}, then try again. You can deny now.`
    : MISTAKES[refusal.mistake];
}
