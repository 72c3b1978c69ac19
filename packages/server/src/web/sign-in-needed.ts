import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { canMeet, type UnmetBySignIn } from '../policy/judge.ts';
import type { RequiredFactors } from '../policy/rules.ts';
import type { Html } from './html.ts';
import { offersPasskeys } from './passkey-form.ts';
import type { SignedIn } from './session-cookie.ts';
import { renderPage, type Visit } from './visit.ts';

interface Needed {
  /** What to sign in with, and how recently. */
  readonly needed: Pick<UnmetBySignIn, 'factors' | 'recentSignInSeconds'>;
  /** Where to go on: path and query of one of our own pages. */
  readonly returnTo: string;
  /** What it is needed for. */
  readonly lead?: Html | undefined;
  /** What can be done at once. */
  readonly below?: Html | undefined;
  /** Redirect URI that a form of that may lead to. */
  readonly formRedirectUri?: string | undefined;
}

/**
 * Renders what a person does before going on: signs in again, as the policy demands, or first sets up what to sign in with. Either leads
 * back.
 */
export async function renderSignInNeeded(
  visit: Visit,
  signedIn: SignedIn,
  { needed, ...page }: Needed,
): Promise<WireResponse> {
  const { returnTo, lead, below, formRedirectUri } = page;
  const { context, language } = visit;
  const { factors, recentSignInSeconds } = needed;
  const { user } = signedIn.session;
  const had = factors === undefined ? [] : await context.store.factors.listFactors(user.id);
  if (factors !== undefined && !canMeet(had, factors)) {
    return renderEnrolment(visit, factors, page);
  }
  const messages = language.messages.policy;
  return renderPage(visit, {
    title: messages.signInAgain,
    status: 403,
    ...(formRedirectUri !== undefined && { formRedirectUri }),
    main: html`<h1>${messages.signInAgain}</h1>
${lead}
<p>${factors !== undefined && messages.with[factors]}
${recentSignInSeconds !== undefined && messages.within(recentSignInSeconds)}
${messages.comeBack}</p>
<form class="choices" method="get" action="/sign-in">
<input type="hidden" name="to" value="${returnTo}">
<input type="hidden" name="user_name" value="${user.userName}">
<button class="primary">${messages.goSignIn}</button>
</form>
${below}`,
  });
}

function renderEnrolment(
  visit: Visit,
  factors: RequiredFactors,
  { returnTo, lead, below, formRedirectUri }: Omit<Needed, 'needed'>,
): Promise<WireResponse> {
  const messages = visit.language.messages.policy;
  const to = new URLSearchParams({ to: returnTo });
  return renderPage(visit, {
    title: messages.enrolTitle[factors],
    status: 403,
    ...(formRedirectUri !== undefined && { formRedirectUri }),
    main: html`<h1>${messages.enrolTitle[factors]}</h1>
${lead}
<p>${messages.enrol[factors]} ${messages.comeBack}</p>
<ul>
${offersPasskeys(visit.context) && html`<li><a href="/me/security/passkey?${to}">${messages.enrolPasskey}</a></li>`}
${factors === 'secondFactor' && html`<li><a href="/me/security/totp?${to}">${messages.enrolApp}</a></li>`}
</ul>
${below}`,
  });
}
