/** What a caller may ask of one call. */
export interface CallOptions {
  /** Ends the call with a `ClientError` `aborted`; a streaming output, too, while it is being read. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, retries included, until its answer is there, in milliseconds. Default: that of the `ApiFactory`. */
  readonly timeoutMs?: number | undefined;
  /** How long each attempt may take, in milliseconds. Default: that of the `ApiFactory`. */
  readonly attemptTimeoutMs?: number | undefined;
}
