import { parseConfigFile, readConfigText } from '../../config/config-file.ts';
import { displayPath } from '../../config/load-config.ts';
import { type Path, valueAt } from '../../config/settings-tree.ts';
import type { CommandDirectory, NamedKind } from '../../control/command-directory.ts';
import { nameKey } from '../../directory/name-key.ts';
import type { EntryRef } from '../../store/port/directory-change.ts';
import { nameOf } from './find-entry.ts';

/**
 * Finds where the configuration file declares an entry, as the file is now.
 *
 * @returns e.g. `latchkey.yaml:12`; the file alone when the place is not found
 */
export async function locateDeclaration(
  directory: CommandDirectory,
  entry: Pick<EntryRef, 'kind' | 'id' | 'name'>,
): Promise<string> {
  const { configFile } = await directory.describe();
  if (configFile === undefined) return 'the environment variables of the server';
  const file = displayPath(configFile, process.cwd());
  const line = await findLine(directory, configFile, entry).catch(() => undefined);
  return line === undefined ? file : `${file}:${line}`;
}

async function findLine(
  directory: CommandDirectory,
  configFile: string,
  entry: Pick<EntryRef, 'kind' | 'id' | 'name'>,
): Promise<number | undefined> {
  const { text } = await readConfigText(configFile, configFile);
  const { content, locate } = await parseConfigFile(text, configFile);
  const path = await findPath(directory, content, entry);
  return path && locate(path, 'value').line;
}

async function findPath(
  directory: CommandDirectory,
  content: unknown,
  { kind, id, name = id }: Pick<EntryRef, 'kind' | 'id' | 'name'>,
): Promise<Path | undefined> {
  const find = (list: string, isIt: (item: unknown) => boolean, key: string): Path | undefined => {
    const items = valueAt(content, [list]);
    const index = Array.isArray(items) ? items.findIndex(isIt) : -1;
    return index === -1 ? undefined : [list, index, key];
  };
  const named = (key: string, wanted: string) => (item: unknown) => isSame(valueAt(item, [key]), wanted);
  const [first = '', second = '', third = ''] = id.split(' ');
  switch (kind) {
    case 'user':
      return find('users', named('userName', name), 'userName');
    case 'group':
      return find('groups', named('name', name), 'name');
    case 'account':
      return find('accounts', named('id', id), 'id');
    case 'permissionSet':
      return find('permissionSets', named('name', name), 'name');
    case 'membership': {
      const [user, group] = [
        await findName(directory, 'user', first),
        await findName(directory, 'group', second),
      ];
      const path = find('groups', named('name', group), 'members');
      const members = path && valueAt(content, path);
      const index = Array.isArray(members) ? members.findIndex((member) => isSame(member, user)) : -1;
      return index === -1 ? path : [...(path ?? []), index];
    }
    case 'userAssignment':
    case 'groupAssignment': {
      const isOfUser = kind === 'userAssignment';
      const principal = await findName(directory, isOfUser ? 'user' : 'group', first);
      const role = await findName(directory, 'permissionSet', third);
      const has = (item: unknown, key: string, wanted: string) => {
        const values = valueAt(item, [key]);
        return Array.isArray(values) && values.some((value) => isSame(value, wanted));
      };
      const principals = isOfUser ? 'users' : 'groups';
      const isIt = (item: unknown) =>
        has(item, principals, principal) &&
        has(item, 'accounts', second) &&
        has(item, 'permissionSets', role);
      return find('assignments', isIt, principals);
    }
  }
}

function isSame(value: unknown, name: string): boolean {
  return typeof value === 'string' && nameKey(value) === nameKey(name);
}

/** The name of an entry; its id where it is there no more. */
export async function findName(directory: CommandDirectory, kind: NamedKind, id: string): Promise<string> {
  const [entry] = await directory.findEntries(kind, { ids: [id] });
  return entry ? nameOf(entry) : id;
}
