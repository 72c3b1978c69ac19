import type { Bytes, ClientRequest, ReceivedResponse } from '@latchkey/wire/http';
import type { AttemptEvent } from './call/hooks.ts';

/** A call, as the program makes it. The same object for all functions around it, and around its attempts. */
export interface MiddlewareCall {
  /** E.g. `DynamoDB`. */
  readonly serviceId: string;
  /** E.g. `GetItem`. */
  readonly operation: string;
  /** Input of the call. To change it, put another one in its place before `next()`. */
  input: Readonly<Record<string, unknown>>;
  /** Aborts with the call: by its own signal, or when its time is over. */
  readonly signal: AbortSignal | undefined;
}

/** One sending of a call. */
export interface MiddlewareAttempt extends AttemptEvent {
  readonly call: MiddlewareCall;
  /** Region that the request is signed for. Undefined where it is not signed. */
  readonly region: string | undefined;
  /** Origin of the request's URL, e.g. `https://dynamodb.eu-central-1.amazonaws.com`. */
  readonly origin: string;
  /**
   * The request before it is signed; names of headers in lower case. To change it, put another one in its place before
   * `next()`: the signature covers what is there then. Each attempt begins with the request as it was prepared.
   */
  request: ClientRequest;
  /** Aborts with the call, or when the time of the attempt is over. */
  readonly signal: AbortSignal | undefined;
}

/** An answer of HTTP: a body that streams where the operation's output does, else all bytes. Names of headers in lower case. */
export type MiddlewareResponse = ReceivedResponse<Bytes>;

/**
 * Functions around the calls of all clients of an `ApiFactory`, and around each attempt of a call. They see and change
 * what goes in and what comes out, answer by themselves, or call `next` several times. Of several, the first is the
 * outermost. What they throw, the call rejects with; after a `ClientError` that passes (`connectionFailed`, say) thrown
 * around an attempt, the call is sent again. They are not called for presigned URLs.
 *
 * @example
 * ```ts
 * const tenant: Middleware = {
 *   attempt(attempt, next) {
 *     const { request } = attempt;
 *     attempt.request = { ...request, headers: { ...request.headers, 'x-tenant': 'blue' } };
 *     return next();
 *   },
 * };
 * const factory = new ApiFactory({ use: [tenant] });
 * ```
 */
export interface Middleware {
  /**
   * Around a call, with all its retries. `next` resolves with the output; of one that streams, the body is still to be read.
   *
   * @returns the output of the call
   */
  call?(call: MiddlewareCall, next: () => Promise<object>): Promise<object>;
  /**
   * Around one attempt: `next` signs the request and sends it. It resolves with the answer, which may be an error, before
   * that is read.
   *
   * @returns the answer that is read
   */
  attempt?(attempt: MiddlewareAttempt, next: () => Promise<MiddlewareResponse>): Promise<MiddlewareResponse>;
}
