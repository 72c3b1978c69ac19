/**
 * Runs the tests of several replicas on one PostgreSQL: `node test/replicas/run.ts [--long] [file...]`. The short form takes a minute. The
 * long one takes ten: each fault happens to each replica, and 9,990 sessions are ended.
 */
import { parseArgs } from 'node:util';
import { SERVER_URL, skipWithoutPostgresql } from '../postgresql/harness/programs.ts';
import { startPostgresql } from '../postgresql/harness/server.ts';
import { runTests } from '../runner/run-tests.ts';
import { suites } from '../runner/suites.ts';
import { skipWithoutBalancer } from './harness/balancer.ts';
import { LONG } from './harness/long.ts';
import { skipWithoutNamespaces } from './harness/network.ts';

const { values, positionals } = parseArgs({ options: { long: { type: 'boolean' } }, allowPositionals: true });
const missing = skipWithoutPostgresql || skipWithoutBalancer;
if (missing) {
  console.log(`Skipped: ${missing}`);
  process.exit(process.env['CI'] === undefined ? 0 : 1);
}
if (skipWithoutNamespaces) console.log(`No replica is cut off or slowed down: ${skipWithoutNamespaces}`);
if (values.long) process.env[LONG] = '1';
await using server = await startPostgresql();
process.env[SERVER_URL] = server.url;
const { patterns } = suites['replicas']!;
process.exitCode = await runTests(positionals.length === 0 ? patterns : positionals, {
  ...(values.long && { testTimeoutMs: 60 * 60_000 }),
});
