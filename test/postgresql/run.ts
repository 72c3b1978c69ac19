/**
 * Starts a PostgreSQL, and runs the tests that need one: `node test/postgresql/run.ts [--url postgres://…] [file...]`. With `--url`
 * they use a server that is there, in new databases that go at the end; those that stop the server use one of ours all the same.
 */
import { parseArgs } from 'node:util';
import { runTests } from '../runner/run-tests.ts';
import { suites } from '../runner/suites.ts';
import { SERVER_URL, skipWithoutPostgresql } from './harness/programs.ts';
import { startPostgresql } from './harness/server.ts';

const { values, positionals } = parseArgs({
  options: { url: { type: 'string' }, 'test-name-pattern': { type: 'string' } },
  allowPositionals: true,
});
if (values.url === undefined && skipWithoutPostgresql) {
  console.log(
    `Skipped: ${skipWithoutPostgresql}; install Debian's package postgresql, or give --url postgres://…`,
  );
  process.exit(process.env['CI'] === undefined ? 0 : 1);
}
await using server = values.url === undefined ? await startPostgresql() : undefined;
process.env[SERVER_URL] = server?.url ?? values.url;
const pattern = values['test-name-pattern'];
const { patterns } = suites['postgresql']!;
process.exitCode = await runTests(positionals.length === 0 ? patterns : positionals, {
  flags: pattern === undefined ? [] : [`--test-name-pattern=${pattern}`],
});
