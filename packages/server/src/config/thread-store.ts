import type { FileStore } from '../directory/file/sides.ts';
import type { DirectoryWriter } from '../store/port/directory-change.ts';
import { readDatabaseDirectory } from '../store/sqlite/read-directory.ts';

/** What a reading thread needs of the store. */
export type ThreadStore = FileStore & DirectoryWriter;

/**
 * The store of another thread. What is in a database file is read here, so that whoever waits for the other thread does not
 * wait for that; everything else is asked of the other thread, which alone makes changes.
 *
 * @param ask - calls a method of the store in the other thread
 */
export function threadStore(
  databaseFile: string | undefined,
  ask: (method: string, args: readonly unknown[]) => Promise<unknown>,
): ThreadStore {
  const reader = databaseFile === undefined ? undefined : readDatabaseDirectory(databaseFile)?.reader;
  return new Proxy({} as ThreadStore, {
    get(_, method) {
      const name = String(method);
      // Whatever has this method is taken for a promise.
      if (name === 'then') return undefined;
      const read: unknown = name === 'changeDirectory' ? undefined : reader && Reflect.get(reader, name);
      return typeof read === 'function'
        ? read.bind(reader)
        : (...args: readonly unknown[]) => ask(name, args);
    },
  });
}
