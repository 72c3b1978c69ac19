import type { Connection } from '../load/connection.ts';
import { ServerProcess } from '../machine/server-process.ts';
import { freePort } from '../machine/workspace.ts';
import type { Browser, Client, Service } from '../services/service.ts';
import type { Bench } from './bench.ts';

/** A service that runs, and those who will load it. */
export interface Site {
  readonly service: Service;
  readonly dataDir: string;
  readonly server: ServerProcess;
  readonly client: Client;
  /** One for each worker; somebody is signed in in each. */
  readonly browsers: readonly Browser[];
}

/** One of those who load a service: a connection and a browser of its own. */
export interface Worker {
  readonly connection: Connection;
  readonly browser: Browser;
}

export async function startServer(bench: Bench, service: Service, dataDir: string): Promise<ServerProcess> {
  const port = await freePort();
  const { cores, settings } = bench;
  const { showOutput } = settings;
  return new ServerProcess(service.command(dataDir, port), { port, dataDir, cores, showOutput });
}

/** Starts a service on an empty data folder, registers a client, and signs in as many browsers as there are workers. */
export async function openSite(bench: Bench, service: Service): Promise<Site> {
  const dataDir = bench.workspace.makeDataDir();
  await service.prepare(dataDir);
  const server = await startServer(bench, service, dataDir);
  const connection = await server.connect();
  const client = await service.dialect.register(connection);
  const browsers: Browser[] = [];
  while (browsers.length < bench.settings.concurrency) {
    browsers.push(await service.dialect.openBrowser(connection, client));
  }
  connection.close();
  return { service, dataDir, server, client, browsers };
}

/** Opens the workers' connections, lets them work, and closes the connections again: idle ones would be closed on them. */
export async function withWorkers<T>(
  { server, browsers }: Site,
  work: (workers: readonly Worker[]) => Promise<T>,
): Promise<T> {
  const workers = await Promise.all(
    browsers.map(async (browser) => ({ connection: await server.connect(), browser })),
  );
  try {
    return await work(workers);
  } finally {
    for (const { connection } of workers) connection.close();
  }
}

/** Makes `count` of something, the workers side by side. */
export async function makeMany<T>(
  workers: readonly Worker[],
  count: number,
  make: (worker: Worker) => Promise<T>,
): Promise<T[]> {
  const made: T[] = [];
  let begun = 0;
  await Promise.all(
    workers.map(async (worker) => {
      while (begun < count) {
        begun++;
        made.push(await make(worker));
      }
    }),
  );
  return made;
}
