import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Answer, Decision } from '../grants/answer.ts';
import { judgeDevice } from '../grants/device-policy.ts';
import {
  answerDeviceRequest,
  type DeviceRequest,
  type FindDeviceRequestResult,
  findDeviceRequest,
} from '../grants/device-request.ts';
import { MAX_TYPED_LENGTH, parseUserCode } from '../grants/user-code.ts';
import { renderAnsweredBefore } from './answered-before.ts';
import { renderCodeEntry, renderCodeOfLink } from './code-entry.ts';
import { isLedByAnotherSite, requireGenuineForm } from './csrf.ts';
import { parseDecision } from './decision.ts';
import { renderDeviceQuestion, renderNoTriesLeft } from './device-question.ts';
import { deviceUrl, unsealUserCode } from './device-reference.ts';
import { renderRefused, renderSignInAgain, renderTurnedOff } from './device-refusal.ts';
import { doneUrl } from './done-token.ts';
import { type Fields, parseForm, parseQuery } from './form.ts';
import type { SignedIn } from './session-cookie.ts';
import { describeEndingMistake, describeUserCodeMistake } from './user-code-mistake.ts';
import { seeOther, signInFirst, type Visit } from './visit.ts';

/**
 * Renders the form for the user code or, when the URL has a user code, the question whether to allow the device. When a page
 * of another site led here, its user code is not looked for: that would let that page use up the person's tries.
 *
 * The question hides the end of the user code, so its URL must not have the code either: the browser is sent on to one that
 * has it sealed.
 */
export async function showDevice(visit: Visit): Promise<WireResponse> {
  const { request, context, signedIn } = visit;
  if (!context.config.grants.deviceCode) return renderTurnedOff(visit);
  const fields = parseQuery(request);
  const { userCode, isSealed } = userCodeOf(visit, fields);
  if (signedIn === undefined) return signInFirst(deviceUrl(context, userCode));
  if (userCode === undefined) return renderWithoutCode(visit, isSealed);
  if (isLedByAnotherSite(request)) return renderLinked(visit, userCode);
  const { session } = signedIn;
  const result = await findDeviceRequest(context, { userCode, session, origin: request.origin });
  switch (result.kind) {
    case 'found':
      return isSealed ? renderFound(visit, signedIn, result.request) : seeOther(deviceUrl(context, userCode));
    case 'answeredBefore':
      return renderAnswered(visit, result.answer);
    default:
      return renderMiss(visit, userCode, result);
  }
}

/** Takes the answer to the question that `showDevice` renders. */
export async function submitDevice(visit: Visit): Promise<WireResponse> {
  const { request, context, signedIn } = visit;
  if (!context.config.grants.deviceCode) return renderTurnedOff(visit);
  const fields = parseForm(request);
  const { userCode = '' } = userCodeOf(visit, fields);
  if (signedIn === undefined) return signInFirst(deviceUrl(context, userCode));
  const { session, token } = signedIn;
  requireGenuineForm(request, context, fields, { form: 'device', secret: token, question: userCode });
  const decision = parseDecision(fields);
  const typed = fields.get('confirmation') ?? '';
  const { origin } = request;
  const answer = { userCode, decision, ending: typed, session, origin };
  const result = await answerDeviceRequest(context, answer);
  switch (result.kind) {
    case 'answered':
      return seeOther(doneUrl(context, signedIn, { outcome: decision, authorizationId: result.request.id }));
    case 'signedOut':
      return signInFirst(deviceUrl(context, userCode));
    case 'answeredBefore':
      return renderAnswered(visit, result.answer, decision);
    case 'unconfirmed': {
      const problem = describeEndingMistake(result.mistake, visit.language);
      return renderDeviceQuestion(visit, signedIn, { ...result, problem, typed });
    }
    case 'refused':
      return renderRefused(visit, signedIn, result);
    case 'signInAgain':
      return renderSignInAgain(visit, signedIn, result);
    case 'limited':
      return renderNoTriesLeft(visit, signedIn, { ...result, userCode });
    default:
      return renderMiss(visit, userCode, result);
  }
}

/** Renders the question, or why this person may not allow the device. */
async function renderFound(visit: Visit, signedIn: SignedIn, request: DeviceRequest): Promise<WireResponse> {
  const person = { session: signedIn.session, origin: visit.request.origin };
  const verdict = await judgeDevice(visit.context, request, person);
  switch (verdict.kind) {
    case 'refused':
      return renderRefused(visit, signedIn, { ...verdict, request });
    case 'signInAgain':
      return renderSignInAgain(visit, signedIn, { ...verdict, request });
    case 'mayAllow':
      return renderDeviceQuestion(visit, signedIn, { request });
  }
}

function renderWithoutCode(visit: Visit, isLinkDamaged: boolean): Promise<WireResponse> {
  if (!isLinkDamaged) return renderCodeEntry(visit);
  return renderCodeEntry(visit, { problem: visit.language.messages.codeEntry.damagedLink, status: 400 });
}

/** The user code that a URL or a form has, in the clear or sealed. */
function userCodeOf(
  { context }: Visit,
  fields: Fields,
): { readonly userCode: string | undefined; readonly isSealed: boolean } {
  const reference = fields.get('request');
  return reference === undefined
    ? { userCode: fields.get('user_code')?.trim(), isSealed: false }
    : { userCode: unsealUserCode(context, reference), isSealed: true };
}

function renderLinked(visit: Visit, typed: string): Promise<WireResponse> {
  const parsed = parseUserCode(typed);
  return parsed.kind === 'userCode'
    ? renderCodeOfLink(visit, parsed.userCode)
    : renderCodeEntry(visit, { typed });
}

function renderAnswered(visit: Visit, answer: Answer, pressed?: Decision): Promise<WireResponse> {
  const { answeredBefore, codeEntry } = visit.language.messages;
  const next =
    answer.decision === 'allow'
      ? html`<p>${answeredBefore.deviceAllowed}</p>`
      : html`<p>${answeredBefore.deviceDenied}</p>
<p><a href="/device">${codeEntry.another}</a></p>`;
  return renderAnsweredBefore(visit, { answer, next, ...(pressed !== undefined && { pressed }) });
}

type Miss = Exclude<FindDeviceRequestResult, { kind: 'found' | 'answeredBefore' }>;

function renderMiss(visit: Visit, typed: string, miss: Miss): Promise<WireResponse> {
  const messages = visit.language.messages.codeEntry;
  switch (miss.kind) {
    case 'limited': {
      const { retryAfterSeconds } = miss;
      const problem = messages.limited(retryAfterSeconds);
      return renderCodeEntry(visit, { problem, status: 429, retryAfterSeconds });
    }
    case 'unknown':
      return renderCodeEntry(visit, { problem: messages.noRequest, status: 404 });
    default: {
      const problem = describeUserCodeMistake(miss, visit.language);
      return renderCodeEntry(visit, { typed: typed.slice(0, MAX_TYPED_LENGTH), problem, status: 400 });
    }
  }
}
