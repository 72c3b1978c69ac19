/** What signs a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Goes with temporary keys. */
  readonly sessionToken?: string;
  /** Absent when the credentials do not run out. */
  readonly expiration?: Date;
  /** The AWS account that they belong to, where their source says. */
  readonly accountId?: string;
  /** Where their source says: used by a client that is given no region. */
  readonly region?: string;
}

/** What a client tells a provider; everything has a default, so that a provider can be called alone. */
export interface CredentialContext {
  /** Region of the client, where a provider calls STS unless it is told otherwise. */
  readonly region?: string;
  /** Milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** Sends what a provider has to send. Default: as any client of the runtime does. */
  readonly fetch?: typeof fetch;
}

/**
 * Gets credentials from one source. It is asked again before they expire; a client remembers them in between (see
 * `refreshing`).
 *
 * @throws {ClientError} `noCredentials` when the source does not apply here, so that the next one can be tried
 */
export type CredentialProvider = (context?: CredentialContext) => Promise<Credentials>;
