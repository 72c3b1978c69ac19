import type { ApiFactoryOptions } from './api-factory-options.ts';
import type { ApiMetadata } from './api-metadata.ts';
import type { ClientContext } from './call/client-context.ts';
import { SendingClient } from './call/sending-client.ts';
import { ClientError } from './client-error.ts';
import { clientSettings, regionSetting } from './client-settings.ts';
import { systemClock } from './clock.ts';
import { loadSettings, type Settings } from './config-files/settings.ts';
import { credentialChain } from './credentials/chain.ts';
import type { ChainOptions } from './credentials/chain-source.ts';
import type { CredentialProvider } from './credentials/credentials.ts';
import type { ServiceClient } from './service-client.ts';
import { noRegion } from './signing/auth.ts';
import { identities } from './signing/identities.ts';
import { openTransport } from './transport/open-transport.ts';
import type { OpenTransport, Transport } from './transport/transport.ts';

/** Key of an internal option: what stands in for the machine that a test runs on. */
export const standIns: unique symbol = Symbol('standIns');

/** Options with which tests, and the factory of fake answers, keep clear of the machine that they run on. */
export interface InternalFactoryOptions extends ApiFactoryOptions {
  readonly [standIns]?: {
    /** Reads the settings that no option gives. Default: from environment and profile. */
    readonly readSettings?: () => Promise<Settings>;
    /** Opens the transport that most calls use. Default: the fastest of the platform. */
    readonly openTransport?: OpenTransport;
  };
}

/** Credentials of a factory whose options give none. @param options - `profile` of the factory */
export type DefaultCredentials = (options: ChainOptions) => CredentialProvider;

/**
 * An `ApiFactory` without sources of credentials: it looks for credentials where the program says. A bundle has the code of these sources
 * alone, which is an eighth less.
 *
 * @example
 * ```ts
 * const factory = new CoreApiFactory({ region: 'eu-central-1' }, ({ profile }) =>
 *   credentialChain({ Environment: fromEnvironment(), SSO: fromSso({ profile }) }),
 * );
 * const dynamodb = factory.makeNew(DynamoDB);
 * ```
 */
export class CoreApiFactory {
  readonly #shared: ClientContext;
  readonly #transports = new Map<OpenTransport, Promise<Transport>>();
  #settings: Promise<Settings> | undefined;
  #closed = false;

  /**
   * @param defaultCredentials - where credentials come from when no option says it. Default: nowhere, so calls that are to be signed fail
   * @throws {ClientError} `unsupported` for `extras` of the aws_api library
   */
  constructor(
    options: ApiFactoryOptions = {},
    defaultCredentials: DefaultCredentials = () => credentialChain({}),
  ) {
    if ('extras' in options) {
      throw new ClientError(
        'unsupported',
        'Cannot use the option "extras": give hooks, or a fetch of your own',
      );
    }
    const clock = { ...systemClock, ...options.clock };
    this.#shared = {
      ...{ options, clock, identities: identities(options, clock, defaultCredentials) },
      settingsOf: async (serviceId) => clientSettings(options, await this.#configured(), serviceId),
      transport: (open = standInsOf(options).openTransport ?? openTransport) => this.#transport(open),
    };
  }

  /** Makes the client of a service, from its generated class. */
  makeNew<Api>(api: new (factory: CoreApiFactory) => Api): Api {
    return new api(this);
  }

  /** Makes the client that a generated class calls its service with; programs use the class, or `makeNew`. */
  buildServiceClient(metadata: ApiMetadata): ServiceClient {
    return new SendingClient(metadata, this.#shared);
  }

  /**
   * Finds credentials now, so that a program without any fails when it starts.
   *
   * @throws {ClientError} what a signed call would throw
   */
  async ensureCredentialsAvailable(): Promise<void> {
    const { identities, options } = this.#shared;
    await identities.credentials?.(options.region ? { region: options.region } : {});
  }

  /**
   * The region that calls go to: from the option, else from environment, profile or credentials.
   *
   * @throws {ClientError} `noRegion`; `badConfiguration` where the profile that may say it cannot be read
   */
  async determineCurrentRegion(): Promise<string> {
    const configured = await this.#configured();
    const { identities, options } = this.#shared;
    const region = regionSetting(options, configured) ?? (await identities.credentials?.())?.region;
    if (region === undefined) throw configured.fault ?? noRegion('any service');
    return region;
  }

  /** What environment and profile say; read once. */
  #configured(): Promise<Settings> {
    this.#settings ??= this.#load();
    return this.#settings;
  }

  async #load(): Promise<Settings> {
    const { options } = this.#shared;
    const { readSettings = () => loadSettings({ profile: options.profile }) } = standInsOf(options);
    let isReadable = false;
    try {
      const settings = await readSettings();
      isReadable = settings.fault === undefined;
      return settings;
    } finally {
      // Whatever is wrong in a file may be mended before the next call.
      if (!isReadable) this.#settings = undefined;
    }
  }

  #transport(open: OpenTransport): Promise<Transport> {
    if (this.#closed) throw new ClientError('closed', 'Cannot call: the ApiFactory was closed');
    const transport = this.#transports.get(open) ?? open(this.#shared.options);
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

function standInsOf(options: InternalFactoryOptions): NonNullable<InternalFactoryOptions[typeof standIns]> {
  return options[standIns] ?? {};
}
