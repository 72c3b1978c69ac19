import { join } from 'node:path';
import type { Connection } from '../load/connection.ts';
import { ServerProcess } from '../machine/server-process.ts';
import { freePort } from '../machine/workspace.ts';
import type { Browser, Client, Service } from '../services/service.ts';
import type { Bench } from './bench.ts';

/** A running service, with the browsers that will load it. */
export interface Site {
  readonly service: Service;
  readonly dataDir: string;
  readonly server: ServerProcess;
  readonly client: Client;
  /** One signed-in browser for each worker. */
  readonly browsers: readonly Browser[];
}

/** A worker of the load: a connection, and a browser of its own. */
export interface Worker {
  readonly connection: Connection;
  readonly browser: Browser;
}

export async function startServer(bench: Bench, service: Service, dataDir: string): Promise<ServerProcess> {
  const port = await freePort();
  const { cores, settings } = bench;
  const { showOutput, profileFolder } = settings;
  const { environment = {} } = service;
  const command = [...profileFlags(service.name, profileFolder), ...service.command(dataDir, port)];
  return new ServerProcess(command, { port, dataDir, cores, showOutput, environment });
}

/** Flags with which Node writes a CPU profile when the process ends; the threads of a server write one each. */
function profileFlags(name: string, folder: string | undefined): readonly string[] {
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(folder, name)}`];
}

/** Starts a service on an empty data folder, registers a client, and signs in one browser for each worker. */
export async function openSite(bench: Bench, service: Service): Promise<Site> {
  const dataDir = bench.workspace.makeDataDir();
  await service.prepare(dataDir);
  const server = await startServer(bench, service, dataDir);
  const connection = await server.connect();
  await service.becomeReady?.(connection);
  const client = await service.dialect.register(connection);
  const browsers: Browser[] = [];
  while (browsers.length < bench.settings.concurrency) {
    browsers.push(await service.dialect.openBrowser(connection, client));
  }
  connection.close();
  return { service, dataDir, server, client, browsers };
}

/** Runs work with the workers' connections open. They are closed afterwards, because the service closes idle connections. */
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

/** Makes `count` things, with all workers in parallel. */
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
