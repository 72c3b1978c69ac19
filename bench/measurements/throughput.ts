import { closedLoop } from '../load/closed-loop.ts';
import type { Bench } from './bench.ts';
import type { Job } from './figures.ts';
import { jobsOf, type Stage } from './jobs.ts';
import { isMeasured } from './measurement.ts';
import { withWorkers } from './site.ts';

const warmUpMs = 300;

/** Measures how many jobs the services finish in a second. In each round the services take turns. */
export async function measureThroughput(
  { figures, progress, settings }: Bench,
  stages: readonly Stage[],
  names: readonly Job[],
): Promise<void> {
  for (let round = 1; round <= settings.rounds; round++) {
    for (const job of names) {
      for (const stage of stages) {
        const { server, service } = stage.site;
        if (!isMeasured(job, service.name)) continue;
        progress.step(`${job}, round ${round} of ${settings.rounds}: ${service.name}`);
        await withWorkers(stage.site, async (workers) => {
          const work = jobsOf(stage, job, workers);
          await closedLoop(work, warmUpMs);
          const cpuMsBefore = server.cpuMs();
          const sample = await closedLoop(work, settings.seconds * 1000);
          const cpuMsAfter = server.cpuMs();
          figures.add(`${job} per second`, service.name, sample.perSecond);
          figures.add(`${job} p50 ms`, service.name, sample.p50Ms);
          figures.add(`${job} p99 ms`, service.name, sample.p99Ms);
          figures.add(`${job} load busy`, service.name, sample.loadBusy);
          if (cpuMsBefore !== undefined && cpuMsAfter !== undefined) {
            figures.add(`${job} cpu ms`, service.name, (cpuMsAfter - cpuMsBefore) / sample.finished);
          }
        });
      }
    }
  }
}
