import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** A hung test fails after this long. What a slow machine needs is far less. */
const TEST_TIMEOUT_MS = 10 * 60_000;
/** Whatever else hangs would keep the run for ever. */
const RUN_TIMEOUT_MS = 2 * 60 * 60_000;

export interface TestRunOptions {
  readonly cwd?: string;
  readonly coverage?: boolean;
  /** Files at once. Default: one a processor */
  readonly concurrency?: number;
  /** For `node --test`, e.g. `--test-name-pattern=...`. */
  readonly flags?: readonly string[];
  /** After how long a test has hung, in milliseconds. Default: 10 minutes */
  readonly testTimeoutMs?: number;
}

/**
 * Runs test files, each in a process of its own, and reports as `reporter.ts` does.
 *
 * @param patterns - files or globs
 * @returns the exit code: 0 when all have passed
 */
export async function runTests(
  patterns: readonly string[],
  {
    cwd = process.cwd(),
    coverage = false,
    concurrency = availableParallelism(),
    flags = [],
    testTimeoutMs = TEST_TIMEOUT_MS,
  }: TestRunOptions = {},
): Promise<number> {
  const args = [
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${testTimeoutMs}`,
    `--test-reporter=${import.meta.resolve('./reporter.ts')}`,
    `--import=${import.meta.resolve('./watch-file.ts')}`,
    ...(coverage ? coverageFlags : []),
    ...flags,
    ...patterns,
  ];
  const runner = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  // Interrupted, it ends its files and says which they were.
  // wall-clock: ends a run that hangs; the longest takes some minutes
  const hung = setTimeout(() => runner.kill('SIGINT'), RUN_TIMEOUT_MS);
  const [exitCode] = await once(runner, 'close');
  clearTimeout(hung);
  return exitCode ?? 1;
}

const coverageFlags = [
  '--experimental-test-coverage',
  '--test-coverage-exclude=**/*.test.ts',
  '--test-coverage-exclude=test/**',
];
