import type { PolicyRefusedEvent } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import type { Demands } from '../policy/demands.ts';
import { judgeNetwork } from '../policy/judge.ts';
import { GrantError } from './grant-error.ts';

/**
 * Requires that a program which acts for a person asks from the networks that the policy names.
 *
 * @throws {GrantError} `access_denied`, which leaves the code or token good where it is in the right network
 */
export function requireNetwork(
  { audit }: Pick<Context, 'audit'>,
  { id: authorizationId, userId }: { readonly id: number; readonly userId: string },
  demands: Demands,
  { act, origin }: { readonly act: PolicyRefusedEvent['act']; readonly origin: Origin },
): void {
  const unmet = judgeNetwork(demands, origin);
  if (unmet === undefined) return;
  const { name: rule } = unmet.rule;
  audit.record({ event: 'policyRefused', userId, authorizationId, act, reason: unmet.kind, rule }, origin);
  throw new GrantError('access_denied', describeOtherNetwork(origin));
}

/** What a program tells whoever runs it. */
export function describeOtherNetwork({ address }: Pick<Origin, 'address'>): string {
  return `Your administrators let programs act for you from certain networks only, and ${address} is in none of them: run this in one of those networks`;
}
