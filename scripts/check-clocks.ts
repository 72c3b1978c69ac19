/**
 * Fails where a test depends on the machine's speed: it sleeps, measures time, sets a time limit of less than a minute,
 * takes a fixed port, or starts an instance whose clock runs. Where that is wanted, a comment on the line, or on the one
 * before, says why: `// wall-clock: <reason>`.
 *
 *     node scripts/check-clocks.ts [DIRECTORY]
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findWallClocks } from './clocks/find-wall-clocks.ts';

/** Tests and what only tests use. */
const patterns = [
  '{packages/*/src,bench,scripts,test}/**/*.test.ts',
  'packages/*/src/**/{testing,fixtures}/**/*.ts',
  'packages/*/src/**/conformance.ts',
  'test/**/*.ts',
];

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..'));
const exclude = ['**/node_modules', '**/.cache'];
const files = new Set(globSync(patterns, { cwd: root, exclude }));
for (const file of [...files].toSorted()) {
  for (const { line, found, advice } of findWallClocks(readFileSync(path.join(root, file), 'utf8'))) {
    console.error(`${file}:${line}: ${found}\n  ${advice}\n`);
    process.exitCode = 1;
  }
}
