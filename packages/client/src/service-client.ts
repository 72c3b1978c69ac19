import type { Bytes, ReceivedResponse, WireRequest } from '@latchkey/wire/http';
import type { ClientProtocol, StructureValue } from '@latchkey/wire/protocol';
import type { ApiMetadata } from './api-metadata.ts';
import type { CallOptions } from './call-options.ts';
import type { ClientContext } from './client-context.ts';
import { ClientError } from './client-error.ts';
import type { Clock } from './clock.ts';
import { clockOffsetMs } from './clock-skew.ts';
import { aborted, deadline } from './deadline.ts';
import type { Feature } from './feature.ts';
import type { AttemptEvent } from './hooks.ts';
import type { Operation } from './operation.ts';
import { type PreparedCall, prepareCall } from './prepared-call.ts';
import { readingError, requestIdOf, serviceError } from './received-error.ts';
import { backoffMs, retryAfterMs } from './retry/backoff.ts';
import { type Retryable, retryable, retryableAnswer } from './retry/classify.ts';
import { type ServiceSetup, setUpService } from './service-setup.ts';
import { signRequest } from './signing/sign-request.ts';
import { handOut } from './streaming-output.ts';
import type { HttpRequest } from './transport/transport.ts';

/** Key of a call option that is handed the call instead of its being sent; see presign.ts. */
export const insteadOfSending: unique symbol = Symbol('insteadOfSending');

export interface InternalCallOptions extends CallOptions {
  readonly [insteadOfSending]?: (call: PreparedCall, setup: ServiceSetup, nowMs: number) => Promise<unknown>;
}

/** How one attempt ended that did not end the call well. */
interface Failure {
  readonly error: unknown;
  /** Undefined when trying again would not help. */
  readonly reason: Retryable | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Whether the next attempt need not wait, because what was wrong has been put right. */
  readonly isMended?: boolean;
}

/** Calls the operations of one service. Generated classes wrap one. */
export class ServiceClient {
  readonly metadata: ApiMetadata;
  readonly #shared: ClientContext;
  readonly #protocol: ClientProtocol;
  readonly #signers: readonly Pick<Feature, 'sign'>[];
  #settingUp: Promise<ServiceSetup> | undefined;
  #setup: ServiceSetup | undefined;
  /** How far the service's clock is ahead of ours, as far as it matters. */
  #clockOffsetMs = 0;

  constructor(metadata: ApiMetadata, shared: ClientContext) {
    this.metadata = metadata;
    this.#shared = shared;
    const { eventStreams, features = [] } = metadata;
    this.#signers = eventStreams === undefined ? features : [eventStreams, ...features];
    this.#protocol = metadata.protocol(metadata.service, eventStreams && { eventStreams });
  }

  /** The clock that calls are timed by. */
  get clock(): Clock {
    return this.#shared.clock;
  }

