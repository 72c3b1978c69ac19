import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Answer, Decision } from '../grants/answer.ts';
import {
  answerDeviceRequest,
  type DeviceRequest,
  type FindDeviceRequestResult,
  findDeviceRequest,
} from '../grants/device-request.ts';
import { MAX_TYPED_LENGTH } from '../grants/user-code.ts';
import { renderAnsweredBefore } from './answered-before.ts';
import { renderAsker } from './asker.ts';
import { formToken, isLedByAnotherSite, requireGenuineForm } from './csrf.ts';
import { parseDecision, renderChoices } from './decision.ts';
import { doneUrl } from './done-token.ts';
import { parseForm, parseQuery } from './form.ts';
import type { Html } from './html.ts';
import { renderProblem } from './notice.ts';
import type { SignedIn } from './session-cookie.ts';
import { describeDuration } from './time.ts';
import { describeUserCodeMistake } from './user-code-mistake.ts';
import { renderPage, seeOther, signInFirst, type Visit } from './visit.ts';

/**
 * Renders the form for the user code or, when the URL has a user code, the question whether to allow the device. When a page
 * of another site led here, its user code is only filled in: looking for it would let that page use up the person's tries.
 */
export async function showDevice(visit: Visit): Promise<WireResponse> {
  const userCode = parseQuery(visit.request).get('user_code')?.trim();
  const { request, context, signedIn } = visit;
  if (signedIn === undefined) return signInFirst(deviceUrl(userCode));
  if (userCode === undefined || isLedByAnotherSite(request)) return renderCodeEntry(visit, { userCode });
  const result = await findDeviceRequest(context, {
    userCode,
    session: signedIn.session,
    origin: request.origin,
  });
  switch (result.kind) {
    case 'found':
      return renderQuestion(visit, signedIn, result.request);
    case 'answeredBefore':
      return renderAnswered(visit, result.answer);
    default:
      return renderMiss(visit, userCode, result);
  }
}

/** Takes the answer to the question that `showDevice` renders. */
export async function submitDevice(visit: Visit): Promise<WireResponse> {
  const { request, context, signedIn } = visit;
  const fields = parseForm(request);
  const userCode = fields.get('user_code') ?? '';
  if (signedIn === undefined) return signInFirst(deviceUrl(userCode));
  requireGenuineForm(request, context, fields, {
    form: 'device',
    secret: signedIn.token,
    question: userCode,
  });
  const decision = parseDecision(fields);
  const result = await answerDeviceRequest(context, {
    userCode,
    decision,
    session: signedIn.session,
    origin: request.origin,
  });
  if (result.kind === 'answeredBefore') return renderAnswered(visit, result.answer, decision);
  if (result.kind !== 'answered') return renderMiss(visit, userCode, result);
  return seeOther(doneUrl(context, signedIn, decision));
}

function deviceUrl(userCode: string | undefined): string {
  return userCode === undefined ? '/device' : `/device?user_code=${encodeURIComponent(userCode)}`;
}

function renderAnswered(visit: Visit, answer: Answer, pressed?: Decision): Promise<WireResponse> {
  const next =
    answer.decision === 'allow'
      ? html`<p>The code is used up, and your device needs nothing more from you. You can close this window.</p>
<p class="aside">To take it back, sign out in the browser in which you allowed it: that signs out the device, too.</p>`
      : html`<p>Nobody got in by this code. To sign in after all, start again on your device.</p>
<p><a href="/device">Enter another code</a></p>`;
  return renderAnsweredBefore(visit, { answer, next, ...(pressed !== undefined && { pressed }) });
}

type Miss = Exclude<FindDeviceRequestResult, { kind: 'found' | 'answeredBefore' }>;

function renderMiss(visit: Visit, typed: string, miss: Miss): Promise<WireResponse> {
  switch (miss.kind) {
    case 'limited': {
      const { retryAfterSeconds } = miss;
      const problem = `There were too many wrong codes. Wait ${describeDuration(retryAfterSeconds)}, then try again.`;
      return renderCodeEntry(visit, { problem, status: 429, retryAfterSeconds });
    }
    case 'unknown': {
      const problem =
        'No open request has that code. Check it against your device. If it has expired or was answered already, start again there.';
      return renderCodeEntry(visit, { problem, status: 404 });
    }
    default: {
      const userCode = typed.slice(0, MAX_TYPED_LENGTH);
      return renderCodeEntry(visit, { userCode, problem: describeUserCodeMistake(miss), status: 400 });
    }
  }
}

interface CodeEntry {
  readonly userCode?: string | undefined;
  readonly problem?: string | Html;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

function renderCodeEntry(
  visit: Visit,
  { userCode = '', problem, ...page }: CodeEntry,
): Promise<WireResponse> {
  const invalid = problem !== undefined && page.retryAfterSeconds === undefined && html` aria-invalid="true"`;
  const describedBy = problem === undefined ? 'code-hint' : 'problem code-hint';
  return renderPage(visit, {
    ...page,
    title: 'Enter the code',
    main: html`<h1>Enter the code from your device</h1>
<form class="card" method="get" action="/device">
${renderProblem(problem)}
<label for="user_code">Code</label>
<input class="code-input" id="user_code" name="user_code" value="${userCode}" required autofocus placeholder="XXXX-XXXX" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" inputmode="text" aria-describedby="${describedBy}"${invalid}>
<p class="hint" id="code-hint">The 8 letters that the program in your terminal shows. You will see who asks before anything is allowed.</p>
<button class="primary">Continue</button>
</form>`,
  });
}

/** Renders the question whether to allow the device. People get phished here: code, client and buttons must be unmistakable. */
function renderQuestion(visit: Visit, signedIn: SignedIn, request: DeviceRequest): Promise<WireResponse> {
  const { context } = visit;
  const { userCode } = request;
  const token = formToken(context, { form: 'device', secret: signedIn.token, question: userCode });
  return renderPage(visit, {
    title: 'Allow this sign-in?',
    main: html`<h1>Allow this sign-in?</h1>
<form method="post" action="/device">
<input type="hidden" name="form_token" value="${token}">
<input type="hidden" name="user_code" value="${userCode}">
${renderUserCode(userCode)}
${renderAsker(visit, signedIn.session.user, request)}
<p class="caution"><strong>Deny unless you started this yourself, just now.</strong>
If someone sent you this link or this code, they would get in as you.</p>
${renderChoices()}
</form>
<p class="aside">Not <bdi>${signedIn.session.user.displayName}</bdi>?
<a href="/sign-in?to=${encodeURIComponent(deviceUrl(userCode))}">Sign in as someone else</a></p>`,
  });
}

function renderUserCode(userCode: string): Html {
  return html`<div class="tag">
<p class="tag-question" id="code-question">Does your device show this same code?</p>
<p class="code"><span aria-hidden="true">${userCode}</span><span class="spoken">${[...userCode].join(' ')}</span></p>
</div>`;
}
