import type { NamedKind } from '../directory/file/declaration.ts';
import { noOthers, type Others, type UndeclaredName } from '../directory/file/find-others.ts';
import { nameKey } from '../directory/name-key.ts';
import { type Finding, renderPath } from './check-values.ts';
import { renderHint } from './near-match.ts';
import { type Path, valueAt } from './settings-tree.ts';

/** A name, and its place in the configuration. */
interface Named {
  readonly name: string;
  readonly path: Path;
}

const MAX_HINT_COMPARISONS = 1_000_000;
/** The most assignments, each of one role in one account to one user or group. */
const MAX_ASSIGNMENTS = 1_000_000;

/**
 * Checks the names in the directory: none is defined twice, and every name that is referred to is defined, or of an entry
 * that another source has.
 *
 * @param content - as read, not validated, so that one wrong value does not hide these findings
 * @param others - entries of other sources
 */
export function checkDirectoryReferences(content: unknown, others: Others = noOthers): Finding[] {
  return [
    ...checkDirectoryNames(content),
    ...findUndeclared(content).flatMap(({ kind, names, declared }) =>
      names.length === 0 ? [] : findUnknown(names, [...declared, ...others[kind].keys()], KINDS[kind].words),
    ),
  ];
}

/**
 * Checks what each list of the directory says by itself: no name, id or address is there twice, no user has two primary
 * addresses, and every assignment is for somebody.
 *
 * @param content - as read, not validated
 */
export function checkDirectoryNames(content: unknown): Finding[] {
  return [
    ...Object.values(KINDS).flatMap(({ list, key, words }) =>
      findDuplicates(namesIn(content, list, key), words),
    ),
    ...findPrimaryAddresses(content),
    ...findIdleAssignments(content),
    ...findTooManyAssignments(content),
    ...findRepeatedDetails(content),
  ];
}

/** Lists the names that the directory refers to, and does not declare, each once. */
export function listUndeclared(content: unknown): UndeclaredName[] {
  const undeclared = findUndeclared(content);
  return (Object.keys(KINDS) as NamedKind[]).flatMap((kind) => {
    const references = undeclared.filter((each) => each.kind === kind);
    const names = new Set(references.flatMap(({ names }) => names.map(({ name }) => name)));
    return [...names].map((name) => ({ kind, name }));
  });
}

const KINDS: {
  readonly [K in NamedKind]: { readonly list: string; readonly key: string; readonly words: string };
} = {
  user: { list: 'users', key: 'userName', words: 'user' },
  group: { list: 'groups', key: 'name', words: 'group' },
  account: { list: 'accounts', key: 'id', words: 'account' },
  permissionSet: { list: 'permissionSets', key: 'name', words: 'permission set' },
};

/** References to names that are not declared, by where they may be. */
function findUndeclared(content: unknown): readonly {
  readonly kind: NamedKind;
  readonly names: readonly Named[];
  readonly declared: ReadonlySet<string>;
}[] {
  const places = [
    ['groups', 'members', 'user'],
    ['assignments', 'users', 'user'],
    ['assignments', 'groups', 'group'],
    ['assignments', 'accounts', 'account'],
    ['assignments', 'permissionSets', 'permissionSet'],
  ] as const;
  return places.map(([list, members, kind]) => {
    const { list: declaredIn, key } = KINDS[kind];
    const declared = new Set(namesIn(content, declaredIn, key).map(({ name }) => name));
    const names = namedBy(content, list, members).filter(({ name }) => !declared.has(name));
    return { kind, names, declared };
  });
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

function findUnknown(names: readonly Named[], defined: readonly string[], kind: string): Finding[] {
  const known = new Set(defined);
  // A hint looks at every name: in a file that is wrong everywhere, only the first ones get one.
  const hints = Math.max(20, MAX_HINT_COMPARISONS / known.size);
  return names
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }, index) => {
      const hint = index < hints ? renderHint(name, known) : '';
      return { path, part: 'value', message: `${renderPath(path)}there is no ${kind} "${name}"${hint}` };
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

/** At the assignment with which there are more than the store is made for. */
function findTooManyAssignments(content: unknown): Finding[] {
  let count = 0;
  for (const { value, path } of mappingsIn(content, 'assignments')) {
    const lengthOf = (key: string) => namesAt(value, key, path).length;
    const before = count;
    count += (lengthOf('users') + lengthOf('groups')) * lengthOf('accounts') * lengthOf('permissionSets');
    if (before > MAX_ASSIGNMENTS || count <= MAX_ASSIGNMENTS) continue;
    const message = `${renderPath(path)}makes more than ${MAX_ASSIGNMENTS} assignments of one role in one account to one user or group: assign groups instead of users, and accounts where roles are needed`;
    return [{ path, part: 'value', message }];
  }
  return [];
}

/** Ids, external ids and addresses that can be there once only. */
function findRepeatedDetails(content: unknown): Finding[] {
  return [
    ...['users', 'groups', 'permissionSets'].flatMap((list) =>
      findRepeated(
        mappingsIn(content, list).flatMap(({ value, path }) => textAt(value, 'id', path)),
        (id) => `the id ${id}`,
      ),
    ),
    ...['users', 'groups'].flatMap((list) =>
      findRepeated(
        mappingsIn(content, list).flatMap(({ value, path }) => externalIdsAt(value, path)),
        (id) => `the external id ${id}`,
      ),
    ),
    ...['users', 'groups'].flatMap((list) =>
      mappingsIn(content, list).flatMap(({ value, path }) => {
        const issuers = detailsAt(value, 'externalIds', path).flatMap((each) =>
          textAt(each.value, 'issuer', each.path),
        );
        return findRepeated(issuers, (issuer) => `an external id of ${issuer}`);
      }),
    ),
    ...mappingsIn(content, 'users').flatMap(({ value, path }) => findRepeatedAddresses(value, path)),
  ];
}

function findRepeatedAddresses(user: unknown, path: Path): Finding[] {
  const emails = detailsAt(user, 'emails', path);
  const first = textAt(user, 'email', path);
  const addresses = [...first, ...emails.flatMap((each) => textAt(each.value, 'address', each.path))];
  return findRepeated(addresses, (address) => `the address ${address}`);
}

function findRepeated(named: readonly Named[], describe: (name: string) => string): Finding[] {
  const seen = new Map<string, Named>();
  return named.flatMap((each) => {
    const key = nameKey(each.name);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, each);
      return [];
    }
    const place = renderPath(first.path).slice(0, -2);
    const message = `${renderPath(each.path)}${describe(first.name)} is there already, at ${place}`;
    return [{ path: each.path, part: 'value', message }];
  });
}

function externalIdsAt(entry: unknown, path: Path): Named[] {
  return detailsAt(entry, 'externalIds', path).flatMap((each) => {
    const [issuer] = textAt(each.value, 'issuer', each.path);
    const [id] = textAt(each.value, 'id', each.path);
    if (issuer === undefined || id === undefined) return [];
    return [{ name: `${id.name} of ${issuer.name}`, path: id.path }];
  });
}

function detailsAt(
  entry: unknown,
  key: string,
  path: Path,
): { readonly value: unknown; readonly path: Path }[] {
  const items = valueAt(entry, [key]);
  if (!Array.isArray(items)) return [];
  return items.map((value: unknown, index) => ({ value, path: [...path, key, index] }));
}

function textAt(mapping: unknown, key: string, path: Path): Named[] {
  const name = valueAt(mapping, [key]);
  return typeof name === 'string' ? [{ name, path: [...path, key] }] : [];
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
