import type { PolicyRule } from '../config/config.ts';
import { nameKey } from '../directory/name-key.ts';
import { AddressBlocks } from '../net/address-blocks.ts';

/** What a rule can ask a person to have signed in with. */
export type RequiredFactors = NonNullable<PolicyRule['factors']>;

/** A rule of the policy as it is asked. */
export interface Rule
  extends Pick<PolicyRule, 'factors' | 'recentSignInSeconds' | 'signInSessionSeconds' | 'sessionSeconds'> {
  /** As the configuration has it; its place where it has none: `policy[0]`. */
  readonly name: string;
  /** Its place in the policy. */
  readonly index: number;
  /** Name keys. Absent: everybody. */
  readonly groups?: ReadonlySet<string>;
  /** Name keys. Absent: the rule is for everything but single permission sets. */
  readonly permissionSets?: ReadonlySet<string>;
  /** Absent: every client, and what is done without one. */
  readonly clients?: ReadonlySet<string>;
  readonly networks?: { readonly written: readonly string[]; readonly blocks: AddressBlocks };
}

/** What a rule calls the clients that registered themselves. */
export const UNKNOWN_CLIENT = 'unknown';

/** Something that somebody does, and by which the rules that apply are found. */
export type Act =
  /** Signs in, or uses a page. */
  | { readonly kind: 'visit' }
  | { readonly kind: 'changeFactors' }
  /** Allows a device or a program; or the program redeems that, refreshes its tokens, or lists accounts. */
  | { readonly kind: 'allow' | 'use'; readonly client: string }
  | { readonly kind: 'getRoleCredentials'; readonly client: string; readonly permissionSet: string };

/** @returns `undefined` where the policy has no rule, so that a request can tell at once */
export function readRules(policy: readonly PolicyRule[]): readonly Rule[] | undefined {
  return policy.length === 0 ? undefined : policy.map(readRule);
}

function readRule(
  { name, groups, permissionSets, clients, networks, ...demands }: PolicyRule,
  index: number,
): Rule {
  return {
    ...demands,
    index,
    name: name ?? `policy[${index}]`,
    ...(groups && { groups: new Set(groups.map(nameKey)) }),
    ...(permissionSets && { permissionSets: new Set(permissionSets.map(nameKey)) }),
    ...(clients && { clients: new Set(clients) }),
    ...(networks && { networks: { written: networks, blocks: new AddressBlocks(networks) } }),
  };
}

/** Whether a rule applies to an act, as far as that does not depend on who does it. */
export function isForAct({ clients, permissionSets }: Rule, act: Act): boolean {
  const isForClient = clients === undefined || ('client' in act && clients.has(act.client));
  const isForRole =
    permissionSets === undefined ||
    (act.kind === 'getRoleCredentials' && permissionSets.has(nameKey(act.permissionSet)));
  return isForClient && isForRole;
}

/** @param groupKeys - name keys of the groups in which the person is */
export function isForMember({ groups }: Rule, groupKeys: ReadonlySet<string>): boolean {
  return groups === undefined || !groups.isDisjointFrom(groupKeys);
}

/**
 * Whether a rule's `recentSignIn` is asked for at an act: before role credentials of the permission sets that the rule names, and
 * by any other rule before a person allows a program, or changes how they sign in.
 */
export function asksForRecentSignIn({ permissionSets }: Rule, { kind }: Act): boolean {
  return permissionSets === undefined
    ? kind === 'allow' || kind === 'changeFactors'
    : kind === 'getRoleCredentials';
}
