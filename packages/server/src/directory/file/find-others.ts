import type { DirectoryReader } from '../../store/port/directory.ts';
import { nameKey } from '../name-key.ts';
import type { NamedKind } from './declaration.ts';

/** A name in the file that it does not declare. For an account it is the id. */
export interface UndeclaredName {
  readonly kind: NamedKind;
  readonly name: string;
}

/** Entries of other sources to which the file may refer: their ids by their names, as the file has them. */
export type Others = { readonly [K in NamedKind]: ReadonlyMap<string, string> };

export const noOthers: Others = {
  ...{ user: new Map(), group: new Map(), account: new Map(), permissionSet: new Map() },
};

/** Finds the entries of other sources with these names. A name must be as the entry has it, as within the file. */
export async function findOthers(
  store: Pick<DirectoryReader, 'findEntry'>,
  names: readonly UndeclaredName[],
): Promise<Others> {
  const others = {
    ...{ user: new Map<string, string>(), group: new Map<string, string>() },
    ...{ account: new Map<string, string>(), permissionSet: new Map<string, string>() },
  };
  for (const { kind, name } of names) {
    const by = kind === 'account' ? { id: name } : { nameKey: nameKey(name) };
    const entry = await store.findEntry(kind, by);
    // What the file had and does not declare any more is about to leave.
    if (entry === undefined || entry.source === 'file') continue;
    const own = kind === 'account' ? entry.id : 'userName' in entry ? entry.userName : entry.name;
    const hasLeft = 'leftAtMs' in entry && entry.leftAtMs !== undefined;
    if (own === name && !hasLeft) others[kind].set(name, entry.id);
  }
  return others;
}
