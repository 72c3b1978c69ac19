import { stringify } from 'yaml';
import { renderDuration } from '../config/duration.ts';
import { type CommandDirectory, MAX_PAGE } from '../control/command-directory.ts';
import { pagesOf } from '../control/pages.ts';
import { compareKeys } from '../directory/compare-keys.ts';
import { declaredGroupId, declaredPermissionSetId, declaredUserId } from '../directory/ids.ts';
import { nameKey } from '../directory/name-key.ts';
import type { EmailAddress, EntryOf } from '../store/port/directory.ts';
import { type NamedAssignment, SortedAssignments } from './sorted-assignments.ts';

export interface ExportOptions {
  /** Whether hashes of passwords are written. */
  readonly withCredentials: boolean;
  /** Told how many entries were written: users, groups, accounts and permission sets. */
  readonly onProgress?: (entries: number) => void;
}

/**
 * Writes the directory as the lists of a configuration file, in parts. Two directories with the same people, groups, accounts,
 * permission sets and assignments give the same bytes. Ids are written where they do not follow from the instance id and the
 * name. A person who is blocked is written as disabled; one who has left the source is left out.
 */
export async function* exportYaml(
  directory: CommandDirectory,
  { withCredentials, onProgress = () => {} }: ExportOptions,
): AsyncGenerator<string> {
  const { instanceId } = await directory.describe();
  let done = 0;
  const list = async function* (name: string, pages: AsyncIterable<readonly object[]>) {
    let isEmpty = true;
    for await (const items of pages) {
      if (items.length === 0) continue;
      yield `${isEmpty ? `${name}:\n` : ''}${renderItems(items)}`;
      isEmpty = false;
      if (name === 'assignments') continue;
      done += items.length;
      onProgress(done);
    }
    if (isEmpty) yield `${name}: []\n`;
  };
  yield* list('users', listUsers(directory, instanceId, withCredentials));
  yield* list('groups', listGroups(directory, instanceId));
  yield* list('accounts', listAccounts(directory));
  yield* list('permissionSets', listPermissionSets(directory, instanceId));
  yield* list('assignments', listAssignments(directory));
}

/** Items of a list, indented by two spaces, each value on one line. */
function renderItems(items: readonly object[]): string {
  const text = stringify(items, { lineWidth: 0, compat: 'yaml-1.1' });
  return text.replace(/^(?=.)/gm, '  ');
}

async function* listUsers(directory: CommandDirectory, instanceId: string, withCredentials: boolean) {
  for await (const page of pagesOf(directory, 'user')) {
    const users = page.filter(({ leftAtMs }) => leftAtMs === undefined);
    const hashes = withCredentials ? await directory.findPasswordHashes(users.map(({ id }) => id)) : [];
    yield users.map((user, index) => ({
      ...(user.id !== declaredUserId(instanceId, nameKey(user.userName)) && { id: user.id }),
      userName: user.userName,
      ...(user.displayName !== user.userName && { displayName: user.displayName }),
      ...renderEmails(user.emails),
      ...renderExternalIds(user),
      ...(hashes[index] && { passwordHash: hashes[index] }),
      ...(isDisabled(user) && { disabled: true }),
    }));
  }
}

export function isDisabled({ status, blocked }: Pick<EntryOf['user'], 'status' | 'blocked'>): boolean {
  return status === 'disabled' || blocked !== undefined;
}

/** `email` is the first address, where it is the primary one and has no kind. */
function renderEmails([first, ...rest]: readonly EmailAddress[]) {
  if (first === undefined) return {};
  const isPlain = first.primary && first.kind === undefined;
  const others = isPlain ? rest : [first, ...rest];
  return {
    ...(isPlain && { email: first.address }),
    ...(others.length > 0 && {
      emails: others.map(({ primary, ...email }) => ({ ...email, ...(primary && { primary }) })),
    }),
  };
}

function renderExternalIds({ externalIds }: Pick<EntryOf['group'], 'externalIds'>) {
  if (externalIds.length === 0) return {};
  return { externalIds: externalIds.toSorted((a, b) => compareKeys(a.issuer, b.issuer)) };
}

async function* listGroups(directory: CommandDirectory, instanceId: string) {
  for await (const page of pagesOf(directory, 'group')) {
    for (const group of page) {
      const { id, name, description } = group;
      yield [
        {
          ...(id !== declaredGroupId(instanceId, nameKey(name)) && { id }),
          name,
          ...(description !== undefined && { description }),
          ...renderExternalIds(group),
          members: await listMembers(directory, id),
        },
      ];
    }
  }
}

/** User names, in the order of their keys: that of ids would differ between instances. */
async function listMembers(directory: CommandDirectory, groupId: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of pagesOf(directory, 'membership', { of: { groupId } })) {
    names.push(...page.map(({ userName }) => userName));
  }
  return sortNames(names);
}

/** Sorts names in the order of their keys. */
function sortNames(names: Iterable<string>): readonly string[] {
  return Array.from(names, (name) => ({ name, key: Buffer.from(nameKey(name)) }))
    .sort((left, right) => Buffer.compare(left.key, right.key))
    .map(({ name }) => name);
}

async function* listAccounts(directory: CommandDirectory) {
  for await (const page of pagesOf(directory, 'account')) {
    yield page.map(({ id, name, email }) => ({ id, name, ...(email !== undefined && { email }) }));
  }
}

async function* listPermissionSets(directory: CommandDirectory, instanceId: string) {
  for await (const page of pagesOf(directory, 'permissionSet')) {
    yield page.map(({ id, name, description, sessionDurationSeconds }) => ({
      ...(id !== declaredPermissionSetId(instanceId, nameKey(name)) && { id }),
      name,
      ...(description !== undefined && { description }),
      sessionDuration: renderDuration(sessionDurationSeconds),
    }));
  }
}

/** Those to users, then those to groups, by name. Accounts with the same permission sets are one item. */
async function* listAssignments(directory: CommandDirectory) {
  for (const [kind, principals] of [
    ['userAssignment', 'users'],
    ['groupAssignment', 'groups'],
  ] as const) {
    const assignments = new SortedAssignments();
    for await (const page of pagesOf(directory, kind)) {
      for (const assignment of page) assignments.add(assignment);
    }
    let items: object[] = [];
    for (const assigned of assignments.byPrincipal()) {
      const [first] = assigned;
      items.push(
        ...mergeAccounts(assigned).map((product) => ({ [principals]: [first?.principalName], ...product })),
      );
      if (items.length < MAX_PAGE) continue;
      yield items;
      items = [];
    }
    yield items;
  }
}

function mergeAccounts(assigned: readonly NamedAssignment[]) {
  const bySets = new Map<string, { accounts: string[]; permissionSets: readonly string[] }>();
  for (const [accountId, roles] of Map.groupBy(assigned, (assignment) => assignment.accountId)) {
    const permissionSets = roles.map(({ roleName }) => roleName);
    const key = permissionSets.join(' ');
    const product = bySets.get(key) ?? { accounts: [], permissionSets };
    bySets.set(key, product);
    product.accounts.push(accountId);
  }
  return [...bySets.values()];
}
