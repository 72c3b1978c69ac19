import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../load/statistics.ts';
import type { ClientBench } from './bench.ts';
import { environment } from './environment.ts';
import type { Side } from './sides.ts';
import { withStub } from './with-stub.ts';

const done = `process.stdout.write('done');\n`;

/** Measures the start of a program with a client, compared with an empty one: until it is ready, and until its first answer. */
export async function measureStart(bench: ClientBench): Promise<void> {
  const { calls, figures, progress, settings, sides } = bench;
  await withStub(bench, async (port) => {
    const empty: number[] = [];
    const taken = [];
    for (let round = 1; round <= settings.starts; round++) {
      for (const side of sides) {
        empty.push(await start(side, 'empty', done, port));
        for (const { service } of calls) {
          if (!(service in side.programs)) continue;
          progress.step(`start, ${round} of ${settings.starts}: ${service}, ${side.name}`);
          const imports = `import { call } from './call-${service}.js';\n`;
          const importMs = await start(side, `import-${service}`, `${imports}${done}`, port);
          const answerMs = await start(side, `first-${service}`, `${imports}await call();\n${done}`, port);
          taken.push({ service, side: side.name, importMs, answerMs });
        }
      }
    }
    const emptyMs = median(empty);
    for (const { service, side, importMs, answerMs } of taken) {
      figures.add(`${service} import ms`, side, importMs - emptyMs);
      figures.add(`${service} first answer ms`, side, answerMs - emptyMs);
    }
  });
}

/** Starts a program. @returns milliseconds from the start of the process until it reports that it is done */
async function start({ folder }: Side, name: string, code: string, port: number): Promise<number> {
  const file = join(folder, `${name}.js`);
  writeFileSync(file, code);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment(folder, port),
  });
  const exited = once(child, 'exit');
  let tookMs: number | undefined;
  child.stdout.once('data', () => {
    tookMs = performance.now() - startedAt;
    child.kill('SIGKILL');
  });
  await exited;
  if (tookMs === undefined) throw new Error(`Cannot measure the start: ${file} ended before it was done`);
  return tookMs;
}
