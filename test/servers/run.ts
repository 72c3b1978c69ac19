/** Generates the clients, installs the servers, and runs the tests: `node test/servers/run.ts [name...]`. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { models, serversFolder } from './harness/folders.ts';
import { checkTypes, generate } from './harness/generate.ts';
import { prepare } from './harness/prepare.ts';

if (!existsSync(models)) {
  console.log('Skipped: the models to generate clients from, ../shared/api-models-aws, are not here');
  process.exit();
}
await Promise.all([prepare(), generate().then(checkTypes)]);
const names = process.argv.slice(2);
const files = globSync(names.length === 0 ? '*.test.ts' : `{${names},}.test.ts`, { cwd: serversFolder });
const { status } = spawnSync(process.execPath, ['--test', '--test-timeout=120000', ...files], {
  cwd: serversFolder,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
