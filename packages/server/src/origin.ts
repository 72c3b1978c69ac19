/**
 * The origin of a request: address, user agent and request id. The address is believed as far as proxies are trusted.
 */
export interface Origin {
  /** IP address of the client, after trusted proxies. */
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
}
