import { access, constants, realpath, stat } from 'node:fs/promises';
import {
  type Document,
  isMap,
  isSeq,
  type Node,
  parseDocument,
  stringify,
  type YAMLMap,
  YAMLSeq,
} from 'yaml';
import type { UserConfig } from '../directory/file/declaration.ts';
import { nameKey } from '../directory/name-key.ts';
import { explainFileError } from '../files/file-error.ts';
import { writeFileAtomically } from '../files/write-file-atomically.ts';
import { readConfigText } from './config-file.ts';
import { type ConfigSources, checkConfigText, displayPath } from './load-config.ts';
import { renderHint } from './near-match.ts';

/** A change to the users of a configuration file. Names are compared without regard to case. */
export type UserEdit =
  | { readonly kind: 'add'; readonly user: UserConfig; readonly groups: readonly string[] }
  | { readonly kind: 'set'; readonly userName: string; readonly values: Partial<UserConfig> };

/** The change does not fit the file: the user or group does not exist, or the user exists already. */
export class UserEditError extends Error {
  override readonly name = 'UserEditError';
}

/** The change fits, but the file cannot be written. */
export class ReadOnlyConfigError extends Error {
  override readonly name = 'ReadOnlyConfigError';
  /** The entries that the file should have instead, in YAML. */
  readonly replacement: string;

  constructor(message: string, replacement: string, options: ErrorOptions) {
    super(message, options);
    this.replacement = replacement;
  }
}

/**
 * Changes users in a valid configuration file. Comments, order, file mode and owner stay. A process that reads the file
 * meanwhile sees it whole, before or after the change.
 *
 * @throws {UserEditError} `there is no user "…"`
 * @throws {ConfigError} when the file would not be valid afterwards
 * @throws {ReadOnlyConfigError}
 */
export async function editUsers(file: string, edit: UserEdit, sources: ConfigSources): Promise<void> {
  const name = displayPath(file, sources.cwd);
  const { text } = await readConfigText(file, name);
  const document = parseDocument(text);
  const changed = applyEdit(document, edit);
  const edited = renderInStyleOf(text, document);
  await checkConfigText(edited, file, sources);
  try {
    // A symbolic link is followed, so that its target is replaced. A read-only file is not replaced, though the
    // permissions of its folder would allow it.
    const target = await realpath(file);
    await access(target, constants.W_OK);
    const { mode, uid, gid } = await stat(target);
    writeFileAtomically(target, edited, { mode: mode & 0o777, owner: { uid, gid } });
  } catch (error) {
    const message = `${name} cannot be written: ${explainFileError(error)}`;
    throw new ReadOnlyConfigError(message, stringify(changed, { lineWidth: 0 }), { cause: error });
  }
}

/** @returns the lists that changed, with only the entries that changed */
function applyEdit(document: Document, edit: UserEdit): Record<string, YAMLMap[]> {
  if (edit.kind === 'set') {
    const user = getEntry(listIn(document, 'users'), 'userName', edit.userName, 'user');
    for (const [key, value] of Object.entries(edit.values)) user.set(key, value);
    return { users: [user] };
  }
  const users = listIn(document, 'users');
  const { userName } = edit.user;
  if (findEntry(users, 'userName', userName) !== undefined) {
    throw new UserEditError(`there is a user "${userName}" already`);
  }
  const user = document.createNode({ ...edit.user });
  append(users, user);
  const groups = edit.groups.map((name) => {
    const group = getEntry(listIn(document, 'groups'), 'name', name, 'group');
    append(listIn(group, 'members'), document.createNode(userName));
    return group;
  });
  return { users: [user], ...(groups.length > 0 && { groups }) };
}

/** @returns the list under a key; a new one when the key is missing */
function listIn(parent: Document | YAMLMap, key: string): YAMLSeq {
  const existing = parent.get(key, true);
  if (isSeq(existing)) return existing;
  if (existing !== undefined) {
    throw new UserEditError(`"${key}" is written as an alias (*name): edit the list it stands for by hand`);
  }
  const list = new YAMLSeq();
  parent.set(key, list);
  return list;
}

function append(list: YAMLSeq, item: Node): void {
  // An empty list is always written as [], which says nothing about the style of the file.
  if (list.items.length === 0) list.flow = false;
  list.add(item);
}

function findEntry(list: YAMLSeq, key: string, name: string): YAMLMap | undefined {
  return list.items
    .filter((item) => isMap(item))
    .find((item) => nameKey(String(item.get(key))) === nameKey(name));
}

function getEntry(list: YAMLSeq, key: string, name: string, kind: string): YAMLMap {
  const entry = findEntry(list, key, name);
  if (entry !== undefined) return entry;
  const names = list.items.filter((item) => isMap(item)).map((item) => String(item.get(key)));
  throw new UserEditError(`there is no ${kind} "${name}"${renderHint(name, names)}`);
}

/** Keeps the style that the parser does not record: the indentation of lists, and spaces inside brackets. */
function renderInStyleOf(text: string, document: Document): string {
  return document.toString({
    lineWidth: 0,
    indentSeq: !/^- /m.test(text),
    flowCollectionPadding: !/[[{][^\s\]}]/.test(text),
  });
}
