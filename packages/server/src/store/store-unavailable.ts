/**
 * The store cannot be reached, or doesn't say whether it did what it was asked. The APIs and pages answer with 503 and
 * `Retry-After`; AWS SDKs repeat such a call by themselves.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** When to ask again. */
  readonly retryAfterSeconds = 2;

  /** @param options - `cause`: what failed; it is for the log, never for the client */
  constructor(options?: ErrorOptions) {
    super('The store cannot be reached. What you asked may have happened; asking again is safe', options);
  }
}
