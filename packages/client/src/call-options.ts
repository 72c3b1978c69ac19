/** Options of one call. */
export interface CallOptions {
  /** Signal that ends the call with a `ClientError` `aborted`, also while a streaming output is being read. */
  readonly signal?: AbortSignal | undefined;
  /** Time limit of the call until its answer arrives, retries included, in milliseconds. Default: that of the `ApiFactory`. */
  readonly timeoutMs?: number | undefined;
  /** Time limit of each attempt, in milliseconds. Default: that of the `ApiFactory`. */
  readonly attemptTimeoutMs?: number | undefined;
}
