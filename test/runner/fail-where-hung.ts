import { after, beforeEach } from 'node:test';

/**
 * Has the process of a test file fail where its tests are over and something keeps it from ending, such as a server that a failed
 * test did not close. It would go on for ever otherwise, and the file would never be reported.
 */
export function failWhereHung(limitMs: number): void {
  let timer: NodeJS.Timeout | undefined;
  after(() => {
    // wall-clock: ends what would never end; nothing else waits for it
    timer = setTimeout(() => {
      const kept = process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap');
      console.error(
        `The tests of the file are over, and its process does not end, as it has: ${kept.join(', ')}`,
      );
      process.exit(1);
    }, limitMs).unref();
  });
  // Node takes a file that waits between two tests for one whose tests are over.
  beforeEach(() => clearTimeout(timer));
}
