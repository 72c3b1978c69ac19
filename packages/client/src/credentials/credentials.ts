import type { NodeAgent } from '../transport/node-agent.ts';

/** AWS credentials, with which requests are signed. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Session token; temporary credentials have one. */
  readonly sessionToken?: string;
  /** When the credentials expire. Absent: never. */
  readonly expiration?: Date;
  /** AWS account that the credentials belong to, where their source says. */
  readonly accountId?: string;
  /** Region that their source names, for clients without a configured region. */
  readonly region?: string;
}

/** What a client tells a provider. Everything has a default, so that a provider can be called without a client. */
export interface CredentialContext {
  /** Region of the client. A provider calls STS there, unless its profile says otherwise. */
  readonly region?: string;
  /** Clock, in milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** Function that sends the provider's requests. Default: the platform's transport. */
  readonly fetch?: typeof fetch;
  /** Agent of the client, for the provider's calls of services. Default: agents of its own. */
  readonly agent?: NodeAgent;
}

/**
 * Gets credentials from one source. A client caches them, and calls again before they expire (see `refreshing`).
 *
 * @throws {ClientError} `noCredentials` when the source does not apply here, so that the next one can be tried
 */
export type CredentialProvider = (context?: CredentialContext) => Promise<Credentials>;
