/** Options of one call. */
export interface CallOptions {
  /** Signal that ends the call with a `ClientError` `aborted`, also while a streaming output is being read. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time limit of the call in milliseconds, retries included, up to the last byte of its answer. An output that streams
   * has to be read within it; a stream of events has to begin within it. Default: that of the `ApiFactory`.
   */
  readonly timeoutMs?: number | undefined;
  /** Time limit of each attempt in milliseconds, up to the last byte of its answer. Default: that of the `ApiFactory`. */
  readonly attemptTimeoutMs?: number | undefined;
}
