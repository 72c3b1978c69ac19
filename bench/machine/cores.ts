import { spawnSync } from 'node:child_process';

/** Which processor core does what, so that the load does not take from the server it measures. */
export interface Cores {
  /** What to put before a command line so that it runs on the server's core; empty when nothing is pinned. */
  readonly serverPrefix: readonly string[];
  /** One line for the reader of the figures. */
  readonly description: string;
}

/** Moves this process, the load, to one core, and keeps another for the servers, where `taskset` can do that. */
export function pinCores(): Cores {
  const listed = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  if (listed.status !== 0) return unpinned('no `taskset` here');
  const [server, load] = parseCoreList(listed.stdout.slice(listed.stdout.lastIndexOf(':') + 1).trim());
  if (server === undefined || load === undefined) return unpinned('only one core here');
  const pinned = spawnSync('taskset', ['-acp', String(load), String(process.pid)], { encoding: 'utf8' });
  if (pinned.status !== 0) return unpinned(pinned.stderr.trim());
  return {
    serverPrefix: ['taskset', '-c', String(server)],
    description: `server on core ${server}, load on core ${load}`,
  };
}

const unpinned = (reason: string): Cores => ({
  serverPrefix: [],
  description: `server and load NOT pinned to cores of their own (${reason}): expect noise`,
});

/** @param list as `taskset` prints it, e.g. `0-3,6` */
export function parseCoreList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
