import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyPatch } from './apply-patch.ts';
import type { Defence, NamedTest } from './defence.ts';

/** How a test ended: whether it was there, and what of it failed. */
export type Outcome = 'passed' | 'failed' | 'hung' | 'skipped' | 'missing' | 'broken';

/** A test takes seconds. One that takes so long hangs, which counts as failing. */
const HANGS_AFTER_MS = 3 * 60_000;

/** Process groups of the tests that run. */
const running = new Set<number>();
process.on('exit', () => running.forEach(endGroup));

function endGroup(id: number): void {
  try {
    process.kill(-id, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Runs the test of a defence in a copy of the tree from which the defence is taken, and puts it back. */
export async function tryWithout(folder: string, { without, test }: Defence): Promise<Outcome> {
  const originals = new Map<string, string>();
  try {
    for (const patch of without) {
      const file = path.join(folder, patch.file);
      const text = readFileSync(file, 'utf8');
      if (!originals.has(file)) originals.set(file, text);
      writeFileSync(file, applyPatch(text, patch));
    }
    return await runTest(folder, test);
  } finally {
    for (const [file, text] of originals) writeFileSync(file, text);
  }
}

/** Runs one test in a copy of the tree. */
export async function runTest(folder: string, test: NamedTest): Promise<Outcome> {
  const outcome = await runOnce(folder, test, ['--test-force-exit']);
  // A process that is made to exit may lose what it printed last.
  return outcome === 'broken' || outcome === 'missing' ? runOnce(folder, test, []) : outcome;
}

async function runOnce(
  folder: string,
  { file, runs = file, title }: NamedTest,
  flags: readonly string[],
): Promise<Outcome> {
  const literal = literalParts(title);
  const pattern = literal.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('.*');
  const args = ['--test', ...flags, '--test-reporter=tap', `--test-name-pattern=${pattern}`, runs];
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  child.on('close', resolve);
  const group = child.pid ?? 0;
  running.add(group);
  // wall-clock: ends a test that hangs because its defence is gone
  const timer = setTimeout(() => endGroup(group), HANGS_AFTER_MS);
  const code = await promise;
  clearTimeout(timer);
  running.delete(group);
  if (code === null) return 'hung';
  return readOutcome(output, new RegExp(pattern));
}

function readOutcome(output: string, pattern: RegExp): Outcome {
  const results = output.matchAll(/^ *(not ok|ok) \d+ - (.*)$/gm);
  const own = [...results].filter(([, , name = '']) => pattern.test(name.replaceAll(/\\(.)/g, '$1')));
  if (own.some(([, result]) => result === 'not ok')) return 'failed';
  if (own.length > 0 && own.every(([, , name = '']) => / # SKIP/.test(name))) return 'skipped';
  if (own.length > 0) return 'passed';
  return /^ *not ok/m.test(output) ? 'broken' : 'missing';
}

/** The parts of a title that stand in the file as they are: not the values of a template, nor its quotes. */
function literalParts(title: string): readonly string[] {
  return title.replaceAll('`', '').split(/\$\{[^}]*\}/);
}
