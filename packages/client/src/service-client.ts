import type { ApiMetadata } from './api-metadata.ts';
import type { CallOptions } from './call-options.ts';
import type { Clock } from './clock.ts';
import type { Operation } from './operation.ts';

/** Calls the operations of one service. Every generated class wraps one; `ApiFactory.buildServiceClient` makes it. */
export interface ServiceClient {
  readonly metadata: ApiMetadata;
  /** Clock of the `ApiFactory`. */
  readonly clock: Clock;
  /**
   * Calls an operation, with retries, and reads the answer.
   *
   * @throws {ServiceError} an error that the service answered with
   * @throws {ClientError} a failure before, or instead of, an answer
   */
  call<Output>(operation: Operation, input: object, options?: CallOptions): Promise<Output>;
}