  /**
   * Calls an operation, again if need be, and reads its answer.
   *
   * @throws {ServiceError} what the service answers
   * @throws {ClientError} what fails before, or instead of, an answer
   */
  async call<Output>(
    operation: Operation,
    input: object,
    options: InternalCallOptions = {},
  ): Promise<Output> {
    const { timeoutMs = this.#shared.options.timeoutMs } = options;
    const limit = deadline(options.signal, timeoutMs, `${operation.name} of ${this.metadata.serviceId}`);
    try {
      if (limit.signal?.aborted === true) throw aborted(limit.signal);
      const setup = this.#setup ?? (await this.#start());
      const maker = { metadata: this.metadata, shared: this.#shared, protocol: this.#protocol, setup };
      const instead = options[insteadOfSending];
      const given = input as StructureValue;
      const call = await prepareCall(maker, operation, given, limit.signal, instead !== undefined);
      const result = instead
        ? await instead(call, setup, this.#now())
        : await this.#send(call, setup, limit.signal, options.attemptTimeoutMs);
      return result as Output;
    } finally {
      limit.clear();
    }
  }

  async #start(): Promise<ServiceSetup> {
    this.#settingUp ??= setUpService(this.metadata, this.#shared);
    try {
      this.#setup = await this.#settingUp;
      return this.#setup;
    } catch (error) {
      // What was wrong may be put right before the next call.
      this.#settingUp = undefined;
      throw error;
    }
  }

  #now(): number {
    return this.#shared.clock.now() + this.#clockOffsetMs;
  }

  async #send(
    call: PreparedCall,
    setup: ServiceSetup,
    signal: AbortSignal | undefined,
    attemptTimeoutMs = this.#shared.options.attemptTimeoutMs,
  ): Promise<unknown> {
    const { clock, options } = this.#shared;
    const { quota, limiter, settings } = setup;
    let cost: number | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const waitMs = limiter?.take(clock.now()) ?? 0;
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      const limit = deadline(signal, attemptTimeoutMs, `An attempt of ${call.what}`);
      const event = this.#event(call, attempt);
      let failure: Failure;
      try {
        const output = await this.#attempt(call, setup, event, limit.signal);
        if (!('reason' in output)) {
          limiter?.answered(false, clock.now());
          quota.giveBack(cost);
          return output.value;
        }
        failure = output;
      } catch (error) {
        const reached = limit.signal?.aborted === true ? aborted(limit.signal) : error;
        failure = { error: reached, reason: retryable(reached) };
      } finally {
        limit.clear();
      }
      limiter?.answered(failure.reason === 'throttling', clock.now());
      const { error, reason } = failure;
      const isOver =
        reason === undefined ||
        signal?.aborted === true ||
        attempt >= settings.maxAttempts ||
        !(call.request.body instanceof Uint8Array);
      if (!isOver) cost = quota.take(error instanceof ClientError && error.code === 'timedOut');
      if (isOver || cost === undefined) {
        options.hooks?.error?.({ ...event, error });
        throw error;
      }
      const delayMs = failure.isMended ? 0 : backoffMs(reason, attempt, clock.random(), failure.retryAfterMs);
      options.hooks?.retry?.({ ...event, error, delayMs });
      if (delayMs > 0) await clock.sleep(delayMs, signal);
    }
  }

  async #attempt(
    call: PreparedCall,
    setup: ServiceSetup,
    event: AttemptEvent,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly value: unknown } | Failure> {
    const { hooks } = this.#shared.options;
    const { context, host, secure } = call;
    const sentAtMs = this.#now();
    const signed = await this.#sign(call, setup, event.attempt, sentAtMs);
    hooks?.request?.({ ...event, method: signed.method, origin: `http${secure ? 's' : ''}://${host}` });
    const transport = await this.#shared.transport();
    let response = await transport.send(httpRequest(signed, call), {
      signal,
      streams: call.streaming !== undefined,
    });
    hooks?.response?.({
      ...event,
      status: response.status,
      requestId: requestIdOf(response.headers),
      durationMs: this.#now() - sentAtMs,
    });
    for (const feature of this.metadata.features ?? []) {
      if (feature.response !== undefined) response = await feature.response(response, context);
    }
    if (isWhole(response) && response.status >= 300)
      return this.#refused(call, response, event.attempt, sentAtMs);
    return { value: await this.#read(call, response, event.attempt) };
  }

  #sign(
    { request, secure, signing, operation }: PreparedCall,
    { settings, signingKeys, crypto }: ServiceSetup,
    attempt: number,
    nowMs: number,
  ): Promise<WireRequest<Bytes>> {
    const headers = {
      ...request.headers,
      'amz-sdk-request': `attempt=${attempt}; max=${settings.maxAttempts}`,
    };
    const unsigned = {
      request: { ...request, headers },
      secure,
      signing: signing && {
        ...signing,
        nowMs,
        now: () => this.#now(),
        signingKeys,
        unsignedPayload: operation.unsignedPayload === true,
        ...(crypto && { crypto }),
      },
    };
    return signRequest(unsigned, this.#signers);
  }

  #refused(
    { operation }: PreparedCall,
    response: ReceivedResponse,
    attempts: number,
    sentAtMs: number,
  ): Failure {
    const received = this.#protocol.parseError(operation, response);
    const error = serviceError(received, response, { operation, metadata: this.metadata, attempts });
    const nowMs = this.#shared.clock.now();
    const offsetMs = clockOffsetMs(error, sentAtMs, nowMs);
    if (offsetMs !== undefined) {
      this.#clockOffsetMs = offsetMs;
      return { error, reason: 'transient', isMended: true };
    }
    const modeled = operation.errors.find(({ name }) => name === error.name)?.retryable;
    return {
      error,
      reason: retryableAnswer(error, modeled),
      retryAfterMs: retryAfterMs(response.headers, nowMs),
    };
  }

  async #read(call: PreparedCall, response: ReceivedResponse<Bytes>, attempts: number): Promise<unknown> {
    const { operation, streaming } = call;
    const explain = (error: unknown) =>
      readingError(error, response, { operation, metadata: this.metadata, attempts });
    try {
      const output = await this.#protocol.parseOutput(operation, response);
      return streaming === undefined ? output : handOut(output, streaming, explain);
    } catch (error) {
      throw explain(error);
    }
  }

  #event(call: PreparedCall, attempt: number): AttemptEvent {
    const { operation, invocationId } = call;
    return { serviceId: this.metadata.serviceId, operation: operation.name, invocationId, attempt };
  }
}

function isWhole(response: ReceivedResponse<Bytes>): response is ReceivedResponse {
  return response.body instanceof Uint8Array;
}

function httpRequest(
  { method, path, query, headers, body }: WireRequest<Bytes>,
  { secure, host }: PreparedCall,
): HttpRequest {
  const sent: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) sent[name] = value;
  }
  return { method, secure, host, path: query === '' ? path : `${path}?${query}`, headers: sent, body };
}
