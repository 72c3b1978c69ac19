/** Runs the tests of every fault that docs/reliability.md has: `npm run test:faults`. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readFaultTests, root } from './table.ts';

const runners: Readonly<Record<string, readonly string[]>> = {
  'test/postgresql': ['test/postgresql/run.ts'],
  'test/replicas': ['test/replicas/run.ts'],
};
const others = ['test/runner/run.ts', 'unit'];

const files = [...new Set(readFaultTests().map(({ file }) => file))];
const byRunner = Map.groupBy(files, (file) => runners[path.dirname(file)] ?? others);
for (const [runner, those] of byRunner) {
  const { status } = spawnSync(process.execPath, [...runner, ...those], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
