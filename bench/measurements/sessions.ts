import { setTimeout } from 'node:timers/promises';
import { diskBytes } from '../machine/workspace.ts';
import type { Service } from '../services/service.ts';
import type { Bench } from './bench.ts';
import { signIn } from './jobs.ts';
import { isMeasured } from './measurement.ts';
import { makeMany, openSite, startServer, withWorkers } from './site.ts';

/** Time before a server's memory is read, in which it becomes quiet. */
const restMs = 1000;

/** Measures the size of sessions: memory while the service runs, disk after it has stopped. */
export async function measureSessions(bench: Bench): Promise<void> {
  for (const service of bench.services) {
    if (isMeasured('sessions', service.name)) await measureSessionsOf(bench, service);
  }
}

async function measureSessionsOf(bench: Bench, service: Service): Promise<void> {
  const { figures, progress, settings } = bench;
  const site = await openSite(bench, service);
  await site.server.stop();

  const server = await startServer(bench, service, site.dataDir);
  const connection = await server.connect();
  await service.dialect.start(connection, site.client);
  connection.close();
  await setTimeout(restMs);
  const memoryAfterStart = server.memoryBytes();

  let made = 0;
  await withWorkers({ ...site, server }, (workers) =>
    makeMany(workers, settings.sessions, async (worker) => {
      await signIn(site, worker);
      progress.bar(`${service.name}: sessions`, ++made, settings.sessions);
    }),
  );
  await setTimeout(restMs);
  figures.add('memory after start bytes', service.name, memoryAfterStart);
  figures.add('memory growth bytes', service.name, server.memoryBytes() - memoryAfterStart);
  await server.stop();
  figures.add('disk bytes', service.name, diskBytes(site.dataDir));
}
