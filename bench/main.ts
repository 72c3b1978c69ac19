import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { buildServers, installLatchkey } from './machine/build.ts';
import { pinCores } from './machine/cores.ts';
import { openPostgresql, type Postgresql } from './machine/postgresql.ts';
import { Workspace } from './machine/workspace.ts';
import type { Bench } from './measurements/bench.ts';
import { Figures, type Job, jobNames, type ServiceName } from './measurements/figures.ts';
import { type Stage, setStage } from './measurements/jobs.ts';
import { measureLatency } from './measurements/latency.ts';
import { isMeasured } from './measurements/measurement.ts';
import { measureSessions } from './measurements/sessions.ts';
import { openSite } from './measurements/site.ts';
import { measureStart } from './measurements/start.ts';
import { measureThroughput } from './measurements/throughput.ts';
import { help, type Options, parseOptions } from './options.ts';
import { Progress } from './report/progress.ts';
import { renderLoadCheck, renderReport } from './report/report.ts';
import { runWithOptions } from './run-with-options.ts';
import { latchkey, latchkeyOnPostgresql } from './services/latchkey.ts';
import { limit } from './services/limit.ts';
import { oidcProvider } from './services/oidc-provider.ts';
import type { Service } from './services/service.ts';

async function measure(bench: Bench, only: Options['only']): Promise<void> {
  const jobs = jobNames.filter((name) => only.includes(name));
  const latency = only.includes('latency');
  const stages = await setStages(bench, latency ? [...jobs, 'refreshes'] : jobs);
  await measureThroughput(bench, stages, jobs);
  if (latency) await measureLatency(bench, stages);
  for (const { site } of stages) await site.server.stop();
  if (only.includes('start')) await measureStart(bench);
  if (only.includes('sessions')) await measureSessions(bench);
}

async function setStages(bench: Bench, jobs: readonly Job[]): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  for (const service of bench.services) {
    const own = jobs.filter((job) => isMeasured(job, service.name));
    if (own.length === 0) continue;
    bench.progress.step(`setting up ${service.name}`);
    stages.push(await setStage(await openSite(bench, service), own));
  }
  return stages;
}

function findServices(
  names: readonly ServiceName[],
  { path }: Workspace,
  postgresql: Postgresql | undefined,
  progress: Progress,
): Service[] {
  progress.step('building');
  const servers = buildServers(path);
  let installed: string | undefined;
  const main = () => (installed ??= installLatchkey(path));
  const find: Record<ServiceName, () => Service | undefined> = {
    latchkey: () => latchkey(main()),
    postgresql: () => postgresql && latchkeyOnPostgresql(main(), postgresql),
    peer: () => oidcProvider(servers, 'peer'),
    'peer-grouped': () => oidcProvider(servers, 'peer-grouped'),
    limit: () => limit(servers),
  };
  return names.flatMap((name) => find[name]() ?? []);
}

async function main(options: Options): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  const cores = pinCores();
  const workspace = new Workspace();
  const progress = new Progress(process.stderr);
  const needsPostgresql = options.services.includes('postgresql');
  await using postgresql = needsPostgresql ? await openPostgresql(cores) : undefined;
  const postgresqlLine =
    postgresql?.description ?? 'PostgreSQL: skipped, none was found; npm run test:postgresql installs it';
  const bench: Bench = {
    services: findServices(options.services, workspace, postgresql, progress),
    workspace,
    cores,
    figures: new Figures(),
    progress,
    settings: options.settings,
  };
  await measure(bench, options.only);
  progress.end();
  const conditions = [...describeConditions(bench), ...(needsPostgresql ? [postgresqlLine] : [])];
  const names = bench.services.map(({ name }) => name);
  console.log(`${conditions.join('\n')}\n\n${renderReport(bench.figures, names, options.settings.sessions)}`);
  if (options.json !== undefined) {
    writeFileSync(
      options.json,
      `${JSON.stringify({ conditions, settings: options.settings, figures: bench.figures }, null, 2)}\n`,
    );
  }
}

/** Conditions of the measurement, by which a reader can judge the figures. */
function describeConditions({ cores, figures, services, settings }: Bench): readonly string[] {
  const names = services.map(({ name }) => name);
  return [
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${process.platform}`,
    cores.description,
    `concurrency ${settings.concurrency}, medians of ${settings.rounds} rounds of ${settings.seconds} s`,
    ...renderLoadCheck(figures, names),
    ...(names.includes('peer') || names.includes('peer-grouped')
      ? ['peer: oidc-provider, each change committed by itself; grouped: the changes of a tick together']
      : []),
    'what the servers print is discarded',
  ];
}

await runWithOptions({ parse: parseOptions, help, run: main });
