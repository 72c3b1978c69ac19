import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Watches the entries of one folder, not those of its subfolders. Throws when the system cannot. */
export type WatchFolder = (
  folder: string,
  onEvent: (event: string, name: string | null) => void,
) => Pick<FSWatcher, 'on' | 'close'>;

export const watchFolderBySystem: WatchFolder = (folder, onEvent) =>
  watch(folder, { persistent: false }, onEvent);

export interface PathWatch {
  /**
   * Watches every folder that the path leads through now, and no other. What changes from here on is reported until the
   * next `renew`, so whoever reads what is at the path after it misses nothing.
   *
   * @returns the first folder that the system cannot watch, and why; `undefined` when it watches all
   */
  renew(): Promise<UnwatchedFolder | undefined>;
  close(): void;
}

export interface UnwatchedFolder {
  readonly folder: string;
  readonly error: unknown;
}

/** As Linux: a path that leads through more links is taken for a circle. */
const MAX_LINKS = 40;

/**
 * Watches a path, not the file or folder that it leads to at first: every folder on the way, links included, is watched for
 * the entry that the path takes in it. So it is seen when the file is replaced, when a link anywhere in the path is
 * exchanged, when a folder is removed and made again, and when something that is missing is made.
 *
 * @param target - absolute
 * @param options.tree - whether everything below the folder at the end of the path counts, too; hidden folders and
 *   `node_modules` do not
 * @param options.onEvent - something has changed; `renew` is wanted
 */
export function watchPath(
  target: string,
  options: { readonly onEvent: () => void; readonly tree?: boolean; readonly watchFolder: WatchFolder },
): PathWatch {
  const watchers = new Map<string, { readonly id: string; readonly watcher: ReturnType<WatchFolder> }>();
  /** For each folder on the way the entries that count, or `*` for all. */
  let wanted = new Map<string, Set<string>>();
  let unwatched: UnwatchedFolder | undefined;
  let isClosed = false;

  function onFolderEvent(folder: string, name: string | null): void {
    const entry = name === null ? folder : path.join(folder, name);
    // What was watched at the entry or below it may be gone, or something else by now. An event about a folder itself, which
    // has gone or is mounted elsewhere, comes with its own name.
    const outdated = [...watchers.keys()].filter(
      (watched) => isWithin(watched, entry) || (watched === folder && name === path.basename(folder)),
    );
    for (const watched of outdated) stopWatching(watched);
    const names = wanted.get(folder);
    if (outdated.length > 0 || name === null || names?.has(name) || names?.has('*')) options.onEvent();
  }

  function stopWatching(folder: string): void {
    watchers.get(folder)?.watcher.close();
    watchers.delete(folder);
  }

  /**
   * Called before the entry is looked at: a change is then either in what is found, or reported.
   *
   * @param id - tells a folder from another at the same place, e.g. one that was mounted over it
   */
  function want(folder: string, name: string, id: string): void {
    wanted.set(folder, (wanted.get(folder) ?? new Set()).add(name));
    if (watchers.get(folder)?.id !== id) stopWatching(folder);
    if (watchers.has(folder) || isClosed) return;
    try {
      const watcher = options.watchFolder(folder, (_, changed) => {
        if (watchers.get(folder)?.watcher === watcher) onFolderEvent(folder, changed);
      });
      watchers.set(folder, { id, watcher });
      watcher.on('error', () => onFolderEvent(folder, null));
    } catch (error) {
      // A folder that has gone meanwhile is reported by the one around it.
      if (!isMissing(error)) unwatched ??= { folder, error };
    }
  }

  /** @returns the folder at the end of the path; `undefined` when it ends at a file, or before */
  async function walk(): Promise<string | undefined> {
    let folder = path.parse(target).root;
    const rest = target.slice(folder.length).split(path.sep);
    for (let links = 0; rest.length > 0; ) {
      const name = rest.shift() ?? '';
      if (name === '..') folder = path.dirname(folder);
      if (name === '' || name === '.' || name === '..') continue;
      want(folder, name, await identify(folder));
      const entry = path.join(folder, name);
      const status = await lstat(entry).catch(() => undefined);
      if (status?.isDirectory()) {
        folder = entry;
      } else if (status?.isSymbolicLink() && links < MAX_LINKS) {
        links += 1;
        const link = await readlink(entry).catch(() => '');
        if (link === '') return undefined;
        if (path.isAbsolute(link)) folder = path.parse(link).root;
        rest.unshift(...link.split(path.sep));
      } else {
        return undefined;
      }
    }
    return folder;
  }

  async function wantTree(folder: string): Promise<void> {
    want(folder, '*', await identify(folder));
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      await wantTree(path.join(folder, entry.name));
    }
  }

  return {
    async renew() {
      wanted = new Map();
      unwatched = undefined;
      const end = await walk();
      if (options.tree && end !== undefined) await wantTree(end);
      for (const folder of [...watchers.keys()]) if (!wanted.has(folder)) stopWatching(folder);
      return unwatched;
    },
    close() {
      isClosed = true;
      for (const folder of [...watchers.keys()]) stopWatching(folder);
    },
  };
}

async function identify(folder: string): Promise<string> {
  const status = await lstat(folder).catch(() => undefined);
  return `${status?.dev}:${status?.ino}`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function isWithin(folder: string, outer: string): boolean {
  return folder === outer || folder.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}
