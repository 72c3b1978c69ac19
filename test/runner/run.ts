/**
 * Runs a suite of tests, or some of its files: `node test/runner/run.ts unit [file...] [--test-name-pattern=...]`.
 * Coverage is measured only where the whole suite runs.
 */
import { runTests } from './run-tests.ts';
import { suites } from './suites.ts';

const [name = '', ...rest] = process.argv.slice(2);
const suite = suites[name];
if (suite === undefined) {
  console.error(
    `Cannot run the tests "${name}": found no such suite, expected ${Object.keys(suites).join(' or ')}`,
  );
  process.exit(2);
}
const flags = rest.filter((argument) => argument.startsWith('-'));
const files = rest.filter((argument) => !argument.startsWith('-'));
const isWhole = rest.length === 0;
process.exitCode = await runTests(isWhole || files.length === 0 ? suite.patterns : files, {
  coverage: isWhole && suite.coverage === true,
  flags,
});
