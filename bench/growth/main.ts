/** Measures a server whose store has many sessions: `npm run bench:growth [-- --store sqlite --chart FILE]`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueToken, parseToken, type TokenKind } from '../../packages/server/src/keys/token.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { median } from '../load/statistics.ts';
import { installLatchkey } from '../machine/build.ts';
import { pinCores } from '../machine/cores.ts';
import { openPostgresql } from '../machine/postgresql.ts';
import { Workspace } from '../machine/workspace.ts';
import type { Bench } from '../measurements/bench.ts';
import { Figures } from '../measurements/figures.ts';
import { jobsOf, type Stage, setStage, signIn } from '../measurements/jobs.ts';
import { makeMany, openSite, type Site, startServer, withWorkers } from '../measurements/site.ts';
import { renderLineChart } from '../report/line-chart.ts';
import { Progress } from '../report/progress.ts';
import { renderTable } from '../report/table.ts';
import { runWithOptions } from '../run-with-options.ts';
import { latchkey, latchkeyOnPostgresql } from '../services/latchkey.ts';
import type { Tokens } from '../services/service.ts';
import { help, type Options, parseOptions, type StoreName } from './options.ts';
import { openPostgresqlSessions, openSqliteSessions, type SessionRows } from './session-rows.ts';

const measuredJobs = ['refreshes', 'polls', 'checks'] as const;
type MeasuredJob = (typeof measuredJobs)[number];

/** Sessions that the jobs take in turn. */
const IN_USE = 1_000;
const WARM_UP_MS = 300;
/** So much more at most, whatever the number of sessions. */
const TARGET = 1.2;

interface Growth {
  readonly store: StoreName;
  readonly size: number;
  /** Processor time each, over that of the smallest size, measured in turn with it. */
  readonly ratios: Readonly<Record<MeasuredJob, number>>;
  readonly cpuUs: Readonly<Record<MeasuredJob, number>>;
}

async function run({ stores, sizes, rounds, seconds, chart }: Options): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  const cores = pinCores();
  const progress = new Progress(process.stderr);
  const workspace = new Workspace();
  progress.step('building');
  const program = installLatchkey(workspace.path);
  const settings = { concurrency: 32, rounds, seconds, starts: 1, sessions: 1, showOutput: false };
  const bench: Bench = { services: [], workspace, cores, figures: new Figures(), progress, settings };
  await using postgresql = stores.includes('postgresql') ? await openPostgresql(cores) : undefined;
  const grown: Growth[] = [];
  for (const store of stores) {
    if (store === 'postgresql' && postgresql === undefined) {
      console.log('PostgreSQL: skipped, none was found; npm run test:postgresql installs it');
      continue;
    }
    const service = store === 'sqlite' ? latchkey(program) : latchkeyOnPostgresql(program, postgresql!);
    const few = await fill(bench, await openSite(bench, service), sizes[0]!);
    let many = await openSite(bench, service);
    for (const size of sizes) {
      const stage = size === sizes[0] ? few : await fill(bench, many, size);
      const cpu = await measureInTurn(bench, few, stage);
      grown.push({ store, size, ...cpu });
      if (stage !== few) {
        await stage.site.server.stop();
        many = stage.site;
      }
    }
    await few.site.server.stop();
  }
  progress.end();
  console.log(`${cores.description}\n\n${render(grown)}`);
  if (chart !== undefined) writeFileSync(chart, draw(grown));
}

/** Stops the server, fills its store up to a number of sessions, and starts it anew. */
async function fill(bench: Bench, site: Site, size: number): Promise<Stage> {
  const { service, dataDir } = site;
  const label = `${size.toLocaleString('en')} sessions in ${service.name === 'latchkey' ? 'SQLite' : 'PostgreSQL'}`;
  bench.progress.step(label);
  const running = (await isUp(site)) ? site : { ...site, server: await startServer(bench, service, dataDir) };
  const [made] = await withWorkers(running, (workers) =>
    makeMany(workers.slice(0, 1), 1, (worker) => signIn(running, worker)),
  );
  await running.server.stop();
  const rows = await openSessions(site);
  const missing = size - (await rows.count());
  await rows.copy(missing, (done) => bench.progress.bar(label, done, missing));
  const picked = await rows.pick(Math.min(IN_USE, size));
  const sessions = picked.map(
    (row): Tokens => ({
      accessToken: tokenOf(rows, 'accessToken', made!.accessToken, row),
      refreshToken: tokenOf(rows, 'refreshToken', made!.refreshToken, row),
    }),
  );
  await rows.close();
  const filled = { ...site, server: await startServer(bench, service, dataDir) };
  const connection = await filled.server.connect();
  await service.becomeReady?.(connection);
  connection.close();
  return { ...(await setStage(filled, ['polls'])), sessions };
}

