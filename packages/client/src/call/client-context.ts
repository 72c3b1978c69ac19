import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { Clock } from '../clock.ts';
import type { Identities } from '../signing/auth.ts';
import type { OpenTransport, Transport } from '../transport/transport.ts';

/** What the clients of an `ApiFactory` share. */
export interface ClientContext {
  readonly options: ApiFactoryOptions;
  readonly clock: Clock;
  readonly identities: Identities;
  /** The settings of one service: from the options, else the environment, else the profile. */
  settingsOf(serviceId: string): Promise<ClientSettings>;
  /**
   * The transport that requests are sent by; opened once.
   *
   * @param open opens another kind of transport, e.g. HTTP/2. Default: the one that most calls use
   * @throws {ClientError} `closed`
   */
  transport(open?: OpenTransport): Promise<Transport>;
}
