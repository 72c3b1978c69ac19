import type { Bench } from './bench.ts';
import { isMeasured } from './measurement.ts';
import { openSite, startServer } from './site.ts';

/**
 * Measures the time from the start of the process to its first answer. The service has run before: its data folder is in
 * use, and caches for the next start (Latchkey's compile cache) are filled.
 */
export async function measureStart(bench: Bench): Promise<void> {
  const { figures, progress, settings } = bench;
  const sites = [];
  for (const service of bench.services) {
    if (!isMeasured('start', service.name)) continue;
    const site = await openSite(bench, service);
    await site.server.stop();
    sites.push(site);
  }
  for (let round = 1; round <= settings.starts; round++) {
    for (const { service, dataDir, client } of sites) {
      progress.step(`start, ${round} of ${settings.starts}: ${service.name}`);
      const server = await startServer(bench, service, dataDir);
      const connection = await server.connect();
      await service.dialect.start(connection, client);
      figures.add('start ms', service.name, performance.now() - server.startedAt);
      connection.close();
      await server.stop();
    }
  }
}
