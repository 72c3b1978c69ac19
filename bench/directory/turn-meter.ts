/**
 * Loaded into a server (`--import`): measures how much processor time each turn of its event loop takes, which is what a
 * request waits at least that comes at its beginning. When other programs are running, waits are much longer than turns.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** A turn that took long. */
export interface Turn {
  /** By the clock, in milliseconds. */
  readonly endedAtMs: number;
  readonly cpuMs: number;
}

const LONG_MS = 2;

export const meterFile = 'turns.json';

if (isMainThread && process.argv.includes('serve')) measureTurns();

function measureTurns(): void {
  const turns: Turn[] = [];
  let before = process.threadCpuUsage();
  setInterval(() => {
    const now = process.threadCpuUsage();
    const cpuMs = (now.user + now.system - before.user - before.system) / 1000;
    before = now;
    if (cpuMs >= LONG_MS) turns.push({ endedAtMs: Date.now(), cpuMs });
  }, 1).unref();
  process.on('exit', () => writeFileSync(meterFile, JSON.stringify(turns)));
}
