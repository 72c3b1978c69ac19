import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import { issueToken, SALT_BYTES } from '../keys/token.ts';
import { secondsUntil, takeGuess, withdrawGuess } from '../limits/guesses.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import type { Unmet } from '../policy/judge.ts';
import type { AnswerRow } from '../store/store.ts';
import { judgeAllowance, recordUnmet } from './allow-policy.ts';
import { ANSWER_SECONDS, type Answer, type Decision, digestsOfQuestion } from './answer.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { authorizationResponse } from './authorization-response.ts';
import { storedName } from './client.ts';
import { type CheckRedirectHostResult, checkRedirectHost, isForeignRedirect } from './redirect-host.ts';

export type AnswerAuthorizationRequestResult =
  /** The authorization response: where to send the browser, with `state` and `iss` (RFC 9207). */
  | { readonly kind: 'answered'; readonly location: string }
  /**
   * This person answered this request before. `location` is the authorization response of then, where the same answer was
   * given again while the client may still be waiting for it, such as by a double click.
   */
  | { readonly kind: 'answeredBefore'; readonly answer: Answer; readonly location?: string }
  /** The person was signed out in the meantime, so nothing was answered. */
  | { readonly kind: 'signedOut' }
  /** The policy does not let this person allow it, or not yet: nothing was answered. Denying is possible. */
  | { readonly kind: 'unmet'; readonly unmet: Unmet }
  /** What was typed as the host of a foreign redirect URI does not allow the request, so nothing was answered. */
  | { readonly kind: 'unconfirmed'; readonly mistake: HostMistake }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number };

/** `wrong` counts against the limit; the others are slips. */
export type HostMistake = Exclude<CheckRedirectHostResult, 'right'>;

interface AuthorizationAnswer {
  readonly request: AuthorizationRequest;
  /** The query that the request came with. */
  readonly query: string;
  readonly session: SignInSession;
}

/** Finds the answer that a person gave to an authorization request within the last hour. */
export async function findAuthorizationAnswer(
  context: Context,
  { query, session }: Pick<AuthorizationAnswer, 'query' | 'session'>,
): Promise<Answer | undefined> {
  return context.store.findAnswer(questionDigests(context, session, query), context.now());
}

/**
 * Allows or denies an authorization request, once: issues an authorization code (RFC 6749 section 4.1.2), or answers with
 * `access_denied` (section 4.1.2.1). Where the response goes to another computer, allowing needs the name of its host.
 *
 * @param answer.host - what the person typed as the host of a foreign redirect URI
 */
export async function answerAuthorizationRequest(
  context: Context,
  {
    decision,
    origin,
    host = '',
    ...answer
  }: AuthorizationAnswer & {
    readonly decision: Decision;
    readonly origin: Origin;
    readonly host?: string | undefined;
  },
): Promise<AnswerAuthorizationRequestResult> {
  const { request, session } = answer;
  if (decision === 'allow') {
    const unmet = await judgeAllowance(context, request.clientId, { session, origin });
    if (unmet !== undefined) {
      recordUnmet(context, unmet, { session, origin });
      return { kind: 'unmet', unmet };
    }
  }
  if (decision === 'allow' && isForeignRedirect(request.redirectUri)) {
    const refusal = await confirmHost(context, answer, { host, origin });
    if (refusal !== undefined) return refusal;
  }
  const outcome = decision === 'allow' ? await allow(context, answer) : await deny(context, answer);
  if (outcome === 'signedOut') return { kind: 'signedOut' };
  if ('before' in outcome) return answeredBefore(context, request, { before: outcome.before, decision });
  const event = decision === 'allow' ? 'authorizationAllowed' : 'authorizationDenied';
  const { clientName } = request;
  context.audit.record({ event, userId: session.user.id, clientName }, origin);
  return { kind: 'answered', location: outcome.location };
}

