/** Installs Deno and Moto, and runs the programs: `node test/drop-in/run.ts`. */
import { existsSync } from 'node:fs';
import { runTests } from '../runner/run-tests.ts';
import { models } from '../servers/harness/folders.ts';
import { prepare } from '../servers/harness/prepare.ts';

if (!existsSync(models)) {
  console.log('Skipped: the models to generate clients from, ../shared/api-models-aws, are not here');
  process.exit();
}
await Promise.all([prepare(), import('../runtimes/prepare.ts')]);
process.exitCode = await runTests(['drop-in.test.ts'], { cwd: import.meta.dirname });
