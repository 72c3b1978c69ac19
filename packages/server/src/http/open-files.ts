import { readFileSync } from 'node:fs';

/** What is left to the database, the models and everything else that is a file to the operating system. */
const RESERVED = 128;
const FEWEST = 16;

/**
 * How many connections the operating system lets this process have in each of some pools. Beyond its limit of open files it
 * would turn away whoever comes, whoever has the most.
 *
 * @param limits - as in `/proc/self/limits`; where that is missing, there is taken to be no limit
 */
export function mostConnections(pools: number, limits: string | undefined = readLimits()): number {
  const soft = /^Max open files\s+(\d+)\s/m.exec(limits ?? '')?.[1];
  if (soft === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(FEWEST, Math.floor((Number(soft) - RESERVED) / pools));
}

/** Node has raised the soft limit to the hard one by the time it runs this. */
function readLimits(): string | undefined {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return undefined;
  }
}
