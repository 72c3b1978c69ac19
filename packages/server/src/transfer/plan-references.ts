import type { CommandDirectory, NamedKind } from '../control/command-directory.ts';
import { pagesOf } from '../control/pages.ts';
import type { AssignmentConfig } from '../directory/file/declaration.ts';
import { changeReference } from '../directory/file/difference.ts';
import { nameKey } from '../directory/name-key.ts';
import { entryKey } from '../store/port/entry-key.ts';
import type { PlanInProgress } from './import-plan.ts';

/** Plans the members that a group is to have: those whom it has not are added. */
export async function planMembers(
  plan: PlanInProgress,
  groupName: string,
  members: readonly string[],
): Promise<void> {
  if (members.length === 0) return;
  const groupId = await findId(plan, 'group', groupName);
  const present = groupId === null ? new Set<string>() : await listMemberships(plan, groupId);
  for (const userName of members) {
    const name = `${userName} in ${groupName}`;
    const userId = await findId(plan, 'user', userName);
    if (groupId === null || userId === null) {
      const missing =
        groupId === null
          ? ({ what: 'group', whatName: groupName } as const)
          : ({ what: 'user', whatName: userName } as const);
      plan.conflicts.push({ kind: 'membership', name, why: 'missing', ...missing });
    } else {
      add(plan, 'membership', { ids: [userId, groupId], present, name });
    }
  }
}

async function listMemberships({ directory, added }: PlanInProgress, groupId: string): Promise<Set<string>> {
  const present = new Set<string>();
  if (added.has(groupId)) return present;
  for await (const page of pagesOf(directory, 'membership', { of: { groupId } })) {
    for (const membership of page) present.add(entryKey('membership', membership));
  }
  return present;
}

/** Plans assignments: those that are not there are added. */
export async function planAssignments(
  plan: PlanInProgress,
  assignments: readonly AssignmentConfig[],
): Promise<void> {
  const presentOf = new Map<string, Set<string>>();
  for (const { users, groups, accounts, permissionSets } of assignments) {
    for (const [kind, names] of [
      ['user', users],
      ['group', groups],
    ] as const) {
      for (const name of names) await planProduct(plan, presentOf, { kind, name, accounts, permissionSets });
    }
    plan.onCompared(1);
  }
}

async function planProduct(
  plan: PlanInProgress,
  presentOf: Map<string, Set<string>>,
  product: {
    readonly kind: 'user' | 'group';
    readonly name: string;
    readonly accounts: readonly string[];
    readonly permissionSets: readonly string[];
  },
): Promise<void> {
  const { kind, name: principalName, accounts, permissionSets } = product;
  const principalId = await findId(plan, kind, principalName);
  const present =
    (principalId && presentOf.get(principalId)) || (await listAssignments(plan, kind, principalId));
  if (principalId !== null) presentOf.set(principalId, present);
  for (const accountName of accounts) {
    const accountId = await findId(plan, 'account', accountName);
    for (const setName of permissionSets) {
      const permissionSetId = await findId(plan, 'permissionSet', setName);
      const name = `${setName} in ${accountName} to ${kind} ${principalName}`;
      const missing =
        principalId === null
          ? ({ what: kind, whatName: principalName } as const)
          : accountId === null
            ? ({ what: 'account', whatName: accountName } as const)
            : ({ what: 'permissionSet', whatName: setName } as const);
      if (principalId === null || accountId === null || permissionSetId === null) {
        plan.conflicts.push({ kind: 'assignment', name, why: 'missing', ...missing });
      } else {
        add(plan, `${kind}Assignment`, { ids: [principalId, accountId, permissionSetId], present, name });
      }
    }
  }
}

async function listAssignments(
  { directory, added }: PlanInProgress,
  kind: 'user' | 'group',
  id: string | null,
): Promise<Set<string>> {
  const present = new Set<string>();
  if (id === null || added.has(id)) return present;
  const of = kind === 'user' ? { userId: id } : { groupId: id };
  for await (const page of pagesOf(directory, `${kind}Assignment`, { of })) {
    for (const assignment of page) present.add(entryKey(`${kind}Assignment`, assignment));
  }
  return present;
}

function add(
  plan: PlanInProgress,
  kind: 'membership' | 'userAssignment' | 'groupAssignment',
  {
    ids,
    present,
    name,
  }: { readonly ids: readonly string[]; readonly present: Set<string>; readonly name: string },
): void {
  const key = ids.join(' ');
  if (present.has(key)) {
    plan.unchanged += 1;
    return;
  }
  present.add(key);
  plan.steps.push(changeReference(kind, ids, 'add'));
  plan.changes.push({ does: 'add', kind: kind === 'membership' ? kind : 'assignment', name });
}

/** The id of what is imported or there already; `null` for neither. */
async function findId(
  { directory, ids }: Pick<PlanInProgress, 'directory' | 'ids'>,
  kind: NamedKind,
  name: string,
): Promise<string | null> {
  const key = kind === 'account' ? name : nameKey(name);
  const known = ids[kind].get(key);
  if (known !== undefined) return known;
  const id = await lookUp(directory, kind, name);
  ids[kind].set(key, id);
  return id;
}

async function lookUp(directory: CommandDirectory, kind: NamedKind, name: string): Promise<string | null> {
  const [entry] = await directory.findEntries(kind, kind === 'account' ? { ids: [name] } : { names: [name] });
  return entry?.id ?? null;
}
