import { aborted } from './call/deadline.ts';

/** Clock, random numbers and timers, which tests replace. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Random number from 0 to 1. */
  random(): number;
  /** Waits. @throws {ClientError} when the signal is aborted meanwhile */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const wake = () => {
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      const end = () => {
        clearTimeout(timer);
        reject(aborted(signal));
      };
      return signal?.addEventListener('abort', end, { once: true });
    }),
};
