import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { renderClosing } from './closing.ts';
import { renderCoverageTable } from './coverage-table.ts';
import { placeOf } from './failure.ts';
import { type Progress, progressDots, progressLine } from './progress.ts';
import { Tally } from './tally.ts';

/** From where the run was started. */
const COVERAGE_FILE = 'coverage/coverage.txt';

/**
 * Reports a run of `node --test`: while it goes on, how far it has come, what tests print, and which fail; at its end
 * what a reader looks for. The coverage of each file is written to a file.
 */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  const { isTTY, columns } = process.stdout;
  const tally = new Tally(process.cwd());
  const progress = isTTY ? progressLine(columns) : progressDots();
  for await (const event of source) {
    const failures = tally.failures.length;
    tally.add(event);
    yield asideOf(event, progress);
    for (const failure of tally.failures.slice(failures)) {
      yield progress.aside(`Failed: ${placeOf(failure)} ${failure.title}`);
    }
    yield progress.show(event, tally);
    // Nothing more comes, and the process ends.
    if (event.type === 'test:interrupted') yield progress.end() + renderClosing(tally, COVERAGE_FILE);
  }
  if (tally.interrupted.length > 0) return;
  if (tally.coverage !== undefined) {
    mkdirSync(dirname(COVERAGE_FILE), { recursive: true });
    writeFileSync(COVERAGE_FILE, renderCoverageTable(tally.coverage));
  }
  yield `${progress.end()}\n${renderClosing(tally, COVERAGE_FILE)}`;
}

/** What a test says in passing. */
function asideOf(event: TestEvent, progress: Progress): string {
  switch (event.type) {
    case 'test:stdout':
    case 'test:stderr':
      return progress.aside(event.data.message.replace(/\n$/, ''));
    case 'test:diagnostic':
      return event.data.file === undefined ? '' : progress.aside(event.data.message);
    default:
      return '';
  }
}
