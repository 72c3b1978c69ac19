/**
 * The origin of a request: address, user agent and request id. The address is believed as far as proxies are trusted.
 */
export interface Origin {
  /** IP address of the client, after trusted proxies. */
  readonly address: string;
  /**
   * Whether headers say that the address is that of a proxy which is not trusted. Clients can send such headers, too.
   * Absent: false.
   */
  readonly viaUntrustedProxy?: boolean;
  readonly userAgent: string;
  readonly requestId: string;
}

const USER_AGENT_CHARACTERS = 256;

/** The place of a request, as far as it is stored: as much of the user agent as is kept. */
export function placeOf({ address, userAgent }: Origin): Pick<Origin, 'address' | 'userAgent'> {
  return { address, userAgent: userAgent.slice(0, USER_AGENT_CHARACTERS) };
}
