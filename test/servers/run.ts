/** Generates the clients, installs the servers, and runs the tests: `node test/servers/run.ts [name...]`. */
import { existsSync, globSync } from 'node:fs';
import { runTests } from '../runner/run-tests.ts';
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
process.exitCode = await runTests(files, { cwd: serversFolder });
