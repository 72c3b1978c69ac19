/** A registered client, as its id alone tells. */
export interface Client {
  /** 12 bytes, random; names the client in the store. */
  readonly id: Uint8Array;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  /** Registered without scopes: its session lasts as long as its access token, and has no refresh token. */
  readonly legacy: boolean;
  readonly expiresAtMs: number;
}
