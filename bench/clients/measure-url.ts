import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ServerProcess } from '../machine/server-process.ts';
import { freePort, root } from '../machine/workspace.ts';
import type { ClientBench } from './bench.ts';
import { openSlowLine } from './slow-line.ts';

const ROUND_TRIP_MS = 50;
const deno = join(root, 'test/runtimes/tools/node_modules/.bin/deno');

/** Measures modules by URL: the first one that a fresh server makes, and a program that imports one for the first time, over a line. */
export async function measureUrl({
  workspace,
  cores,
  figures,
  progress,
  settings,
}: ClientBench): Promise<void> {
  for (let round = 1; round <= settings.starts; round++) {
    progress.step(`modules by URL, ${round} of ${settings.starts}`);
    const [port, dataDir] = [await freePort(), workspace.makeDataDir()];
    const main = join(root, 'dist/server/src/bundle/latchkey.js');
    const command = [main, 'serve', '--data-dir', dataDir, '--port', String(port)];
    const server = new ServerProcess(command, { port, dataDir, cores, showOutput: false });
    try {
      (await server.connect()).close();
      const origin = `http://127.0.0.1:${port}`;
      while ((await fetch(`${origin}/readyz`)).status !== 200) await setTimeout(10);
      const startedAt = performance.now();
      await (await fetch(`${origin}/v0.4/services/ssooidc.ts`)).text();
      figures.add('first module ms', 'latchkey', performance.now() - startedAt);
      if (!existsSync(deno)) continue;
      await using line = await openSlowLine(port, ROUND_TRIP_MS);
      // The runtime is made, too.
      await runDeno(`http://127.0.0.1:${port}`);
      const tookMs = await runDeno(`http://127.0.0.1:${line.port}`);
      figures.add('cold import by URL ms', 'latchkey', tookMs);
    } finally {
      await server.stop();
    }
  }
}

/** Runs a program that constructs a client, with an empty cache. @returns milliseconds until it ends */
async function runDeno(origin: string): Promise<number> {
  // Deno takes what is below a node_modules folder for packages.
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const program = join(folder, 'import.ts');
  writeFileSync(
    program,
    `import { ApiFactory } from '${origin}/v0.4/client/mod.ts';
import { SSOOIDC } from '${origin}/v0.4/services/ssooidc.ts';
new SSOOIDC(new ApiFactory({ region: 'eu-central-1' }));
`,
  );
  const startedAt = performance.now();
  const child = spawn(deno, ['run', '--quiet', '--no-prompt', '--allow-import', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: folder, DENO_NO_UPDATE_CHECK: '1' },
  });
  const [code] = await once(child, 'exit');
  const tookMs = performance.now() - startedAt;
  rmSync(folder, { recursive: true });
  if (code !== 0) throw new Error(`Cannot measure an import by URL: deno ended with code ${code}`);
  return tookMs;
}
