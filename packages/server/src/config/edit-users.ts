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
import { writeFileAtomically } from '../files/write-file-atomically.ts';
import type { UserConfig } from '../people/directory.ts';
import { foldName } from '../people/fold-name.ts';
import { readConfigText } from './config-file.ts';
import { explainFileError } from './file-error.ts';
import { type ConfigSources, checkConfigText, displayPath } from './load-config.ts';
import { renderHint } from './near-match.ts';

/** A change to the users of a configuration file. Names are found whatever their case. */
export type UserEdit =
  | { readonly kind: 'add'; readonly user: UserConfig; readonly groups: readonly string[] }
  | { readonly kind: 'set'; readonly userName: string; readonly values: Partial<UserConfig> };

/** The change cannot be made to what the file says: there is no such user or group, or there is one already. */
export class UserEditError extends Error {
  override readonly name = 'UserEditError';
}

/** The change is right, but the file cannot be written. */
export class ReadOnlyConfigError extends Error {
  override readonly name = 'ReadOnlyConfigError';
  /** What has to stand in the file instead, in YAML. */
  readonly replacement: string;

  constructor(message: string, replacement: string, options: ErrorOptions) {
    super(message, options);
    this.replacement = replacement;
  }
}

/**
 * Changes users in a valid configuration file. Comments and order stay, and the file's mode and owner; whoever reads the
 * file meanwhile sees it before or after.
 *
 * @throws {UserEditError} `there is no user "…"`
 * @throws {ConfigError} when the file would not be valid afterwards
 * @throws {ReadOnlyConfigError}
 */
export async function editUsers(file: string, edit: UserEdit, sources: ConfigSources): Promise<void> {
  const name = displayPath(file, sources.cwd);
  const text = await readConfigText(file, name);
  const document = parseDocument(text);
  const changed = applyEdit(document, edit);
  const edited = renderInStyleOf(text, document);
  await checkConfigText(edited, file, sources);
  try {
    // Where the file is a link, what it leads to is replaced. A file marked read-only is left alone, though its folder
    // would allow to replace it.
    const target = await realpath(file);
    await access(target, constants.W_OK);
    const { mode, uid, gid } = await stat(target);
    writeFileAtomically(target, edited, { mode: mode & 0o777, owner: { uid, gid } });
  } catch (error) {
    const message = `${name} cannot be written: ${explainFileError(error)}`;
    throw new ReadOnlyConfigError(message, stringify(changed, { lineWidth: 0 }), { cause: error });
  }
}

/** @returns the lists that changed, with only the entries that did */
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

/** The list under a key, made if it is not there. */
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
  // An empty list can only be written as [], which is no style to go on in.
  if (list.items.length === 0) list.flow = false;
  list.add(item);
}

function findEntry(list: YAMLSeq, key: string, name: string): YAMLMap | undefined {
  return list.items
    .filter((item) => isMap(item))
    .find((item) => foldName(String(item.get(key))) === foldName(name));
}

function getEntry(list: YAMLSeq, key: string, name: string, kind: string): YAMLMap {
  const entry = findEntry(list, key, name);
  if (entry !== undefined) return entry;
  const names = list.items.filter((item) => isMap(item)).map((item) => String(item.get(key)));
  throw new UserEditError(`there is no ${kind} "${name}"${renderHint(name, names)}`);
}

/** Takes up what the parser does not remember: how lists are indented, and whether brackets have spaces inside. */
function renderInStyleOf(text: string, document: Document): string {
  return document.toString({
    lineWidth: 0,
    indentSeq: !/^- /m.test(text),
    flowCollectionPadding: !/[[{][^\s\]}]/.test(text),
  });
}
