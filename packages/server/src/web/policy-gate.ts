import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { findDemands } from '../policy/find-demands.ts';
import { judgeNetwork, judgeSignIn } from '../policy/judge.ts';
import { NetworkRefused } from '../policy/network-refused.ts';
import { renderSignInNeeded } from './sign-in-needed.ts';
import { type PolicyLevel, renderPage, type Visit, type VisitHandler } from './visit.ts';

/** Makes a handler that is called only for a person whom the policy lets use the page. Anybody else is told what to do. */
export function byPolicy(handle: VisitHandler, level: PolicyLevel): VisitHandler {
  return async (visit) => {
    try {
      return (await judgeVisit(visit, level)) ?? (await handle(visit));
    } catch (error) {
      if (error instanceof NetworkRefused) return renderOtherNetwork(visit);
      throw error;
    }
  };
}

/**
 * Judges by the policy whether a person who is signed in may use a page.
 *
 * @returns the page that says what to do instead; absent where they may
 * @throws {NetworkRefused}
 */
async function judgeVisit(visit: Visit, level: PolicyLevel): Promise<WireResponse | undefined> {
  const { context, request, signedIn } = visit;
  if (context.policy === undefined || signedIn === undefined || level === 'none') return undefined;
  const { session } = signedIn;
  const demands = await findDemands(context, session.user.id, { kind: 'visit' });
  const unmet = judgeNetwork(demands, request.origin);
  if (unmet !== undefined) {
    const { name: rule } = unmet.rule;
    const { id: userId } = session.user;
    context.audit.record(
      { event: 'policyRefused', userId, act: 'visit', reason: 'network', rule },
      request.origin,
    );
    throw new NetworkRefused(userId, rule);
  }
  if (level === 'network') return undefined;
  const needed = judgeSignIn(demands, session, context.now());
  if (needed === undefined) return undefined;
  // What a form had is lost, as it is where nobody is signed in.
  const returnTo = request.method === 'GET' ? pathOf(visit) : '/';
  return renderSignInNeeded(visit, signedIn, { needed, returnTo });
}

function pathOf({ request: { path, query } }: Visit): string {
  return query === '' ? path : `${path}?${query}`;
}

/** Renders the page for a person whom the policy does not let use the pages from this network. */
function renderOtherNetwork(visit: Visit): Promise<WireResponse> {
  const messages = visit.language.messages.policy;
  return renderPage(visit, {
    title: messages.otherNetworkTitle,
    status: 403,
    main: html`<h1>${messages.otherNetworkTitle}</h1>
<p>${messages.otherNetwork(html`<bdi dir="ltr">${visit.request.origin.address}</bdi>`)}</p>
<p>${messages.useNetwork}</p>`,
  });
}
