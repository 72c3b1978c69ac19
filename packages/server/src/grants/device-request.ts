import type { Context } from '../context.ts';
import { attemptsOf, type Guess, secondsUntil, takeGuess } from '../limits/guesses.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import type { Attempt } from '../store/store.ts';
import { ANSWER_SECONDS, type Answer, type Decision, digestsOfQuestion } from './answer.ts';
import { type AskerNetwork, compareAskerNetwork } from './asker-network.ts';
import { type DeviceVerdict, judgeDevice } from './device-policy.ts';
import { findKnownClientOfRow } from './known-client.ts';
import { splitScopes } from './scopes.ts';
import {
  type CheckUserCodeEndingResult,
  checkUserCodeEnding,
  digestsOfUserCode,
  parseUserCode,
  type UserCodeMistake,
} from './user-code.ts';

/** A device authorization request as its person sees it before answering. */
export interface DeviceRequest {
  readonly id: number;
  /** `XXXX-XXXX` */
  readonly userCode: string;
  /** As the client registered it; anyone can claim any name. */
  readonly clientName: string;
  /** Id of the client in the configuration. Absent for one that registered itself. */
  readonly knownClient?: string;
  /** Row id of the client. */
  readonly clientId: Uint8Array;
  readonly scopes: readonly string[];
  /** Address and user agent that asked. */
  readonly address: string;
  readonly userAgent: string;
  /** Where the address is, compared with the browser's. */
  readonly network: AskerNetwork;
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
  | UserCodeMistake
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

export type AnswerDeviceRequestResult =
  | { readonly kind: 'answered'; readonly request: DeviceRequest }
  /** The person was signed out in the meantime, so nothing was answered. */
  | { readonly kind: 'signedOut' }
  /** The settings do not let this person allow it, or not yet: nothing was answered. Denying is possible. */
  | (Exclude<DeviceVerdict, { readonly kind: 'mayAllow' }> & { readonly request: DeviceRequest })
  /** What was typed as the end of the user code does not allow the request, so nothing was answered. */
  | { readonly kind: 'unconfirmed'; readonly request: DeviceRequest; readonly mistake: EndingMistake }
  | Exclude<FindDeviceRequestResult, { readonly kind: 'found' }>;

/** Wrong letters, which count as a wrong user code; or a slip, which does not. */
export type EndingMistake = Exclude<CheckUserCodeEndingResult, { readonly kind: 'right' }>;

/** Who is looking for a request, and from where. */
interface Person {
  readonly session: SignInSession;
  readonly origin: Origin;
}

interface Query extends Person {
  readonly userCode: string;
}

/**
 * Finds the device request whose user code a signed-in person typed. Case and punctuation are ignored (RFC 8628 section
 * 6.1).
 */
export function findDeviceRequest(context: Context, query: Query): Promise<FindDeviceRequestResult> {
  return find(context, query, attemptsOf(context, guessOf(query)));
}

/**
 * Allows or denies a request, once. If somebody else has answered it in the meantime, it is `unknown`.
 *
 * A request is allowed only with the end of its user code, which the page does not show: it is on the device, and whoever was
 * sent a link does not have the device before them. Denying needs nothing typed, and works without limit.
 *
 * @param answer.ending - what the person typed as the last four letters of the user code; not looked at when denying. Default: nothing
 */
export async function answerDeviceRequest(
  context: Context,
  {
    decision,
    ending = '',
    ...query
  }: Query & { readonly decision: Decision; readonly ending?: string | undefined },
): Promise<AnswerDeviceRequestResult> {
  const checked = decision === 'allow' ? checkEnding(query, ending) : undefined;
  const result = await (checked ? findToAllow(context, query, checked) : find(context, query, []));
  if (result.kind !== 'found') return result;
  const { request } = result;
  const { session, origin } = query;
  if (checked !== undefined) {
    const verdict = await judgeDevice(context, request, { session, origin });
    if (verdict.kind === 'refused') {
      const { reason } = verdict;
      const { clientName, address: requestedFrom } = request;
      const whom = { userId: session.user.id, clientName, requestedFrom };
      context.audit.record({ event: 'deviceRequestRefused', ...whom, reason }, origin);
    }
    if (verdict.kind !== 'mayAllow') return { ...verdict, request };
    if (checked.kind !== 'right') return { kind: 'unconfirmed', request, mistake: checked };
  }
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
  const outcome =
    decision === 'allow'
      ? await context.store.approveDeviceRequest(request.id, approval, answer, nowMs)
      : await context.store.denyDeviceRequest(request.id, answer, nowMs);
  if (outcome === 'signedOut') return { kind: 'signedOut' };
  if (outcome === 'unknown' || outcome === false) {
    const before = await context.store.findAnswer(answer.questionDigests, nowMs);
    return before === undefined ? { kind: 'unknown' } : { kind: 'answeredBefore', answer: before };
  }
  const event = decision === 'allow' ? 'deviceRequestAllowed' : 'deviceRequestDenied';
  const { clientName, address: requestedFrom } = request;
  const whose = { authorizationId: request.id, userId: session.user.id };
  context.audit.record({ event, ...whose, clientName, requestedFrom }, origin);
  return { kind: 'answered', request };
}

/** @param attempts - what a miss is counted against; none for a person who answers what a page has shown */
async function find(
  context: Context,
  { userCode: typed, session, origin }: Query,
  attempts: readonly Attempt[],
): Promise<FindDeviceRequestResult> {
  const parsed = parseUserCode(typed);
  if (parsed.kind !== 'userCode') return parsed;
  const { userCode } = parsed;
  const search = {
    userCodeDigests: digestsOfUserCode(context, userCode),
    questionDigests: questionDigests(context, session, userCode),
    attempts,
  };
  const outcome = await context.store.findDeviceRequest(search, context.now());
  switch (outcome.kind) {
    case 'found': {
      const { scopes, ...row } = outcome.row;
      const network = compareAskerNetwork(context.config, row.address, origin);
      const knownClient = findKnownClientOfRow(context, row.clientId)?.id;
      const request = { ...row, userCode, network, scopes: splitScopes(scopes) };
      return { kind: 'found', request: { ...request, ...(knownClient !== undefined && { knownClient }) } };
    }
    case 'answeredBefore':
    case 'unknown':
      return outcome;
    case 'limited':
      return limited(context, { session, origin }, outcome.untilMs);
  }
}

/** What was typed as the end of the user code; right where that is no user code, which is told of instead. */
function checkEnding({ userCode: typed }: Query, ending: string): CheckUserCodeEndingResult {
  const parsed = parseUserCode(typed);
  return parsed.kind === 'userCode' ? checkUserCodeEnding(parsed.userCode, ending) : { kind: 'right' };
}

/**
 * Counts wrong letters before anything is looked for, and looks for the request of right ones only while guesses are left. So of
 * answers that come at once no more are judged than of answers that come one after the other, and right ones are not counted.
 */
async function findToAllow(
  context: Context,
  query: Query,
  checked: CheckUserCodeEndingResult,
): Promise<FindDeviceRequestResult> {
  if (checked.kind !== 'wrong') return findDeviceRequest(context, query);
  const untilMs = await takeGuess(context, guessOf(query));
  return untilMs === undefined ? find(context, query, []) : limited(context, query, untilMs);
}

function limited(context: Context, { session, origin }: Person, untilMs: number) {
  context.audit.record({ event: 'userCodeLimited', userId: session.user.id }, origin);
  return { kind: 'limited', retryAfterSeconds: secondsUntil(context, untilMs) } as const;
}

function guessOf({ session, origin }: Person): Guess {
  return { what: 'userCode', user: session.user.id, address: origin.address };
}

function questionDigests(context: Context, { user }: SignInSession, userCode: string): readonly Uint8Array[] {
  return digestsOfQuestion(context, { userId: user.id, kind: 'device', text: userCode });
}
