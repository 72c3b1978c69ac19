import type { Logger } from '../log/logger.ts';

const WARN_FROM_MS = 2_000;
const NOT_READY_FROM_MS = 5_000;
/** What the difference must change by before the log says it again. */
const NOTABLE_MS = 1_000;

/**
 * Watches whether this machine's clock agrees with the database's. Each server decides by its own clock what has ended, so servers
 * that share a store need clocks that agree.
 */
export class ClockWatch {
  readonly #logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** The difference that the log said last; 0 where it has nothing to take back. */
  #loggedMs = 0;
  #obstacle: string | undefined;

  constructor(logger: Pick<Logger, 'info' | 'warn' | 'error'>) {
    this.#logger = logger;
  }

  /** Why the server should get no requests: its clock is 5 seconds off, or more. */
  get obstacle(): string | undefined {
    return this.#obstacle;
  }

  /** @param differenceMs - how far this machine's clock is ahead of the database's; negative where it is behind */
  measured(differenceMs: number): void {
    const warning = explainClockDifference(differenceMs);
    const wasReady = this.#obstacle === undefined;
    this.#obstacle = Math.abs(differenceMs) >= NOT_READY_FROM_MS ? warning : undefined;
    const isReady = this.#obstacle === undefined;
    const isNews = wasReady !== isReady || Math.abs(differenceMs - this.#loggedMs) >= NOTABLE_MS;
    if (warning !== undefined) {
      if (!isNews) return;
      if (isReady) this.#logger.warn(`${wasReady ? '' : 'Ready again. '}${warning}`);
      else this.#logger.error(`Not ready. ${warning}`);
      this.#loggedMs = differenceMs;
    } else if (this.#loggedMs !== 0 && isNews) {
      this.#logger.info(
        `${wasReady ? '' : 'Ready again: '}${wasReady ? 'The' : 'the'} clock of this machine agrees with the database's`,
      );
      this.#loggedMs = 0;
    }
  }
}

/**
 * @param differenceMs - how far this machine's clock is ahead of the database's; negative where it is behind
 * @returns a warning, from 2 seconds
 */
export function explainClockDifference(differenceMs: number): string | undefined {
  const offMs = Math.abs(differenceMs);
  if (offMs < WARN_FROM_MS) return undefined;
  const seconds = Math.floor(offMs / 100) / 10;
  const direction = differenceMs > 0 ? 'ahead of' : 'behind';
  return `The clock of this machine is ${seconds} s ${direction} the database's: set both by NTP`;
}
