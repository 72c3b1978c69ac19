import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { pinCores } from '../machine/cores.ts';
import { Workspace } from '../machine/workspace.ts';
import { Figures } from '../measurements/figures.ts';
import { Progress } from '../report/progress.ts';
import { runWithOptions } from '../run-with-options.ts';
import type { ClientBench } from './bench.ts';
import { calls } from './calls.ts';
import type { ClientMeasure, SideName } from './figures.ts';
import { measureGeneration } from './measure-generation.ts';
import { measureSize } from './measure-size.ts';
import { measureStart } from './measure-start.ts';
import { measureThroughput } from './measure-throughput.ts';
import { measureUrl } from './measure-url.ts';
import { type ClientOptions, help, type MeasurementName, parseOptions } from './options.ts';
import { renderClientReport } from './report.ts';
import { installLatchkey, installSdk, installSmall } from './sides.ts';

const measurements: Readonly<Record<MeasurementName, (bench: ClientBench) => Promise<void>>> = {
  size: measureSize,
  start: measureStart,
  throughput: measureThroughput,
  generation: measureGeneration,
  url: measureUrl,
};

async function main({ only, settings, json }: ClientOptions): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  const cores = pinCores();
  const workspace = new Workspace();
  const progress = new Progress(process.stderr);
  const figures = new Figures<ClientMeasure, SideName>();
  progress.step('building and installing');
  const [latchkey, sdk] = [await installLatchkey(workspace, calls), installSdk(workspace, calls)];
  const present = calls.filter(({ service }) => service in latchkey.programs && service in sdk.programs);
  const small = (['aws-lite', 'aws4fetch'] as const).map((name) => installSmall(workspace, present, name));
  const sides = [latchkey, sdk, ...small];
  const missing = calls.filter((call) => !present.includes(call)).map(({ service }) => service);
  const bench = { sides, calls: present, workspace, cores, figures, progress, settings };
  for (const name of only) await measurements[name](bench);
  progress.end();

  const conditions = [
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${process.platform}`,
    cores.description.replaceAll('server', 'stub').replaceAll('load', 'clients'),
    `concurrency ${settings.concurrency}, medians of ${settings.rounds} rounds of ${settings.seconds} s, and of ${settings.starts} starts`,
    ...(missing.length === 0 ? [] : [`left out, as their models are not there: ${missing.join(', ')}`]),
  ];
  console.log(`${conditions.join('\n')}\n\n${renderClientReport(figures)}`);
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify({ conditions, settings, figures }, null, 2)}\n`);
  }
}

await runWithOptions({ parse: parseOptions, help, run: main });
