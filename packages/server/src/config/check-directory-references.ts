import { nameKey } from '../directory/name-key.ts';
import { type Finding, renderPath } from './check-values.ts';
import { renderHint } from './near-match.ts';
import { type Path, valueAt } from './settings-tree.ts';

/** A name, and its place in the configuration. */
interface Named {
  readonly name: string;
  readonly path: Path;
}

/**
 * Checks the names in the directory: none is defined twice, and every name that is referred to is defined.
 *
 * @param content - as read, not validated, so that one wrong value does not hide these findings
 */
export function checkDirectoryReferences(content: unknown): Finding[] {
  const { users, groups, accounts, permissionSets } = definedIn(content);
  return [
    ...checkDirectoryNames(content),
    ...findUnknown(namedBy(content, 'groups', 'members'), users, 'user'),
    ...findUnknown(namedBy(content, 'assignments', 'users'), users, 'user'),
    ...findUnknown(namedBy(content, 'assignments', 'groups'), groups, 'group'),
    ...findUnknown(namedBy(content, 'assignments', 'accounts'), accounts, 'account'),
    ...findUnknown(namedBy(content, 'assignments', 'permissionSets'), permissionSets, 'permission set'),
  ];
}

/**
 * Checks what each list of the directory says by itself: no name is defined twice, no user has two primary addresses, and
 * every assignment is for somebody.
 *
 * @param content - as read, not validated
 */
export function checkDirectoryNames(content: unknown): Finding[] {
  const { users, groups, accounts, permissionSets } = definedIn(content);
  return [
    ...findDuplicates(users, 'user'),
    ...findDuplicates(groups, 'group'),
    ...findDuplicates(accounts, 'account'),
    ...findDuplicates(permissionSets, 'permission set'),
    ...findPrimaryAddresses(content),
    ...findIdleAssignments(content),
  ];
}

function definedIn(content: unknown) {
  return {
    users: namesIn(content, 'users', 'userName'),
    groups: namesIn(content, 'groups', 'name'),
    accounts: namesIn(content, 'accounts', 'id'),
    permissionSets: namesIn(content, 'permissionSets', 'name'),
  };
}

/** `email` is a primary address, and so at most one of all addresses. */
function findPrimaryAddresses(content: unknown): Finding[] {
  return mappingsIn(content, 'users').flatMap(({ value, path }): Finding[] => {
    const emails = valueAt(value, ['emails']);
    if (!Array.isArray(emails)) return [];
    const first = valueAt(value, ['email']) === undefined ? 0 : 1;
    const primary = emails.flatMap((email: unknown, index) =>
      valueAt(email, ['primary']) === true ? [index] : [],
    );
    return primary.slice(1 - first).map((index) => {
      const at = [...path, 'emails', index, 'primary'];
      const message = `${renderPath(at)}the user has a primary address already${first === 1 ? ', which is email' : ''}`;
      return { path: at, part: 'value', message };
    });
  });
}

function findDuplicates(names: readonly Named[], kind: string): Finding[] {
  const seen = new Map<string, Named>();
  return names.flatMap((named) => {
    const key = nameKey(named.name);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, named);
      return [];
    }
    const place = renderPath(first.path).slice(0, -2);
    const message = `${renderPath(named.path)}${kind} "${first.name}" is defined twice, first at ${place}`;
    return [{ path: named.path, part: 'value', message }];
  });
}

function findUnknown(named: readonly Named[], defined: readonly Named[], kind: string): Finding[] {
  const known = new Set(defined.map(({ name }) => name));
  return named
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => {
      const message = `${renderPath(path)}there is no ${kind} "${name}"${renderHint(name, known)}`;
      return { path, part: 'value', message };
    });
}

function findIdleAssignments(content: unknown): Finding[] {
  return mappingsIn(content, 'assignments')
    .filter(
      ({ value, path }) => namesAt(value, 'users', path).length + namesAt(value, 'groups', path).length === 0,
    )
    .map(({ path }) => ({
      path,
      part: 'value',
      message: `${renderPath(path)}names neither users nor groups`,
    }));
}

function namesIn(content: unknown, list: string, key: string): Named[] {
  return mappingsIn(content, list).flatMap(({ value, path }) => {
    const name = valueAt(value, [key]);
    if (typeof name !== 'string' && typeof name !== 'number') return [];
    // An account id without quotes is a number, which the check of values reports.
    return [{ name: String(name).padStart(typeof name === 'number' ? 12 : 0, '0'), path: [...path, key] }];
  });
}

function namedBy(content: unknown, list: string, key: string): Named[] {
  return mappingsIn(content, list).flatMap(({ value, path }) => namesAt(value, key, path));
}

function namesAt(mapping: unknown, key: string, path: Path): Named[] {
  const names = valueAt(mapping, [key]);
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: unknown, index) =>
    typeof name === 'string' ? [{ name, path: [...path, key, index] }] : [],
  );
}

function mappingsIn(content: unknown, list: string): { readonly value: unknown; readonly path: Path }[] {
  const items = valueAt(content, [list]);
  if (!Array.isArray(items)) return [];
  return items
    .map((value: unknown, index) => ({ value, path: [list, index] }))
    .filter(({ value }) => typeof value === 'object' && !Array.isArray(value));
}
