/** Installs the runtimes, unless they are there: `node test/runtimes/prepare.ts`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../interop/harness/program.ts';

/** Where they are pinned. */
const folder = path.join(import.meta.dirname, 'tools');
const stampFile = path.join(folder, 'node_modules/.installed');
const wanted = await readFile(path.join(folder, 'package-lock.json'), 'utf8');
const installed = await readFile(stampFile, 'utf8').catch(() => undefined);
if (installed !== wanted) {
  // Not `npm ci`: it fails where a registry lacks the packages of some other platform. The binaries need no scripts.
  const install = ['npm', 'install', '--no-save', '--ignore-scripts'] as const;
  const { exitCode, stderr } = await run(install, { cwd: folder });
  if (exitCode !== 0) {
    console.error(
      `Install Deno, Bun, workerd and the test runners: npm install exited with ${exitCode}\n${stderr}`,
    );
    process.exit(1);
  }
  await writeFile(stampFile, wanted);
}
