import { ascending, quantile } from './statistics.ts';

export interface Sample {
  /** Number of finished jobs. */
  readonly finished: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the time this process was busy, 0 to 1; near 1 the load was the bottleneck, and not the server. */
  readonly loadBusy: number;
}

/**
 * Closed loop: every worker repeats its job without pause, and finished jobs are counted.
 *
 * @param jobs one for each worker
 * @throws {Error} the error of the first failing job
 */
export async function closedLoop(
  jobs: readonly (() => Promise<void>)[],
  durationMs: number,
): Promise<Sample> {
  const durationsMs: number[] = [];
  const usage = process.cpuUsage();
  const beganAt = performance.now();

  const work = async (job: () => Promise<void>): Promise<void> => {
    let startedAt = performance.now();
    while (startedAt - beganAt < durationMs) {
      await job();
      const finishedAt = performance.now();
      durationsMs.push(finishedAt - startedAt);
      startedAt = finishedAt;
    }
  };
  await Promise.all(jobs.map(work));

  const elapsedMs = performance.now() - beganAt;
  const { user, system } = process.cpuUsage(usage);
  durationsMs.sort(ascending);
  return {
    finished: durationsMs.length,
    perSecond: (durationsMs.length * 1000) / elapsedMs,
    p50Ms: quantile(durationsMs, 0.5),
    p99Ms: quantile(durationsMs, 0.99),
    loadBusy: (user + system) / 1000 / elapsedMs,
  };
}
