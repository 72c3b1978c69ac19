/** A length of time; the parts add up. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** Longer than anything lasts here, and short enough that every time stays one that can be written as a date. */
const MAX_OFFSET_MS = toMs({ days: 3650 });

/** The instance's clock: runs with the system's, or stands still, from wherever a test has moved it to. */
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
   * Moves on at once; back for a negative span.
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
