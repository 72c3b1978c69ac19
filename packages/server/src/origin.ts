/** Where a request came from, as far as it is believed. */
export interface Origin {
  /** IP address of the client, after trusted proxies. */
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
}
