import type { CredentialScope } from './credential-scope.ts';
import type { SigV4Crypto } from './crypto.ts';

/** The keys that a request is signed with. */
export interface SigV4Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Derived signing keys, kept for the next request. `SigningKeys` is one. */
export interface SigningKeyCache {
  get(secretAccessKey: string, scope: CredentialScope, crypto: SigV4Crypto): Uint8Array | Promise<Uint8Array>;
}

/** What a signature of Signature Version 4 is made from, besides the request. */
export interface SigV4SigningOptions {
  readonly credentials: SigV4Credentials;
  readonly region: string;
  /** Signing name of the service, e.g. `sts`. */
  readonly service: string;
  /** Time of the signature, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Whether to sign the path as it is sent, without normalising and encoding it again, as S3 needs it. Default: false. */
  readonly disableDoubleEncoding?: boolean;
  /** Whether to leave the body out of the signature. Default: false. */
  readonly unsignedPayload?: boolean;
  /** Whether to send `x-amz-content-sha256`, as S3 needs it. Default: only where the body is not signed. */
  readonly contentSha256Header?: boolean;
  /** Cache of derived keys, for a program that signs often. Default: the key is derived for every request. */
  readonly signingKeys?: SigningKeyCache;
  /** Hash functions. Default: those of WebCrypto. */
  readonly crypto?: SigV4Crypto;
}
