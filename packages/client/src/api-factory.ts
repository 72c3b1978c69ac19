import type { ApiFactoryOptions } from './api-factory-options.ts';
import type { ApiMetadata } from './api-metadata.ts';
import type { ClientContext } from './client-context.ts';
import { ClientError } from './client-error.ts';
import { type ClientSettings, clientSettings } from './client-settings.ts';
import { type Clock, systemClock } from './clock.ts';
import { loadSettings, type Settings } from './config-files/settings.ts';
import { ServiceClient } from './service-client.ts';
import type { Identities } from './signing/auth.ts';
import { noRegion } from './signing/auth.ts';
import { identities } from './signing/identities.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport, Transport } from './transport/transport.ts';

/**
 * Makes the clients of services, which share what it was given: credentials, connections, settings.
 *
 * @example
 * ```ts
 * const factory = new ApiFactory({ region: 'eu-central-1' });
 * const dynamodb = factory.makeNew(DynamoDB);
 * ```
 */
export class ApiFactory implements ClientContext {
  readonly options: ApiFactoryOptions;
  readonly clock: Clock;
  readonly identities: Identities;
  readonly #transports = new Map<OpenTransport, Promise<Transport>>();
  #settings: Promise<Settings> | undefined;
  #closed = false;

  constructor(options: ApiFactoryOptions = {}) {
    this.options = options;
    this.clock = { ...systemClock, ...options.clock };
    this.identities = identities(options, this.clock);
  }

  /** Makes the client of a service, from its generated class. */
  makeNew<Api>(api: new (factory: ApiFactory) => Api): Api {
    return new api(this);
  }

  /** What generated classes are made of. */
  buildServiceClient(metadata: ApiMetadata): ServiceClient {
    return new ServiceClient(metadata, this);
  }

  /**
   * Finds credentials now, so that a program that has none ends at its start.
   *
   * @throws {ClientError} as a call that has to be signed would
   */
  async ensureCredentialsAvailable(): Promise<void> {
    await this.identities.credentials?.(this.options.region ? { region: this.options.region } : {});
  }

  /**
   * The region that calls go to: the option's, else that of environment, profile or credentials.
   *
   * @throws {ClientError} `noRegion`
   */
  async determineCurrentRegion(): Promise<string> {
    const region = (await this.settingsOf('')).region ?? (await this.identities.credentials?.())?.region;
    if (region === undefined) throw noRegion('any service');
    return region;
  }

  /** The settings of one service: options first, then environment, then profile, which are read once. */
  async settingsOf(serviceId: string): Promise<ClientSettings> {
    this.#settings ??= this.#load();
    return clientSettings(this.options, await this.#settings, serviceId);
  }

  async #load(): Promise<Settings> {
    try {
      return await loadSettings({ profile: this.options.profile });
    } catch (error) {
      // What is wrong in a file may be put right before the next call.
      this.#settings = undefined;
      throw error;
    }
  }

  /**
   * What requests are sent by; opened once.
   *
   * @param open Default: what most calls go by
   * @throws {ClientError} `closed`
   */
  transport(open: OpenTransport = openTransport): Promise<Transport> {
    if (this.#closed) throw new ClientError('closed', 'Cannot call: the ApiFactory was closed');
    const transport = this.#transports.get(open) ?? open(this.options);
    this.#transports.set(open, transport);
    return transport;
  }

  /** Closes the connections, also those that are in use. There can be no calls any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const transport of this.#transports.values()) (await transport).close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
