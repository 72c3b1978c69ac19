/** A length of time; the parts add up. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** The instance's clock: runs with the system's, from wherever a test has moved it to. */
export class TestClock {
  #offsetMs = 0;

  /** Milliseconds since the Unix epoch, as the instance sees it. */
  readonly now = (): number => Date.now() + this.#offsetMs;

  /** Moves on at once; back for a negative span. */
  advance(span: Span): void {
    this.#offsetMs += toMs(span);
  }
}

export function toMs({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}
