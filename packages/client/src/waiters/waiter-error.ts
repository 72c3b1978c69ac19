/** Error of a wait that failed or timed out. */
export class WaiterError extends Error {
  override readonly name = 'WaiterError';
  /** `failure`: an answer shows that it will never come. `timeout`: it had not come within `maxWaitSeconds`. */
  readonly state: 'failure' | 'timeout';
  /** Output of the last call; undefined where the service answered with an error, which is then the `cause`. */
  readonly output: unknown;
  /** Number of calls made. */
  readonly attempts: number;

  constructor(message: string, detail: WaiterErrorDetail) {
    super(message, 'cause' in detail ? { cause: detail.cause } : undefined);
    this.state = detail.state;
    this.output = detail.output;
    this.attempts = detail.attempts;
  }
}

/** What a `WaiterError` is made from. */
export interface WaiterErrorDetail {
  readonly state: 'failure' | 'timeout';
  readonly attempts: number;
  readonly output?: unknown;
  readonly cause?: unknown;
}
