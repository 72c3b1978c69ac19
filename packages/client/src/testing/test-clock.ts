import type { Clock } from '../clock.ts';

/** A clock that `sleep` moves forward, and that records how long each sleep was. */
export interface TestClock extends Clock {
  readonly sleeps: number[];
  advance(milliseconds: number): void;
}

/** @param chance value of `random`. Default: 1, the longest of all jittered waits */
export function testClock(startsAt = '2026-01-01T00:00:00Z', chance = 1): TestClock {
  let nowMs = Date.parse(startsAt);
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => nowMs,
    random: () => chance,
    advance: (milliseconds) => {
      nowMs += milliseconds;
    },
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      nowMs += milliseconds;
    },
  };
}
