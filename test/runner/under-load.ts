/**
 * Shows that no test depends on the machine's speed: runs `npm test` three times beside 16 busy processes, and once at the
 * lowest priority, `nice -n 19`.
 *
 *     node test/runner/under-load.ts [--load=16] [--times=3] [file...]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { load: { type: 'string', default: '16' }, times: { type: 'string', default: '3' } },
});
const load = Number(values.load);
const times = Number(values.times);
const suite = [process.execPath, path.join(import.meta.dirname, 'run.ts'), 'unit', ...positionals];
const folder = path.resolve('coverage');
mkdirSync(folder, { recursive: true });

for (let time = 1; time <= times; time += 1) {
  const busy = startBusy(load);
  try {
    await runSuite(`beside a load of ${load}, ${time} of ${times}`, `load-${time}.txt`, suite);
  } finally {
    for (const process of busy) process.kill();
  }
}
await runSuite('at nice -n 19', 'nice.txt', ['nice', '-n', '19', ...suite]);

/** Processes that take all they get of a processor. Each ends by itself when this one has died. */
function startBusy(count: number) {
  const program = `const { ppid } = process; while (process.ppid === ppid) for (let i = 0; i < 1e8; i += 1);`;
  return Array.from({ length: count }, () =>
    spawn(process.execPath, ['--eval', program], { stdio: 'ignore' }),
  );
}

/** Runs the tests and tells how they ended; what they say goes to a file. */
async function runSuite(how: string, fileName: string, [program = '', ...args]: readonly string[]) {
  const file = path.join(folder, fileName);
  const output = createWriteStream(file);
  const runner = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  runner.stdout.pipe(output);
  const last = { counts: 'no result', took: '' };
  for await (const line of createInterface({ input: runner.stdout })) {
    if (/^\d+ passed, /.test(line)) last.counts = line;
    if (line.startsWith('Took ')) last.took = line;
  }
  if (runner.exitCode === null && runner.signalCode === null) await once(runner, 'exit');
  console.log(`${how}: ${last.counts}; ${last.took}; all of it: ${path.relative('.', file)}`);
  if (runner.exitCode !== 0) process.exitCode = 1;
}
