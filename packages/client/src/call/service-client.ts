import type { ClientProtocol, StructureValue } from '@latchkey/wire/protocol';
import type { ApiMetadata } from '../api-metadata.ts';
import type { CallOptions } from '../call-options.ts';
import type { Clock } from '../clock.ts';
import type { EndpointDiscovery } from '../endpoint-discovery.ts';
import type { Feature } from '../feature.ts';
import type { Operation } from '../operation.ts';
import { type Success, withRetries } from '../retry/with-retries.ts';
import { ServiceError } from '../service-error.ts';
import { attemptCall } from './attempt.ts';
import type { ClientContext } from './client-context.ts';
import { aborted, deadline } from './deadline.ts';
import { tell } from './hooks.ts';
import { type PreparedCall, prepareCall, type ReadyClient, regionKeyOf } from './prepared-call.ts';
import { type ServiceSetup, setUpService } from './service-setup.ts';

/** Key of an internal call option: a function that gets the prepared call, which is then not sent. See presign.ts. */
export const insteadOfSending: unique symbol = Symbol('insteadOfSending');

/** Call options with which presigned URLs take a call before it is sent. */
export interface InternalCallOptions extends CallOptions {
  readonly [insteadOfSending]?: (call: PreparedCall, setup: ServiceSetup) => Promise<unknown>;
}

/** Buckets whose region is remembered at once. */
const maxRegions = 1000;

/** Calls the operations of one service. Every generated class wraps one. */
export class ServiceClient {
  readonly metadata: ApiMetadata;
  readonly #shared: ClientContext;
  readonly #protocol: ClientProtocol;
  readonly #signers: readonly Pick<Feature, 'sign'>[];
  #settingUp: Promise<ServiceSetup> | undefined;
  #setup: ServiceSetup | undefined;
  #discovery: EndpointDiscovery | undefined;
  /** Regions that the service has sent calls to, by bucket. */
  readonly #regions = new Map<string, string>();

  constructor(metadata: ApiMetadata, shared: ClientContext) {
    this.metadata = metadata;
    this.#shared = shared;
    const { eventStreams, features = [] } = metadata;
    this.#signers = eventStreams === undefined ? features : [eventStreams, ...features];
    this.#protocol = metadata.protocol(metadata.service, eventStreams && { eventStreams });
  }

  /** Clock of the `ApiFactory`. */
  get clock(): Clock {
    return this.#shared.clock;
  }

  /**
   * Calls an operation, with retries, and reads the answer.
   *
   * @throws {ServiceError} an error that the service answered with
   * @throws {ClientError} a failure before, or instead of, an answer
   */
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
      const prepare = async () =>
        prepareCall(client, operation, input as StructureValue, {
          signal: limit.signal,
          isPresigned,
          regions: this.#regions,
          discovered: await this.#discover(operation, input, setup, limit.signal),
        });
      const call = await prepare();
      if (isPresigned) {
        const result = await instead(call, setup);
        limit.clear();
        return result as Output;
      }
      const attempt = (prepared: PreparedCall) =>
        send(client, prepared, limit.signal, options.attemptTimeoutMs);
      const { value, reading } = await attempt(call).catch(async (error: unknown) => {
        if (!this.#learnRegion(error, call) && !this.#forgetEndpoint(error, call)) throw error;
        return attempt(await prepare());
      });
      limit.clear(reading);
      return value as Output;
    } catch (error) {
      limit.clear();
      throw error;
    }
  }

  /** Remembers the region that an error names. @returns whether the call may be sent there */
  #learnRegion(error: unknown, { context, request }: PreparedCall): boolean {
    const key = regionKeyOf(this, context);
    if (!(error instanceof ServiceError) || key === undefined) return false;
    const region = this.metadata.features?.map((feature) => feature.rightRegion?.(error)).find(Boolean);
    if (region === undefined || region === this.#regions.get(key)) return false;
    if (this.#shared.options.followRegionRedirects !== true) {
      error.message += `; '${key}' is in ${region}: make the client with this region, or with followRegionRedirects`;
      return false;
    }
    if (this.#regions.size >= maxRegions) this.#regions.clear();
    this.#regions.set(key, region);
    return request.body instanceof Uint8Array;
  }

  /** Asks the service where a call goes, if it has to be asked. */
  async #discover(
    operation: Operation,
    input: object,
    { settings }: ServiceSetup,
    signal: AbortSignal | undefined,
  ): Promise<URL | undefined> {
    const { endpointDiscovery, serviceId } = this.metadata;
    if (endpointDiscovery === undefined || operation.discovery === undefined) return undefined;
    this.#discovery ??= new endpointDiscovery.discovery({
      serviceId,
      operation: endpointDiscovery.operation,
      error: endpointDiscovery.error,
      now: () => this.clock.now(),
      call: (describing, described) => this.call(describing, described),
    });
    return this.#discovery.find(operation, input, settings, signal);
  }

  /** Forgets the endpoint that the service told, where it does not want it any more. @returns whether the call may be sent again */
  #forgetEndpoint(error: unknown, { operation, context, request }: PreparedCall): boolean {
    if (operation.discovery === undefined) return false;
    return (
      this.#discovery?.forget(operation, context.input, error) === true && request.body instanceof Uint8Array
    );
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
    attempt: (attempt, attemptSignal) => attemptCall(client, call, eventOf(attempt), attemptSignal),
    retrying: (attempt, error, delayMs) =>
      tell(() => hooks?.retry?.({ ...eventOf(attempt), error, delayMs })),
    failed: (attempt, error) => tell(() => hooks?.error?.({ ...eventOf(attempt), error })),
  });
}
