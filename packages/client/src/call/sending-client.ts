import type { ClientProtocol, StructureValue } from '@latchkey/wire/protocol';
import type { ApiMetadata } from '../api-metadata.ts';
import type { CallOptions } from '../call-options.ts';
import type { Clock } from '../clock.ts';
import type { EndpointDiscovery } from '../endpoint-discovery.ts';
import type { Feature, LearnedRegions } from '../feature.ts';
import type { Operation } from '../operation.ts';
import { type Success, withRetries } from '../retry/with-retries.ts';
import type { ServiceClient } from '../service-client.ts';
import { ServiceError } from '../service-error.ts';
import { around } from './around.ts';
import { attemptCall } from './attempt.ts';
import type { ClientContext } from './client-context.ts';
import { aborted, deadline } from './deadline.ts';
import { tell } from './hooks.ts';
import { type PreparedCall, prepareCall, type ReadyClient } from './prepared-call.ts';
import { type ServiceSetup, setUpService } from './service-setup.ts';

/** Key of an internal call option: a function that gets the prepared call, which is then not sent. See presign.ts. */
export const insteadOfSending: unique symbol = Symbol('insteadOfSending');

/** Call options with which presigned URLs take a call before it is sent. */
export interface InternalCallOptions extends CallOptions {
  readonly [insteadOfSending]?: (call: PreparedCall, setup: ServiceSetup) => Promise<unknown>;
}

/** A `ServiceClient` that prepares, signs and sends its calls. */
export class SendingClient implements ServiceClient {
  readonly metadata: ApiMetadata;
  readonly #shared: ClientContext;
  readonly #protocol: ClientProtocol;
  readonly #signers: readonly Pick<Feature, 'sign'>[];
  #settingUp: Promise<ServiceSetup> | undefined;
  #setup: ServiceSetup | undefined;
  readonly #discovery: EndpointDiscovery | undefined;
  readonly #learned: LearnedRegions;

  constructor(metadata: ApiMetadata, shared: ClientContext) {
    this.metadata = metadata;
    this.#shared = shared;
    this.#learned = { regions: new Map(), follow: shared.options.followRegionRedirects === true };
    const { endpointDiscovery, eventStreams, features = [] } = metadata;
    this.#discovery = endpointDiscovery && new endpointDiscovery.discovery(this);
    this.#signers = eventStreams === undefined ? features : [eventStreams, ...features];
    this.#protocol = metadata.protocol(metadata.service, eventStreams && { eventStreams });
  }

  get clock(): Clock {
    return this.#shared.clock;
  }

  async call<Output>(
    operation: Operation,
    input: object,
    options: InternalCallOptions = {},
  ): Promise<Output> {
    const { timeoutMs = this.#shared.options.timeoutMs, [insteadOfSending]: instead } = options;
    const limit = deadline(options.signal, timeoutMs, `${operation.name} of ${this.metadata.serviceId}`);
    try {
      if (limit.signal?.aborted === true) throw aborted(limit.signal);
      const setup = this.#setup ?? (await this.#start());
      const client: ReadyClient = {
        metadata: this.metadata,
        shared: this.#shared,
        protocol: this.#protocol,
        signers: this.#signers,
        setup,
      };
      const isPresigned = instead !== undefined;
      const { serviceId } = this.metadata;
      const { name } = operation;
      const made = { serviceId, operation: name, input: input as StructureValue, signal: limit.signal };
      const prepare = async () =>
        prepareCall(client, operation, {
          made,
          isPresigned,
          learned: this.#learned,
          discovered: await this.#discovery?.find(operation, made.input, setup.settings, limit.signal),
        });
      if (isPresigned) {
        const result = await instead(await prepare(), setup);
        limit.clear();
        return result as Output;
      }
      const attempt = (prepared: PreparedCall) =>
        send(client, prepared, limit.signal, options.attemptTimeoutMs);
      let reading: Promise<void> | undefined;
      const value = await around(this.#shared.options.use, 'call', made, async () => {
        const call = await prepare();
        const success = await attempt(call).catch(async (error: unknown) => {
          if (!this.#learns(error, call)) throw error;
          return attempt(await prepare());
        });
        reading = success.reading;
        return success.value;
      });
      limit.clear(reading);
      return value as Output;
    } catch (error) {
      limit.clear();
      throw error;
    }
  }

  /** Remembers where an error says that a call belongs. @returns whether it may be sent there */
  #learns(error: unknown, { context, operation, request }: PreparedCall): boolean {
    const { features = [] } = this.metadata;
    const isElsewhere =
      this.#discovery?.forget(operation, context.input, error) === true ||
      (error instanceof ServiceError &&
        features.some((feature) => feature.learnRegion?.(error, context, this.#learned)));
    return isElsewhere && request.body instanceof Uint8Array;
  }

  async #start(): Promise<ServiceSetup> {
    this.#settingUp ??= setUpService(this.metadata, this.#shared);
    try {
      this.#setup = await this.#settingUp;
      return this.#setup;
    } catch (error) {
      // The next call tries again: whatever was wrong may be mended by then.
      this.#settingUp = undefined;
      throw error;
    }
  }
}

function send(
  client: ReadyClient,
  call: PreparedCall,
  signal: AbortSignal | undefined,
  attemptTimeoutMs = client.shared.options.attemptTimeoutMs,
): Promise<Success> {
  const { metadata, setup, shared } = client;
  const { hooks } = shared.options;
  const { invocationId, operation, request, what } = call;
  const { serviceId } = metadata;
  const eventOf = (attempt: number) => ({ serviceId, operation: operation.name, invocationId, attempt });
  return withRetries({
    what,
    isReplayable: request.body instanceof Uint8Array,
    signal,
    attemptTimeoutMs,
    maxAttempts: setup.settings.maxAttempts,
    quota: setup.quota,
    limiter: setup.limiter,
    clock: shared.clock,
    attempt: (attempt, turn) => attemptCall(client, call, eventOf(attempt), turn),
    retrying: (attempt, error, delayMs) =>
      tell(() => hooks?.retry?.({ ...eventOf(attempt), error, delayMs })),
    failed: (attempt, error) => tell(() => hooks?.error?.({ ...eventOf(attempt), error })),
  });
}
