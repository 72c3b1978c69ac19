import { closedLoop } from '../load/closed-loop.ts';
import { openLoopP99Ms } from '../load/open-loop.ts';
import type { Bench } from './bench.ts';
import { jobsOf, type Stage } from './jobs.ts';
import { withWorkers } from './site.ts';

const warmUpMs = 300;

/** Measures the 99th percentile of the time of a refresh, at half of the service's capacity. */
export async function measureLatency(
  { figures, progress, settings }: Bench,
  stages: readonly Stage[],
): Promise<void> {
  for (let round = 1; round <= settings.rounds; round++) {
    for (const stage of stages) {
      const { service } = stage.site;
      progress.step(`refreshes at half of capacity, round ${round} of ${settings.rounds}: ${service.name}`);
      await withWorkers(stage.site, async (workers) => {
        const work = jobsOf(stage, 'refreshes', workers);
        await closedLoop(work, warmUpMs);
        const capacity =
          figures.median('refreshes per second', service.name) ??
          (await closedLoop(work, settings.seconds * 1000)).perSecond;
        const load = { perSecond: capacity / 2, durationMs: settings.seconds * 1000 };
        figures.add('refresh at half capacity p99 ms', service.name, await openLoopP99Ms(work, load));
      });
    }
  }
}
