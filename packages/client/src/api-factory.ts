import type { ApiFactoryOptions } from './api-factory-options.ts';
import type { ApiMetadata } from './api-metadata.ts';
import type { ClientContext } from './call/client-context.ts';
import { ServiceClient } from './call/service-client.ts';
import { ClientError } from './client-error.ts';
import { type ClientSettings, clientSettings, regionSetting } from './client-settings.ts';
import { type Clock, systemClock } from './clock.ts';
import { loadSettings, type Settings } from './config-files/settings.ts';
import { type Identities, noRegion } from './signing/auth.ts';
import { identities } from './signing/identities.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport, Transport } from './transport/transport.ts';

/**
 * Makes service clients that share its credentials, connections and settings. Its methods are for programs; generated
 * classes use what else it has (`ClientContext`), which tests may override.
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

  /** @throws {ClientError} `unsupported` for `extras` of the aws_api library */
  constructor(options: ApiFactoryOptions = {}) {
    if ('extras' in options) {
      throw new ClientError(
        'unsupported',
        'Cannot use the option "extras": give hooks, or a fetch of your own',
      );
    }
    this.options = options;
    this.clock = { ...systemClock, ...options.clock };
    this.identities = identities(options, this.clock);
  }

  /** Makes the client of a service, from its generated class. */
  makeNew<Api>(api: new (factory: ApiFactory) => Api): Api {
    return new api(this);
  }

  /** Makes the client that a generated class calls its service with. */
  buildServiceClient(metadata: ApiMetadata): ServiceClient {
    return new ServiceClient(metadata, this);
  }

  /**
   * Finds credentials now, so that a program without any fails when it starts.
   *
   * @throws {ClientError} what a signed call would throw
   */
  async ensureCredentialsAvailable(): Promise<void> {
    await this.identities.credentials?.(this.options.region ? { region: this.options.region } : {});
  }

  /**
   * The region that calls go to: from the option, else from environment, profile or credentials.
   *
   * @throws {ClientError} `noRegion`; `badConfiguration` where the profile that may say it cannot be read
   */
  async determineCurrentRegion(): Promise<string> {
    const configured = await this.#configured();
    const region = regionSetting(this.options, configured) ?? (await this.identities.credentials?.())?.region;
    if (region === undefined) throw configured.fault ?? noRegion('any service');
    return region;
  }

  /** The settings of one service: from the options, else the environment, else the profile. */
  async settingsOf(serviceId: string): Promise<ClientSettings> {
    return clientSettings(this.options, await this.#configured(), serviceId);
  }

  /** What environment and profile say; read once. */
  #configured(): Promise<Settings> {
    this.#settings ??= this.#load();
    return this.#settings;
  }

  async #load(): Promise<Settings> {
    let isReadable = false;
    try {
      const settings = await loadSettings({ profile: this.options.profile });
      isReadable = settings.fault === undefined;
      return settings;
    } finally {
      // Whatever is wrong in a file may be mended before the next call.
      if (!isReadable) this.#settings = undefined;
    }
  }

  /**
   * The transport that requests are sent by; opened once.
   *
   * @param open opens another kind of transport, e.g. HTTP/2. Default: the one that most calls use
   * @throws {ClientError} `closed`
   */
  transport(open: OpenTransport = openTransport): Promise<Transport> {
    if (this.#closed) throw new ClientError('closed', 'Cannot call: the ApiFactory was closed');
    const transport = this.#transports.get(open) ?? open(this.options);
    this.#transports.set(open, transport);
    return transport;
  }

  /** Closes all connections, including those in use. Later calls fail with `closed`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const transport of await Promise.allSettled(this.#transports.values())) {
      if (transport.status === 'fulfilled') transport.value.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
