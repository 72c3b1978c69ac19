/** A length of time: the sum of its parts. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** Longer than any lifetime, and short enough that every time can be written as a date. */
const MAX_OFFSET_MS = toMs({ days: 3650 });

/** The clock of an instance: runs as fast as the system's clock, or stands still, with an offset that a test sets. */
export class TestClock {
  readonly #systemNow: () => number;
  #offsetMs = 0;

  constructor(passes: 'running' | 'still' = 'running') {
    const startMs = Date.now();
    this.#systemNow = passes === 'running' ? Date.now : () => startMs;
  }

  /** Milliseconds since the Unix epoch, as the instance sees it. */
  readonly now = (): number => this.#systemNow() + this.#offsetMs;

  /**
   * Moves the clock at once, back for a negative span.
   *
   * @throws {RangeError} when the clock would be ten years or more from the system's
   */
  advance(span: Span): void {
    const offsetMs = this.#offsetMs + toMs(span);
    if (!(Math.abs(offsetMs) < MAX_OFFSET_MS)) {
      throw new RangeError("The clock can be moved less than ten years from the system's");
    }
    this.#offsetMs = offsetMs;
  }
}

export function toMs({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}