async function isUp({ server }: Site): Promise<boolean> {
  try {
    (await server.connect(1)).close();
    return true;
  } catch {
    return false;
  }
}

/** Makes the token that a row's session has, from one of another session of the same kind. */
function tokenOf(
  { keys }: SessionRows,
  kind: TokenKind,
  like: string,
  { id, salt, generation }: { readonly id: number; readonly salt: Uint8Array; readonly generation: number },
): string {
  const { scopeMask, expiresAtMs } = parseToken(kind, like)!;
  return issueToken(keys, kind, { id, generation, scopeMask, expiresAtMs }, salt);
}

function openSessions({ service, dataDir }: Site): Promise<SessionRows> {
  if (service.name === 'latchkey') return openSqliteSessions(dataDir);
  const url = /^store: (.*)$/m.exec(readFileSync(join(dataDir, 'latchkey.yaml'), 'utf8'))?.[1];
  return openPostgresqlSessions(url ?? '', service.environment?.['LATCHKEY_MASTER_SECRET'] ?? '');
}

async function measureInTurn(
  bench: Bench,
  few: Stage,
  many: Stage,
): Promise<Pick<Growth, 'ratios' | 'cpuUs'>> {
  const ratios: Partial<Record<MeasuredJob, number>> = {};
  const cpuUs: Partial<Record<MeasuredJob, number>> = {};
  for (const job of measuredJobs) {
    const samples: (readonly [number, number])[] = [];
    for (let round = 1; round <= bench.settings.rounds; round++) {
      bench.progress.step(`${job}, round ${round} of ${bench.settings.rounds}`);
      const before = await measure(bench, few, job);
      samples.push([before, many === few ? before : await measure(bench, many, job)]);
    }
    ratios[job] = median(samples.map(([before, after]) => after / before));
    cpuUs[job] = median(samples.map(([, after]) => after));
  }
  return { ratios, cpuUs } as Pick<Growth, 'ratios' | 'cpuUs'>;
}

/** @returns processor time of the server for each job, in microseconds */
async function measure({ settings }: Bench, stage: Stage, job: MeasuredJob): Promise<number> {
  const { server } = stage.site;
  return withWorkers(stage.site, async (workers) => {
    const work = jobsOf(stage, job, workers);
    await closedLoop(work, WARM_UP_MS);
    const before = server.cpuMs();
    const { finished } = await closedLoop(work, settings.seconds * 1000);
    const after = server.cpuMs();
    if (before === undefined || after === undefined)
      throw new Error('There is no /proc here: no processor time');
    return ((after - before) * 1000) / finished;
  });
}

function render(grown: readonly Growth[]): string {
  const header = ['sessions', ...measuredJobs.flatMap((job) => [`${job}, µs`, `(≤ ${TARGET})`])];
  const rows = grown.map(({ store, size, ratios, cpuUs }) => [
    `${size.toLocaleString('en')}, ${store}`,
    ...measuredJobs.flatMap((job) => [
      cpuUs[job].toFixed(0),
      `${ratios[job] > TARGET ? '✗ ' : ''}${ratios[job].toFixed(2)}`,
    ]),
  ]);
  return renderTable(header, rows);
}

function draw(grown: readonly Growth[]): string {
  const stores = [...new Set(grown.map(({ store }) => store))];
  return renderLineChart({
    title: 'Processor time of a request, by number of sessions in the store',
    x: { label: 'sessions in the store', scale: 'log' },
    y: { label: 'processor time, µs' },
    lines: stores.flatMap((store) =>
      measuredJobs.map((job) => ({
        label: `${job}, ${store === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`,
        points: grown
          .filter((each) => each.store === store)
          .map(({ size, cpuUs }) => [size, cpuUs[job]] as const),
      })),
    ),
  });
}

await runWithOptions({ parse: parseOptions, help, run });
