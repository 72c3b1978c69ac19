import type { SigV4Crypto } from './crypto.ts';
import type { SigningKeys } from './signing-keys.ts';

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
  /** Signs the path exactly as it is sent, neither normalised nor encoded once more, as S3 does. Default: false. */
  readonly disableDoubleEncoding?: boolean;
  /** Leaves the body out of the signature. Default: false. */
  readonly unsignedPayload?: boolean;
  /** Sends the hash of the body as `x-amz-content-sha256`, as S3 asks. Default: only where the body is not signed. */
  readonly contentSha256Header?: boolean;
  /** Keeps derived keys, for whoever signs often. Default: each is derived anew. */
  readonly signingKeys?: SigningKeys;
  /** Default: WebCrypto. */
  readonly crypto?: SigV4Crypto;
}
