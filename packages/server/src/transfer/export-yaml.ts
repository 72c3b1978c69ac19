import { stringify } from 'yaml';
import { renderDuration } from '../config/duration.ts';
import { type CommandDirectory, type ListedOf, MAX_PAGE } from '../control/command-directory.ts';
import { pagesOf } from '../control/pages.ts';
import { compareKeys } from '../directory/compare-keys.ts';
import { declaredGroupId, declaredPermissionSetId, declaredUserId } from '../directory/ids.ts';
import { nameKey } from '../directory/name-key.ts';
import type { EmailAddress, EntryOf } from '../store/port/directory.ts';

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

/** What is assigned to one user or group: the permission sets by account. */
type Assigned = Map<string, string[]>;

/** Those to users, then those to groups, by name. Accounts with the same permission sets are one item. */
async function* listAssignments(directory: CommandDirectory) {
  for (const kind of ['userAssignment', 'groupAssignment'] as const) {
    const assigned = await collect(directory, kind);
    const names = sortNames(assigned.keys());
    for (let first = 0; first < names.length; first += MAX_PAGE) {
      yield names.slice(first, first + MAX_PAGE).flatMap((name) =>
        mergeAccounts(assigned.get(name) ?? new Map()).map((product) => ({
          [kind === 'userAssignment' ? 'users' : 'groups']: [name],
          ...product,
        })),
      );
    }
  }
}

async function collect(
  directory: CommandDirectory,
  kind: 'userAssignment' | 'groupAssignment',
): Promise<ReadonlyMap<string, Assigned>> {
  const byName = new Map<string, Assigned>();
  for await (const page of pagesOf(directory, kind)) {
    for (const assignment of page) addTo(byName, assignment);
  }
  return byName;
}

function addTo(
  byName: Map<string, Assigned>,
  { principalName, accountId, roleName }: ListedOf['userAssignment'],
): void {
  const assigned = byName.get(principalName) ?? new Map<string, string[]>();
  byName.set(principalName, assigned);
  const roles = assigned.get(accountId) ?? [];
  assigned.set(accountId, roles);
  roles.push(roleName);
}

function mergeAccounts(assigned: Assigned) {
  const bySets = new Map<string, { accounts: string[]; permissionSets: readonly string[] }>();
  const accounts = [...assigned].toSorted(([left], [right]) => compareKeys(left, right));
  for (const [accountId, roles] of accounts) {
    const permissionSets = sortNames(roles);
    const key = permissionSets.join(' ');
    const product = bySets.get(key) ?? { accounts: [], permissionSets };
    bySets.set(key, product);
    product.accounts.push(accountId);
  }
  return [...bySets.values()];
}
