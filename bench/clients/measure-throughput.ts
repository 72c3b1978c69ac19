import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClientBench } from './bench.ts';
import { environment } from './environment.ts';
import { withStub } from './with-stub.ts';

const run = promisify(execFile);

/** Measures how many calls per second a client makes, and the processor time of each. */
export async function measureThroughput(bench: ClientBench): Promise<void> {
  const { calls, figures, progress, settings, sides } = bench;
  const { concurrency, rounds, seconds } = settings;
  await withStub(bench, async (port) => {
    for (let round = 1; round <= rounds; round++) {
      for (const { service } of calls) {
        for (const { name, folder, programs } of sides) {
          const program = programs[service];
          if (program === undefined) continue;
          progress.step(`calls, ${round} of ${rounds}: ${service}, ${name}`);
          const { stdout } = await run(
            process.execPath,
            [join(import.meta.dirname, 'load.ts'), program, String(concurrency), String(seconds)],
            { env: environment(folder, port) },
          );
          const { perSecond, cpuMs }: { perSecond: number; cpuMs: number } = JSON.parse(stdout);
          figures.add(`${service} calls per second`, name, perSecond);
          figures.add(`${service} cpu ms`, name, cpuMs);
        }
      }
    }
  });
}
