import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { DeviceRequest, EndingMistake } from '../grants/device-request.ts';
import { beginningOfUserCode, MAX_TYPED_LENGTH } from '../grants/user-code.ts';
import { renderAsker } from './asker.ts';
import { formToken } from './csrf.ts';
import { renderChoices, renderDenial, renderGuardedAllowance } from './decision.ts';
import { deviceUrl, sealUserCode } from './device-reference.ts';
import type { Html } from './html.ts';
import type { SignedIn } from './session-cookie.ts';
import { describeDuration, renderDeadline } from './time.ts';
import { renderPage, type Visit } from './visit.ts';

interface Question {
  readonly request: DeviceRequest;
  /** What was wrong with the end of the user code that was typed, if anything. */
  readonly mistake?: EndingMistake;
  readonly problem?: Html;
  readonly typed?: string;
}

/** Renders the question whether to allow the device. People get phished here: code, client and buttons must be unmistakable. */
export function renderDeviceQuestion(
  visit: Visit,
  signedIn: SignedIn,
  question: Question,
): Promise<WireResponse> {
  const { request, mistake } = question;
  const { displayName } = signedIn.session.user;
  const signInUrl = `/sign-in?to=${encodeURIComponent(deviceUrl(visit.context, request.userCode))}`;
  return renderPage(visit, {
    title: 'Allow this sign-in?',
    ...(mistake !== undefined && { status: mistake.kind === 'wrong' ? 403 : 400 }),
    main: html`<h1>Allow this sign-in?</h1>
${
  request.network === 'different'
    ? renderFromElsewhere(visit, signedIn, question)
    : renderFromHere(visit, signedIn, request)
}
<p class="aside">Not <bdi>${displayName}</bdi>?
<a href="${signInUrl}">Sign in as someone else</a></p>`,
  });
}

/** Renders the page for a person who has typed too many wrong user codes, or ends of one. Denying needs no try. */
export function renderNoTriesLeft(
  visit: Visit,
  signedIn: SignedIn,
  { userCode, retryAfterSeconds }: { readonly userCode: string; readonly retryAfterSeconds: number },
): Promise<WireResponse> {
  const title = 'Too many wrong codes';
  return renderPage(visit, {
    title,
    status: 429,
    retryAfterSeconds,
    main: html`<h1>${title}</h1>
<p>Nothing was allowed. Wait ${describeDuration(retryAfterSeconds)}, then try again; if the request has ended by then, start
again on your device.</p>
<p>If you did not start this yourself, deny it now.</p>
${renderDenial({ action: '/device', hidden: sealedFields(visit, signedIn, userCode) })}`,
  });
}

function renderFromHere(visit: Visit, signedIn: SignedIn, request: DeviceRequest): Html {
  const { userCode } = request;
  return html`<form method="post" action="/device">
<input type="hidden" name="form_token" value="${tokenOf(visit, signedIn, userCode)}">
<input type="hidden" name="user_code" value="${userCode}">
${renderTag('Does your device show this same code?', { seen: userCode, spoken: spell(userCode) })}
${renderAsker(visit, signedIn.session.user, request)}
<p class="caution"><strong>Deny unless you started this yourself, just now.</strong>
If someone sent you this link or this code, they would get in as you.</p>
${renderEnd(visit, request)}
${renderChoices()}
</form>`;
}

/**
 * The question about a device in another network than the browser: the caution first, then “Deny”, and “Allow” only with the
 * end of the user code. It is nowhere in the page, so that it must be read from the device.
 */
function renderFromElsewhere(
  visit: Visit,
  signedIn: SignedIn,
  { request, problem, typed = '' }: Question,
): Html {
  const beginning = beginningOfUserCode(request.userCode);
  const hidden = sealedFields(visit, signedIn, request.userCode);
  return html`<p class="caution"><strong>This was started in another network than yours.</strong>
If someone sent you this link or a code, they would get in as you. Deny unless you started this yourself, just now, on
another machine.</p>
${renderTag('Does your device show a code that begins like this?', {
  seen: `${beginning}-····`,
  spoken: `${spell(beginning)}, then four letters that are hidden here`,
})}
${renderAsker(visit, signedIn.session.user, request)}
${renderEnd(visit, request)}
${renderDenial({ action: '/device', hidden })}
${renderGuardedAllowance({
  action: '/device',
  hidden,
  problem,
  label: html`To allow it, type the last 4 letters that your device shows`,
  hint: html`They are not shown here: read them from the device on which you started this.`,
  input: html`class="code-input" value="${typed.slice(0, MAX_TYPED_LENGTH)}" autocapitalize="characters" inputmode="text"`,
})}`;
}

/** Hidden fields that say which request is answered without the letters of its user code. */
function sealedFields(visit: Visit, signedIn: SignedIn, userCode: string): Html {
  return html`<input type="hidden" name="form_token" value="${tokenOf(visit, signedIn, userCode)}">
<input type="hidden" name="request" value="${sealUserCode(visit.context, userCode)}">`;
}

function tokenOf({ context }: Visit, { token }: SignedIn, userCode: string): string {
  return formToken(context, { form: 'device', secret: token, question: userCode });
}

function renderTag(question: string, code: { readonly seen: string; readonly spoken: string }): Html {
  return html`<div class="tag">
<p class="tag-question">${question}</p>
<p class="code"><span aria-hidden="true">${code.seen}</span><span class="spoken">${code.spoken}</span></p>
</div>`;
}

function renderEnd({ context }: Visit, { expiresAtMs }: DeviceRequest): Html {
  return html`<p class="hint">This request ends ${renderDeadline(expiresAtMs, context.now())}.</p>`;
}

function spell(letters: string): string {
  return [...letters].join(' ');
}
