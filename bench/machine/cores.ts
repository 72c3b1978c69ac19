import { spawnSync } from 'node:child_process';

/** Assignment of processor cores, so that the load generator takes no time from the measured server. */
export interface Cores {
  /** Prefix of a command line that pins it to the server's core; empty when nothing is pinned. */
  readonly serverPrefix: readonly string[];
  /** The same for a database that the servers share: a third core, or that of the load where there are only two. */
  readonly databasePrefix: readonly string[];
  /** One line about it, for the reader of the figures. */
  readonly description: string;
}

/** Pins this process, the load generator, to one core, and reserves another for the servers, where `taskset` can do that. */
export function pinCores(): Cores {
  const listed = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  if (listed.status !== 0) return unpinned('no `taskset` here');
  const [server, load, database = load] = parseCoreList(
    listed.stdout.slice(listed.stdout.lastIndexOf(':') + 1).trim(),
  );
  if (server === undefined || load === undefined) return unpinned('only one core here');
  const pinned = spawnSync('taskset', ['-acp', String(load), String(process.pid)], { encoding: 'utf8' });
  if (pinned.status !== 0) return unpinned(pinned.stderr.trim());
  return {
    serverPrefix: ['taskset', '-c', String(server)],
    databasePrefix: ['taskset', '-c', String(database)],
    description: `server on core ${server}, load on core ${load}`,
  };
}

const unpinned = (reason: string): Cores => ({
  serverPrefix: [],
  databasePrefix: [],
  description: `server and load NOT pinned to cores of their own (${reason}): expect noise`,
});

/** Parses a list of cores. @param list in the format of `taskset`, e.g. `0-3,6` */
export function parseCoreList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
