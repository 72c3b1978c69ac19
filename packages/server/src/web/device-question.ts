import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { DeviceRequest, EndingMistake } from '../grants/device-request.ts';
import { beginningOfUserCode, MAX_TYPED_LENGTH } from '../grants/user-code.ts';
import { renderAsker } from './asker.ts';
import { formToken } from './csrf.ts';
import { type Emphasis, renderDenial, renderGuardedAllowance } from './decision.ts';
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
    : renderFromHere(visit, signedIn, question)
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

/**
 * The question about a device in the browser’s network, or in one that is not known: “Allow” is the filled button. Like every
 * question about a device it has the end of the user code nowhere, so that it must be read from the device (RFC 8628
 * section 5.4).
 */
function renderFromHere(visit: Visit, signedIn: SignedIn, question: Question): Html {
  const { request } = question;
  const hidden = sealedFields(visit, signedIn, request.userCode);
  return html`${renderTag(visit, request)}
${renderAsker(visit, signedIn.session.user, request)}
<p class="caution">${visit.language.messages.device.caution}</p>
${renderEnd(visit, request)}
${renderAllowance(visit, hidden, question, 'primary')}
${renderDenial(visit.language, { action: '/device', hidden, emphasis: 'secondary' })}`;
}

/** The question about a device in another network than the browser: the caution first, then “Deny”, which is the filled button. */
function renderFromElsewhere(visit: Visit, signedIn: SignedIn, question: Question): Html {
  const { request } = question;
  const hidden = sealedFields(visit, signedIn, request.userCode);
  return html`<p class="caution">${visit.language.messages.device.cautionElsewhere}</p>
${renderTag(visit, request)}
${renderAsker(visit, signedIn.session.user, request)}
${renderEnd(visit, request)}
${renderDenial(visit.language, { action: '/device', hidden })}
${renderAllowance(visit, hidden, question, 'secondary')}`;
}

function renderAllowance(
  { language }: Visit,
  hidden: Html,
  { problem, typed = '' }: Question,
  emphasis: Emphasis,
): Html {
  const messages = language.messages.device;
  return renderGuardedAllowance(language, {
    action: '/device',
    hidden,
    problem,
    emphasis,
    label: messages.typeEnding,
    hint: messages.typeEndingHint,
    input: html`class="code-input" value="${typed.slice(0, MAX_TYPED_LENGTH)}" autocapitalize="characters" inputmode="text"`,
  });
}

/** Hidden fields that say which request is answered without the letters of its user code. */
export function sealedFields(visit: Visit, signedIn: SignedIn, userCode: string): Html {
  const { context } = visit;
  const token = formToken(context, { form: 'device', secret: signedIn.token, question: userCode });
  return html`<input type="hidden" name="form_token" value="${token}">
<input type="hidden" name="request" value="${sealUserCode(context, userCode)}">`;
}

/** Shows the beginning of the user code. */
function renderTag({ language }: Visit, { userCode }: DeviceRequest): Html {
  const messages = language.messages.device;
  const beginning = beginningOfUserCode(userCode);
  return html`<div class="tag">
<p class="tag-question">${messages.sameBeginning}</p>
<p class="code"><span aria-hidden="true" dir="ltr">${beginning}-····</span><span class="spoken">${messages.spokenBeginning([...beginning].join(' '))}</span></p>
</div>`;
}

function renderEnd({ context, language }: Visit, { expiresAtMs }: DeviceRequest): Html {
  return html`<p class="hint">${language.messages.device.ends(expiresAtMs, context.now())}</p>`;
}
