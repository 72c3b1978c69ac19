import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { findDemands } from '../policy/find-demands.ts';
import { judgeNetwork, judgeSignIn } from '../policy/judge.ts';
import { NetworkRefused } from '../policy/network-refused.ts';
import { UNKNOWN_CLIENT } from '../policy/rules.ts';
import { parseQuery } from './form.ts';
import { renderSignInNeeded } from './sign-in-needed.ts';
import { renderPage, seeOther, signInFirst, type Visit } from './visit.ts';

/** A name that a permission set can have. */
const ROLE_NAME = /^[\w+=,.@-]{1,32}$/;

/**
 * Leads a person through the sign-in that the policy demands before a program gets credentials of a role, and says when it is done. The
 * program was told of this page (`sso/require-sign-in.ts`).
 */
export async function showStepUp(visit: Visit): Promise<WireResponse> {
  const { context, request, signedIn } = visit;
  const fields = parseQuery(request);
  const role = fields.get('role') ?? '';
  if (!ROLE_NAME.test(role)) return seeOther('/');
  const client = fields.get('client') ?? UNKNOWN_CLIENT;
  const query = new URLSearchParams({ role, ...(client !== UNKNOWN_CLIENT && { client }) });
  const here = `/step-up?${query}`;
  if (signedIn === undefined) return signInFirst(here);
  const { session } = signedIn;
  const act = { kind: 'getRoleCredentials', client, permissionSet: role } as const;
  const demands = await findDemands(context, session.user.id, act);
  const otherNetwork = judgeNetwork(demands, request.origin);
  if (otherNetwork !== undefined) throw new NetworkRefused(session.user.id, otherNetwork.rule.name);
  const messages = visit.language.messages.policy;
  const name = html`<strong><bdi>${role}</bdi></strong>`;
  const needed = judgeSignIn(demands, session, context.now());
  if (needed !== undefined) {
    const lead = html`<p class="lead">${messages.forRole(name)}</p>
<p class="caution">${messages.stepUpCaution}</p>`;
    return renderSignInNeeded(visit, signedIn, { needed, returnTo: here, lead });
  }
  return renderPage(visit, {
    title: messages.steppedUp,
    main: html`<h1>${messages.steppedUp}</h1>
<p>${messages.runAgain(name)}</p>
<p class="hint">${messages.sameBrowser}</p>`,
  });
}
