import { findNearMatch } from '../../config/near-match.ts';
import type { CommandDirectory, NamedKind } from '../../control/command-directory.ts';
import { nameKey } from '../../directory/name-key.ts';
import type { AccountEntry, EntryOf } from '../../store/port/directory.ts';
import { CommandError } from '../exit-code.ts';

/** Kinds of entries in words. */
export const kindNames = {
  user: 'user',
  group: 'group',
  account: 'account',
  permissionSet: 'permission set',
} as const satisfies Record<NamedKind, string>;

const idForms = {
  user: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  group: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  account: /^\d{12}$/,
  permissionSet: /^ps-[\da-f]{16}$/,
} as const satisfies Record<NamedKind, RegExp>;

/**
 * Finds an entry by its name, in any case, or its id; an account by its name where no other has it.
 *
 * @throws {CommandError} `There is no group "develop"; did you mean "developers"?`
 */
export async function getEntry<K extends NamedKind>(
  directory: CommandDirectory,
  kind: K,
  name: string,
): Promise<EntryOf[K]> {
  const entry = await findEntry(directory, kind, name);
  if (entry !== undefined) return entry;
  throw new CommandError(
    `There is no ${kindNames[kind]} "${name}"${await renderHint(directory, kind, name)}`,
  );
}

/** @returns `undefined` where there is none */
export async function findEntry<K extends NamedKind>(
  directory: CommandDirectory,
  kind: K,
  name: string,
): Promise<EntryOf[K] | undefined> {
  if (name === '') return undefined;
  const [byName] = await directory.findEntries(kind, { names: [name] });
  if (byName) return byName;
  const [byId] = idForms[kind].test(name) ? await directory.findEntries(kind, { ids: [name] }) : [];
  return byId ?? undefined;
}

/** Entries that are compared with a name that nobody has. */
const COMPARED = 100;

/** @returns the end of a message about an unknown name: `; did you mean "…"?`, or the command that lists the names */
export async function renderHint(
  directory: CommandDirectory,
  kind: NamedKind,
  name: string,
): Promise<string> {
  const key = nameKey(name);
  // The first ones, and those that begin alike: a whole directory is not compared.
  const starts = [undefined, ...new Set([key.slice(0, 1), key.slice(0, 3)])];
  const pages = await Promise.all(
    starts.map((after) => directory.listEntries(kind, { limit: COMPARED, ...(after && { after }) })),
  );
  const names = new Set(pages.flat().map((entry) => nameOf(entry as EntryOf[NamedKind])));
  const near = findNearMatch(name, names);
  if (near !== undefined) return `; did you mean "${near}"?`;
  if (names.size === 0) return `; there is none yet: \`latchkey ${commandOf[kind]} add\` adds one`;
  if (names.size <= 16) return `; known are ${[...names].join(', ')}`;
  return `; \`latchkey ${commandOf[kind]} list\` lists them`;
}

/** The command of a kind of entries. */
export const commandOf = {
  user: 'user',
  group: 'group',
  account: 'account',
  permissionSet: 'permission-set',
} as const satisfies Record<NamedKind, string>;

/** What people call an entry: its name, an account its id. */
export function nameOf(entry: EntryOf[NamedKind]): string {
  if ('userName' in entry) return entry.userName;
  return isAccount(entry) ? entry.id : entry.name;
}

function isAccount(entry: EntryOf['group' | 'account' | 'permissionSet']): entry is AccountEntry {
  return /^\d{12}$/.test(entry.id);
}
