import type { SigV4Crypto } from './crypto.ts';

export interface SigV4Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SigV4SigningOptions {
  readonly credentials: SigV4Credentials;
  readonly region: string;
  /** Signing name of the service, e.g. `sts`. */
  readonly service: string;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Default: WebCrypto. */
  readonly crypto?: SigV4Crypto;
}
