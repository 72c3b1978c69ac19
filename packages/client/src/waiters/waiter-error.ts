/** A wait that did not end as wished. */
export class WaiterError extends Error {
  override readonly name = 'WaiterError';
  /** `failure`: what was waited for cannot come any more. `timeout`: it had not come in the time given. */
  readonly state: 'failure' | 'timeout';
  /** What the service answered last; absent when it answered with an error, which is the `cause`. */
  readonly output: unknown;
  /** How many times the service was asked. */
  readonly attempts: number;

  constructor(message: string, detail: WaiterErrorDetail) {
    super(message, 'cause' in detail ? { cause: detail.cause } : undefined);
    this.state = detail.state;
    this.output = detail.output;
    this.attempts = detail.attempts;
  }
}

export interface WaiterErrorDetail {
  readonly state: 'failure' | 'timeout';
  readonly attempts: number;
  readonly output?: unknown;
  readonly cause?: unknown;
}
