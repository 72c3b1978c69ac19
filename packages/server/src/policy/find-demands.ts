import type { Context } from '../context.ts';
import { nameKey } from '../directory/name-key.ts';
import { findKnownClientOfRow } from '../grants/known-client.ts';
import { combine, type Demands } from './demands.ts';
import { type Act, isForAct, isForMember, type Rule, UNKNOWN_CLIENT } from './rules.ts';

/**
 * Finds what the policy demands of a person for an act, as of now. The groups of the person are asked for by key, and only where a
 * rule that applies otherwise names some.
 */
export async function findDemands(
  { policy, directory }: Pick<Context, 'policy' | 'directory'>,
  userId: string,
  act: Act,
): Promise<Demands> {
  const forAct = policy?.filter((rule) => isForAct(rule, act)) ?? [];
  return combine(await keepThoseForMember(directory, userId, forAct), act);
}

async function keepThoseForMember(
  directory: Context['directory'],
  userId: string,
  rules: readonly Rule[],
): Promise<readonly Rule[]> {
  if (rules.every(({ groups }) => groups === undefined)) return rules;
  const names = (await directory.listGroupNames([userId])).get(userId) ?? [];
  const groupKeys = new Set(names.map(nameKey));
  return rules.filter((rule) => isForMember(rule, groupKeys));
}

/** What rules call the client of an authorization. @param clientId - as the authorization has it */
export function clientOfRow(context: Pick<Context, 'config'>, clientId: Uint8Array): string {
  return findKnownClientOfRow(context, clientId)?.id ?? UNKNOWN_CLIENT;
}
