import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import { clientOfRow, findDemands } from '../policy/find-demands.ts';
import { judgeNetwork, judgeSignIn, type Unmet } from '../policy/judge.ts';

/**
 * Whether the policy lets a person allow a client, as of now. Denying is up to everyone.
 *
 * @param clientId - row id of the client
 * @returns what is not met; absent where nothing is
 */
export async function judgeAllowance(
  context: Pick<Context, 'config' | 'policy' | 'directory' | 'now'>,
  clientId: Uint8Array,
  { session, origin }: { readonly session: SignInSession; readonly origin: Origin },
): Promise<Unmet | undefined> {
  if (context.policy === undefined) return undefined;
  const act = { kind: 'allow', client: clientOfRow(context, clientId) } as const;
  const demands = await findDemands(context, session.user.id, act);
  return judgeNetwork(demands, origin) ?? judgeSignIn(demands, session, context.now());
}

/** Records that a person wanted to allow a client, and the policy does not let them, or not yet. */
export function recordUnmet(
  { audit }: Pick<Context, 'audit'>,
  { kind: reason, rule: { name: rule } }: Unmet,
  { session, origin }: { readonly session: SignInSession; readonly origin: Origin },
): void {
  audit.record({ event: 'policyRefused', userId: session.user.id, act: 'allow', reason, rule }, origin);
}
