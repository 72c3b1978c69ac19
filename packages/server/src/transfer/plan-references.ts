import type { CommandDirectory, NamedKind } from '../control/command-directory.ts';
import { pagesOf } from '../control/pages.ts';
import type { AssignmentConfig } from '../directory/file/declaration.ts';
import { changeReference } from '../directory/file/difference.ts';
import { nameKey } from '../directory/name-key.ts';
import type { ImportPart, PlanInProgress } from './import-plan.ts';

/** Plans the members that a group is to have: those whom it has not are added. */
export async function* planMembers(
  plan: PlanInProgress,
  groupName: string,
  members: readonly string[],
): AsyncGenerator<ImportPart> {
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
      plan.part.conflicts.push({ kind: 'membership', name, why: 'missing', ...missing });
    } else {
      add(plan, 'membership', { ids: [userId, groupId], present, key: userId, name });
    }
    yield* plan.part.takeIfFull();
  }
}

/** @returns the ids of the members */
async function listMemberships({ directory, added }: PlanInProgress, groupId: string): Promise<Set<string>> {
  const present = new Set<string>();
  if (added.has(groupId)) return present;
  for await (const page of pagesOf(directory, 'membership', { of: { groupId } })) {
    for (const { userId } of page) present.add(userId);
  }
  return present;
}

/** Plans assignments: those that are not there are added. */
export async function* planAssignments(
  plan: PlanInProgress,
  assignments: readonly AssignmentConfig[],
): AsyncGenerator<ImportPart> {
  const present = new AssignmentsPresent(plan);
  for (const { users, groups, accounts, permissionSets } of assignments) {
    for (const [kind, names] of [
      ['user', users],
      ['group', groups],
    ] as const) {
      for (const name of names) yield* planProduct(plan, present, { kind, name, accounts, permissionSets });
    }
    plan.onCompared(1);
  }
}

async function* planProduct(
  plan: PlanInProgress,
  assignments: AssignmentsPresent,
  product: {
    readonly kind: 'user' | 'group';
    readonly name: string;
    readonly accounts: readonly string[];
    readonly permissionSets: readonly string[];
  },
): AsyncGenerator<ImportPart> {
  const { kind, name: principalName, accounts, permissionSets } = product;
  const principalId = await findId(plan, kind, principalName);
  const present = principalId === null ? new Set<number>() : await assignments.of(kind, principalId);
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
        plan.part.conflicts.push({ kind: 'assignment', name, why: 'missing', ...missing });
      } else {
        const key = assignments.keyOf(accountId, permissionSetId);
        const ids = [principalId, accountId, permissionSetId];
        add(plan, `${kind}Assignment`, { ids, present, key, name });
      }
      yield* plan.part.takeIfFull();
    }
  }
}

/** The assignments that users and groups have, or are to have. There may be a million: each is a number. */
class AssignmentsPresent {
  readonly #plan: PlanInProgress;
  readonly #ofPrincipals = new Map<string, Set<number>>();
  readonly #numbers = new Map<string, number>();

  constructor(plan: PlanInProgress) {
    this.#plan = plan;
  }

  /** The keys of what a user or a group has. */
  async of(kind: 'user' | 'group', id: string): Promise<Set<number>> {
    const present = this.#ofPrincipals.get(id) ?? (await this.#list(kind, id));
    this.#ofPrincipals.set(id, present);
    return present;
  }

  keyOf(accountId: string, permissionSetId: string): number {
    return this.#numberOf(accountId) * 2 ** 26 + this.#numberOf(permissionSetId);
  }

  async #list(kind: 'user' | 'group', id: string): Promise<Set<number>> {
    const { directory, added } = this.#plan;
    const present = new Set<number>();
    if (added.has(id)) return present;
    const of = kind === 'user' ? { userId: id } : { groupId: id };
    for await (const page of pagesOf(directory, `${kind}Assignment`, { of })) {
      for (const { accountId, permissionSetId } of page) present.add(this.keyOf(accountId, permissionSetId));
    }
    return present;
  }

  #numberOf(id: string): number {
    const number = this.#numbers.get(id) ?? this.#numbers.size;
    this.#numbers.set(id, number);
    return number;
  }
}

function add<Key>(
  plan: PlanInProgress,
  kind: 'membership' | 'userAssignment' | 'groupAssignment',
  {
    ids,
    present,
    key,
    name,
  }: {
    readonly ids: readonly string[];
    readonly present: Set<Key>;
    /** Of the membership or assignment in `present`. */
    readonly key: Key;
    readonly name: string;
  },
): void {
  if (present.has(key)) {
    plan.part.unchanged += 1;
    return;
  }
  present.add(key);
  plan.part.steps.push(changeReference(kind, ids, 'add'));
  plan.part.changes.push({ does: 'add', kind: kind === 'membership' ? kind : 'assignment', name });
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
