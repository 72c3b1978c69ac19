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
  const messages = visit.language.messages.question;
  const name = html`<bdi>${signedIn.session.user.displayName}</bdi>`;
  const signInUrl = `/sign-in?to=${encodeURIComponent(deviceUrl(visit.context, request.userCode))}`;
  return renderPage(visit, {
    title: messages.title,
    ...(mistake !== undefined && { status: mistake.kind === 'wrong' ? 403 : 400 }),
    main: html`<h1>${messages.title}</h1>
${
  request.network === 'different'
    ? renderFromElsewhere(visit, signedIn, question)
    : renderFromHere(visit, signedIn, request)
}
<p class="aside">${messages.somebodyElse(name, signInUrl)}</p>`,
  });
}

/** Renders the page for a person who has typed too many wrong user codes, or ends of one. Denying needs no try. */
export function renderNoTriesLeft(
  visit: Visit,
  signedIn: SignedIn,
  { userCode, retryAfterSeconds }: { readonly userCode: string; readonly retryAfterSeconds: number },
): Promise<WireResponse> {
  const messages = visit.language.messages.device;
  return renderPage(visit, {
    title: messages.noTriesLeft,
    status: 429,
    retryAfterSeconds,
    main: html`<h1>${messages.noTriesLeft}</h1>
<p>${messages.wait(retryAfterSeconds)}</p>
<p>${messages.denyNow}</p>
${renderDenial(visit.language, { action: '/device', hidden: sealedFields(visit, signedIn, userCode) })}`,
  });
}

function renderFromHere(visit: Visit, signedIn: SignedIn, request: DeviceRequest): Html {
  const { userCode } = request;
  const messages = visit.language.messages.device;
  return html`<form method="post" action="/device">
<input type="hidden" name="form_token" value="${tokenOf(visit, signedIn, userCode)}">
<input type="hidden" name="user_code" value="${userCode}">
${renderTag(messages.sameCode, { seen: userCode, spoken: spell(userCode) })}
${renderAsker(visit, signedIn.session.user, request)}
<p class="caution">${messages.caution}</p>
${renderEnd(visit, request)}
${renderChoices(visit.language)}
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
  const messages = visit.language.messages.device;
  const beginning = beginningOfUserCode(request.userCode);
  const hidden = sealedFields(visit, signedIn, request.userCode);
  return html`<p class="caution">${messages.cautionElsewhere}</p>
${renderTag(messages.sameBeginning, {
  seen: `${beginning}-····`,
  spoken: messages.spokenBeginning(spell(beginning)),
})}
${renderAsker(visit, signedIn.session.user, request)}
${renderEnd(visit, request)}
${renderDenial(visit.language, { action: '/device', hidden })}
${renderGuardedAllowance(visit.language, {
  action: '/device',
  hidden,
  problem,
  label: messages.typeEnding,
  hint: messages.typeEndingHint,
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
<p class="code"><span aria-hidden="true" dir="ltr">${code.seen}</span><span class="spoken">${code.spoken}</span></p>
</div>`;
}

function renderEnd({ context, language }: Visit, { expiresAtMs }: DeviceRequest): Html {
  return html`<p class="hint">${language.messages.device.ends(expiresAtMs, context.now())}</p>`;
}

function spell(letters: string): string {
  return [...letters].join(' ');
}