/** @returns why the request is not allowed; `undefined` when the host is right */
async function confirmHost(
  context: Context,
  { request, query, session }: AuthorizationAnswer,
  { host, origin }: { readonly host: string; readonly origin: Origin },
): Promise<AnswerAuthorizationRequestResult | undefined> {
  const before = await context.store.findAnswer(questionDigests(context, session, query), context.now());
  if (before !== undefined) return answeredBefore(context, request, { before, decision: 'allow' });
  const checked = checkRedirectHost(request.redirectUri, host);
  if (checked === 'missing' || checked === 'noHost') return { kind: 'unconfirmed', mistake: checked };
  const guess = { what: 'redirectHost', user: session.user.id, address: origin.address } as const;
  const untilMs = await takeGuess(context, guess);
  if (untilMs !== undefined) {
    context.audit.record({ event: 'redirectHostLimited', userId: session.user.id }, origin);
    return { kind: 'limited', retryAfterSeconds: secondsUntil(context, untilMs) };
  }
  if (checked === 'wrong') return { kind: 'unconfirmed', mistake: checked };
  await withdrawGuess(context, guess);
  return undefined;
}

async function answeredBefore(
  context: Context,
  request: AuthorizationRequest,
  { before, decision }: { readonly before: AnswerRow; readonly decision: Decision },
): Promise<AnswerAuthorizationRequestResult> {
  const location = before.decision === decision ? await findResponse(context, request, before) : undefined;
  return { kind: 'answeredBefore', answer: before, ...(location !== undefined && { location }) };
}

type Outcome =
  | { readonly location: string }
  /** The answer that was there already, so that this one does not count. */
  | { readonly before: AnswerRow };

async function allow(
  context: Context,
  { request, query, session }: AuthorizationAnswer,
): Promise<Outcome | 'signedOut'> {
  const nowMs = context.now();
  const authorization = {
    salt: randomBytes(SALT_BYTES),
    clientId: request.clientId,
    clientName: storedName(request.clientName),
    scopes: request.scopes.join(' '),
    createdAtMs: nowMs,
    codeExpiresAtMs: nowMs + context.config.lifetimes.authorizationCodeSeconds * 1000,
  };
  const approved = await context.store.insertApprovedAuthorization(
    authorization,
    { userId: session.user.id, userVersion: session.user.version, signInSessionId: session.id },
    { redirectUri: request.redirectUri, codeChallenge: request.codeChallenge },
    newAnswer(context, session, query),
  );
  if (approved.kind === 'signedOut') return 'signedOut';
  if (approved.kind === 'answeredBefore') return { before: approved.answer };
  const { id } = approved;
  return { location: codeResponse(context, request, { id, ...authorization }) };
}

async function deny(context: Context, { request, query, session }: AuthorizationAnswer): Promise<Outcome> {
  const before = await context.store.insertDenial(newAnswer(context, session, query), context.now());
  return before === undefined ? { location: denialResponse(context, request) } : { before };
}

/** The response that the answer of before had, if the client can still use it: with the same code, not another one. */
async function findResponse(
  context: Context,
  request: AuthorizationRequest,
  { authorizationId, answeredAtMs }: AnswerRow,
): Promise<string | undefined> {
  if (authorizationId === null) {
    const waitsUntilMs = answeredAtMs + context.config.lifetimes.authorizationCodeSeconds * 1000;
    return waitsUntilMs > context.now() ? denialResponse(context, request) : undefined;
  }
  const row = await context.store.findAuthorization(authorizationId);
  const isRedeemable =
    row?.state === 'approved' &&
    row.endedAtMs === null &&
    row.user?.version === row.userVersion &&
    row.codeExpiresAtMs > context.now();
  return isRedeemable ? codeResponse(context, request, row) : undefined;
}

function codeResponse(
  context: Context,
  request: AuthorizationRequest,
  {
    id,
    salt,
    codeExpiresAtMs,
  }: { readonly id: number; readonly salt: Uint8Array; readonly codeExpiresAtMs: number },
): string {
  const claims = { id, generation: 0, scopeMask: 0, expiresAtMs: codeExpiresAtMs };
  const code = issueToken(context.keys, 'authorizationCode', claims, salt);
  return authorizationResponse(context.config.baseUrl, request, { code });
}

function denialResponse(context: Context, request: AuthorizationRequest): string {
  const answer = { error: 'access_denied', error_description: 'The request was denied' };
  return authorizationResponse(context.config.baseUrl, request, answer);
}

function newAnswer(context: Context, session: SignInSession, query: string) {
  return {
    questionDigests: questionDigests(context, session, query),
    expiresAtMs: context.now() + ANSWER_SECONDS * 1000,
  };
}

function questionDigests(context: Context, { user }: SignInSession, query: string): readonly Uint8Array[] {
  return digestsOfQuestion(context, { userId: user.id, kind: 'authorization', text: query });
}
