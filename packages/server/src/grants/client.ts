/** A client that registered itself, with everything about it sealed inside its client id; or one of the configuration. */
export interface Client {
  /** The client's row id in the store: 12 random bytes. */
  readonly id: Uint8Array;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  /**
   * Whether the client registered without scopes. Its access token then lasts as long as its session, and has no
   * refresh token beside it.
   */
  readonly legacy: boolean;
  /** Id under which the configuration has the client. Absent for one that registered itself: anyone can do that, by any name. */
  readonly knownAs?: string;
  readonly expiresAtMs: number;
}

/** The name of a client as it is stored: no text in PostgreSQL has U+0000. */
export function storedName(clientName: string): string {
  return clientName.replaceAll('\0', '\ufffd');
}
