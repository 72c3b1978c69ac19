import { ClockWatch } from '../../store/clock-watch.ts';
import { Readiness } from '../readiness.ts';

/** The readiness of a server whose store is checked by `check`, with its log, and a clock in the test's hands. */
export function readinessOf(check: () => Promise<void>) {
  const log: string[] = [];
  let nowMs = 0;
  const logger = {
    info: (message: string) => void log.push(`info: ${message}`),
    warn: (message: string) => void log.push(`warn: ${message}`),
    error: (...values: unknown[]) => void log.push(`error: ${values.at(-1)}`),
  };
  const clock = new ClockWatch(logger as never);
  return {
    readiness: new Readiness({ check }, { now: () => nowMs, logger: logger as never, clock }),
    ...{ log, clock },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** An error as `node:sqlite` throws it, wrapped as the store wraps it. */
export function sqliteError(errcode: number, message: string): Error {
  const cause = Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode });
  return new Error(`The database could not commit: ${message}`, { cause });
}
