import type { Clock } from '../clock.ts';

/** A clock that moves when something sleeps by it, and remembers for how long. */
export interface TestClock extends Clock {
  readonly sleeps: number[];
  advance(milliseconds: number): void;
}

/** @param chance what `random` gives. Default: 1, the longest of all jittered waits. */
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
