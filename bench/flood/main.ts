import { once } from 'node:events';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ascending, median } from '../load/statistics.ts';
import { installLatchkey } from '../machine/build.ts';
import { type Cores, pinCores } from '../machine/cores.ts';
import { ServerProcess } from '../machine/server-process.ts';
import { freePort, Workspace } from '../machine/workspace.ts';
import { Progress } from '../report/progress.ts';
import { renderTable } from '../report/table.ts';
import { runWithOptions } from '../run-with-options.ts';
import type { AttackerData, AttackerReport } from './attacker.ts';
import { type AttackName, attacks } from './attacks.ts';
import { help, type Options, parseOptions } from './options.ts';
import { askNowAndThen, type Experience } from './well-behaved.ts';

interface Outcome extends Experience, AttackerReport {
  readonly peakMemoryBytes: number | undefined;
}

/** A server renders its first page more slowly. */
const WARM_UP_MS = 500;
/** The attack begins this long before the client does. */
const HEAD_START_MS = 500;

async function measure(
  name: AttackName,
  seconds: number,
  { main, workspace, cores }: { main: string; workspace: Workspace; cores: Cores },
): Promise<Outcome> {
  const dataDir = workspace.makeDataDir();
  const port = await freePort();
  const command = [main, 'serve', '--data-dir', dataDir, '--port', String(port)];
  const server = new ServerProcess(command, { port, dataDir, cores, showOutput: false });
  (await server.connect()).close();
  await askNowAndThen(port, WARM_UP_MS);
  const workerData: AttackerData = { attack: attacks[name], port };
  const attacker = new Worker(new URL('./attacker.ts', import.meta.url), { workerData });
  await setTimeout(HEAD_START_MS);
  const experience = await askNowAndThen(port, seconds * 1000);
  attacker.postMessage('report');
  const [report] = (await once(attacker, 'message')) as [AttackerReport];
  const peakMemoryBytes = server.peakMemoryBytes();
  await attacker.terminate();
  await server.stop();
  return { ...experience, ...report, peakMemoryBytes };
}

function renderOutcome(name: AttackName, outcome: Outcome): readonly string[] {
  const { waitsMs, refused, answered, shed, peakMemoryBytes } = outcome;
  const sorted = waitsMs.toSorted(ascending);
  return [
    attacks[name].title,
    sorted.length === 0 ? 'none' : median(sorted).toFixed(0),
    sorted.length === 0 ? 'none' : (sorted.at(-1) ?? 0).toFixed(0),
    String(waitsMs.length),
    String(refused),
    (answered - shed).toLocaleString('en'),
    shed.toLocaleString('en'),
    peakMemoryBytes === undefined ? '?' : (peakMemoryBytes / 1e6).toFixed(0),
  ];
}

const HEADER = [
  'attack',
  'median wait, ms',
  'worst wait, ms',
  'answered',
  'refused',
  "attacker's answers",
  'shed',
  'peak memory, MB',
];

async function run({ only, seconds, program }: Options): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  const cores = pinCores();
  const workspace = new Workspace();
  const progress = new Progress(process.stderr);
  if (program === undefined) progress.step('building');
  const main = program === undefined ? installLatchkey(workspace.path) : resolve(program);
  const rows: (readonly string[])[] = [];
  for (const name of only) {
    progress.step(name);
    rows.push(renderOutcome(name, await measure(name, seconds, { main, workspace, cores })));
  }
  progress.end();
  console.log(
    [
      `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${process.platform}`,
      `${cores.description}; ${seconds} s of each attack`,
      '',
      renderTable(HEADER, rows),
    ].join('\n'),
  );
}

await runWithOptions({ parse: parseOptions, help, run: run });
