import { setImmediate } from 'node:timers/promises';
import { ascending, quantile } from './statistics.ts';

/**
 * Starts jobs at random moments (a Poisson process) at a given rate, whether or not earlier ones have finished, and
 * measures each from the moment it was due: a stall delays all that fall due in it, and all of them count.
 *
 * @param jobs one for each worker; a job that is due while every worker is busy waits for the first free one
 * @returns the 99th percentile, in milliseconds
 * @throws {Error} the error of the first failing job
 */
export async function openLoopP99Ms(
  jobs: readonly (() => Promise<void>)[],
  options: { readonly perSecond: number; readonly durationMs: number },
): Promise<number> {
  const durationsMs: number[] = [];
  const endsAt = performance.now() + options.durationMs;
  let nextDueAt = performance.now();

  const work = async (job: () => Promise<void>): Promise<void> => {
    for (;;) {
      const dueAt = nextDueAt;
      if (dueAt >= endsAt) return;
      nextDueAt += (-Math.log(1 - Math.random()) * 1000) / options.perSecond;
      while (performance.now() < dueAt) await setImmediate(); // a timer would be late by up to a millisecond
      await job();
      durationsMs.push(performance.now() - dueAt);
    }
  };
  await Promise.all(jobs.map(work));
  return quantile(durationsMs.sort(ascending), 0.99);
}
