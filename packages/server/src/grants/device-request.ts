import type { Context } from '../context.ts';
import { attemptsOf, secondsUntil } from '../limits/guesses.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import type { DeviceRequestRow } from '../store/store.ts';
import { ANSWER_SECONDS, type Answer, type Decision, digestsOfQuestion } from './answer.ts';
import { splitScopes } from './scopes.ts';
import { digestsOfUserCode, type ParseUserCodeResult, parseUserCode } from './user-code.ts';

/** A device authorization request as its person sees it before answering. */
export interface DeviceRequest {
  readonly id: number;
  /** `XXXX-XXXX` */
  readonly userCode: string;
  /** As the client registered it; anyone can claim any name. */
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Address and user agent that asked. */
  readonly address: string;
  readonly userAgent: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export type FindDeviceRequestResult =
  | { readonly kind: 'found'; readonly request: DeviceRequest }
  /** This very person answered the request before, and its code has not expired. */
  | { readonly kind: 'answeredBefore'; readonly answer: Answer }
  /** Unknown, expired, or answered already: the three look alike from outside. Counts as a miss. */
  | { readonly kind: 'unknown' }
  /** No user code looks like that: a slip, which does not count as a miss. */
  | Exclude<ParseUserCodeResult, { readonly kind: 'userCode' }>
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

export type AnswerDeviceRequestResult =
  | { readonly kind: 'answered'; readonly request: DeviceRequest }
  | Exclude<FindDeviceRequestResult, { readonly kind: 'found' }>;

interface Query {
  readonly userCode: string;
  readonly session: SignInSession;
  readonly origin: Origin;
}

/**
 * Finds the device request whose user code a signed-in person typed. Case and punctuation are ignored (RFC 8628 section
 * 6.1).
 */
export async function findDeviceRequest(
  context: Context,
  { userCode: typed, session, origin }: Query,
): Promise<FindDeviceRequestResult> {
  const parsed = parseUserCode(typed);
  if (parsed.kind !== 'userCode') return parsed;
  const { userCode } = parsed;
  const guess = { what: 'userCode', user: session.user.id, address: origin.address } as const;
  const search = {
    userCodeDigests: digestsOfUserCode(context, userCode),
    questionDigests: questionDigests(context, session, userCode),
    attempts: attemptsOf(context, guess),
  };
  const outcome = await context.store.findDeviceRequest(search, context.now());
  switch (outcome.kind) {
    case 'found':
      return { kind: 'found', request: toRequest(outcome.row, userCode) };
    case 'answeredBefore':
    case 'unknown':
      return outcome;
    case 'limited':
      context.audit.record({ event: 'userCodeLimited', userId: session.user.id }, origin);
      return { kind: 'limited', retryAfterSeconds: secondsUntil(context, outcome.untilMs) };
  }
}

/** Allows or denies a request, once. If somebody else has answered it in the meantime, it is `unknown`. */
export async function answerDeviceRequest(
  context: Context,
  { decision, ...query }: Query & { readonly decision: Decision },
): Promise<AnswerDeviceRequestResult> {
  const result = await findDeviceRequest(context, query);
  if (result.kind !== 'found') return result;
  const { request } = result;
  const { session, origin } = query;
  const nowMs = context.now();
  const approval = {
    userId: session.user.id,
    userVersion: session.user.version,
    signInSessionId: session.id,
  };
  const answer = {
    questionDigests: questionDigests(context, session, request.userCode),
    // For as long as people come back to a page, also when the code ran out just after it was answered.
    expiresAtMs: Math.max(request.expiresAtMs, nowMs + ANSWER_SECONDS * 1000),
  };
  const answered =
    decision === 'allow'
      ? await context.store.approveDeviceRequest(request.id, approval, answer, nowMs)
      : await context.store.denyDeviceRequest(request.id, answer, nowMs);
  if (!answered) {
    const before = await context.store.findAnswer(answer.questionDigests, nowMs);
    return before === undefined ? { kind: 'unknown' } : { kind: 'answeredBefore', answer: before };
  }
  const event = decision === 'allow' ? 'deviceRequestAllowed' : 'deviceRequestDenied';
  const { clientName, address: requestedFrom } = request;
  context.audit.record({ event, userId: session.user.id, clientName, requestedFrom }, origin);
  return { kind: 'answered', request };
}

function questionDigests(context: Context, { user }: SignInSession, userCode: string): readonly Uint8Array[] {
  return digestsOfQuestion(context, { userId: user.id, kind: 'device', text: userCode });
}

function toRequest({ scopes, ...row }: DeviceRequestRow, userCode: string): DeviceRequest {
  return { ...row, userCode, scopes: splitScopes(scopes) };
}
