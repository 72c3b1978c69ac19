import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { judgeAllowance } from '../grants/allow-policy.ts';
import type { Answer, Decision } from '../grants/answer.ts';
import { answerAuthorizationRequest, findAuthorizationAnswer } from '../grants/authorization-answer.ts';
import {
  type AuthorizationFault,
  type AuthorizationRequest,
  parseAuthorizationRequest,
} from '../grants/authorization-request.ts';
import type { Unmet } from '../policy/judge.ts';
import { NetworkRefused } from '../policy/network-refused.ts';
import { renderAnsweredBefore } from './answered-before.ts';
import { describeAuthorizationFault } from './authorization-fault.ts';
import { type Question, renderConsentDenial, renderConsentQuestion } from './consent-question.ts';
import { requireGenuineForm } from './csrf.ts';
import { parseDecision } from './decision.ts';
import { parseDestination } from './destination.ts';
import { parseForm } from './form.ts';
import { PageError } from './page-error.ts';
import { plainText } from './plain-text.ts';
import type { SignedIn } from './session-cookie.ts';
import { renderSignInNeeded } from './sign-in-needed.ts';
import { renderPage, seeOther, signInFirst, type Visit } from './visit.ts';

/** Renders the consent page. A person who is signed in is asked, too: being signed in is no consent. */
export async function showConsent(visit: Visit): Promise<WireResponse> {
  const { context, signedIn } = visit;
  const { query } = visit.request;
  const parsed = parseAuthorizationRequest(context, query);
  if (parsed.kind === 'invalid') throw invalidRequest(parsed.fault);
  if (parsed.kind === 'refused') return refuse(visit, parsed.location);
  if (signedIn === undefined) return signInFirst(`/authorize?${query}`);
  const { session } = signedIn;
  const { request } = parsed;
  const answer = await findAuthorizationAnswer(context, { query, session });
  if (answer !== undefined) return renderAnswered(visit, { request, query, answer });
  const unmet = await judgeAllowance(context, request.clientId, { session, origin: visit.request.origin });
  return unmet === undefined
    ? renderConsentQuestion(visit, signedIn, { request, query })
    : renderUnmet(visit, signedIn, { request, query, unmet });
}

/** Renders what a person does before they can allow the program. Denying is up to everyone. */
function renderUnmet(
  visit: Visit,
  signedIn: SignedIn,
  { unmet, ...question }: Question & { readonly unmet: Unmet },
): Promise<WireResponse> {
  if (unmet.kind === 'network') throw new NetworkRefused(signedIn.session.user.id, unmet.rule.name);
  const { messages } = visit.language;
  return renderSignInNeeded(visit, signedIn, {
    needed: unmet,
    returnTo: `/authorize?${question.query}`,
    lead: html`<p class="lead">${messages.policy.forProgram}</p>`,
    below: html`<p>${messages.device.denyNow}</p>
${renderConsentDenial(visit, signedIn, question)}`,
    formRedirectUri: question.request.redirectUri,
  });
}

/** Takes the answer of the consent form. The form holds the whole request, and its token is valid for that request alone. */
export async function submitConsent(visit: Visit): Promise<WireResponse> {
  const { request, context, signedIn } = visit;
  const fields = parseForm(request);
  const query = fields.get('request') ?? '';
  if (signedIn === undefined) return signInFirst(`/authorize?${query}`);
  requireGenuineForm(request, context, fields, { form: 'consent', secret: signedIn.token, question: query });
  const decision = parseDecision(fields);
  const parsed = parseAuthorizationRequest(context, query);
  if (parsed.kind === 'invalid') throw invalidRequest(parsed.fault);
  if (parsed.kind === 'refused') return refuse(visit, parsed.location);
  const { session } = signedIn;
  const { origin } = request;
  const typed = fields.get('confirmation') ?? '';
  const asked = { request: parsed.request, query };
  const answer = { ...asked, decision, session, origin, host: typed };
  const result = await answerAuthorizationRequest(context, answer);
  switch (result.kind) {
    case 'answered':
      return seeOther(result.location);
    case 'signedOut':
      return signInFirst(`/authorize?${query}`);
    case 'answeredBefore':
      return renderAnswered(visit, { ...result, ...asked, pressed: decision });
    case 'unmet':
      return renderUnmet(visit, signedIn, { ...asked, unmet: result.unmet });
    default:
      return renderConsentQuestion(visit, signedIn, { ...asked, refusal: result, typed });
  }
}

interface Answered {
  readonly request: AuthorizationRequest;
  readonly query: string;
  readonly answer: Answer;
  readonly pressed?: Decision;
  /** The authorization response of the first answer, if the program can still use it. */
  readonly location?: string;
}

/**
 * Renders the page for a request that was answered before. After a double click, browsers follow the response to the second
 * click and drop the one to the first, so this page sends the browser on to the program with the first response.
 */
function renderAnswered(
  visit: Visit,
  { request, query, answer, location, ...rest }: Answered,
): Promise<WireResponse> {
  const messages = visit.language.messages.answeredBefore;
  const name = html`<bdi>${plainText(parseDestination(request.redirectUri).name, 100)}</bdi>`;
  const next = html`<p>${location === undefined ? messages.sent(name) : messages.onItsWay(name, location)}</p>
<p>${messages.askAgain(askAgainUrl(query))}</p>`;
  return renderAnsweredBefore(visit, {
    ...rest,
    answer,
    next,
    ...(location !== undefined && { redirectUri: location }),
  });
}

/** URL that asks the same request anew. The parameter that makes it differ is ignored as unknown (RFC 6749 section 3.1). */
function askAgainUrl(query: string): string {
  const [, original = query, times = '0'] = /^(.*)&asked_again=(\d{1,9})$/.exec(query) ?? [];
  return `/authorize?${original}&asked_again=${Number(times) + 1}`;
}

function invalidRequest(fault: AuthorizationFault): PageError {
  return new PageError(400, (messages) => {
    const { heading, startAgain } = messages.authorizationFault;
    return { heading, text: `${describeAuthorizationFault(fault, messages)} ${startAgain}` };
  });
}

/**
 * Tells the client that its request is refused. Only a program on the person's own computer is told at once, by a redirect.
 * For any other redirect URI the page has a link, because anyone may register any address and a redirect would be an open
 * one (RFC 9700 section 4.11.2).
 */
function refuse(visit: Visit, location: string): WireResponse | Promise<WireResponse> {
  const { name, place } = parseDestination(location);
  if (place === 'here') return seeOther(location);
  const { authorizationFault, consent } = visit.language.messages;
  return renderPage(visit, {
    status: 400,
    title: authorizationFault.heading,
    main: html`<h1>${authorizationFault.heading}</h1>
<p>${consent.refused}</p>
<p>${consent.goBack(html`<bdi>${plainText(name, 100)}</bdi>`, location)}</p>`,
  });
}
