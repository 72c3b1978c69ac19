import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { type Progress, progressDots, progressLine } from './progress.ts';
import { Tally } from './tally.ts';

/** Events of files that end one after another, as `node --test` reports them. */
function showFiles(progress: Progress, count: number): string {
  const tally = new Tally('/project');
  const event = (type: 'test:enqueue' | 'test:complete', name: string) =>
    ({
      type,
      data: { name, nesting: 0, file: `/project/${name}`, details: { duration_ms: 5 } },
    }) as TestEvent;
  const names = Array.from({ length: count }, (_, index) => `${index}.test.ts`);
  const shown = [
    ...names.map((name) => event('test:enqueue', name)),
    ...names.map((name) => event('test:complete', name)),
  ].map((each) => {
    tally.add(each);
    return progress.show(each, tally);
  });
  return shown.join('');
}

test('where the output is kept, progress is a dot for each file, 100 on a line', () => {
  const progress = progressDots();
  assert.equal(showFiles(progress, 230), `${'.'.repeat(100)}\n${'.'.repeat(100)}\n${'.'.repeat(30)}`);
  assert.equal(progress.aside('Failed: x'), '\nFailed: x\n');
  assert.equal(progress.aside('Failed: y'), 'Failed: y\n');
  assert.equal(progress.end(), '');
});

test('on a terminal, progress is one line that is written over and never longer than the terminal is wide', () => {
  const progress = progressLine(30);
  const lines = showFiles(progress, 2).split('\r\x1b[K');
  assert.deepEqual(lines, ['', '1 of 2 files, 0 tests  0.test', '2 of 2 files, 0 tests  1.test']);
  assert.equal(progress.aside('Failed: x'), '\r\x1b[KFailed: x\n');
  assert.equal(progress.end(), '\r\x1b[K');
});
