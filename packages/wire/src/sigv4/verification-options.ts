import type { SigV4Crypto } from './crypto.ts';
import type { SigV4Credentials } from './signing-options.ts';

/** What the verifying program stores for an access key id: the secret, and maybe more. */
export type SecretHolder = Pick<SigV4Credentials, 'secretAccessKey'>;

export interface SigV4VerificationOptions<Credentials extends SecretHolder> {
  /** Current time in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Signing names that this endpoint serves. */
  readonly services: readonly string[];
  /** Regions that this endpoint serves. Default: any. */
  readonly regions?: readonly string[];
  /**
   * Looks up an access key; undefined when it is unknown or the session token is not the one that belongs to it. Check
   * afterwards whether it has expired: only a caller with a valid signature should learn of that.
   */
  findCredentials(
    accessKeyId: string,
    sessionToken: string | undefined,
  ): Credentials | undefined | Promise<Credentials | undefined>;
  /** How far the caller's clock may differ, in either direction. Default: 15 minutes. */
  readonly maxSkewMs?: number;
  /**
   * Whether to ignore `X-Amz-Expires`, and to accept a presigned request for as long as one with its signature in the
   * headers (`maxSkewMs`). Where it is given, it must still be well-formed. Default: false.
   */
  readonly ignoresExpires?: boolean;
  /** Whether to accept a body that the signature does not cover. Default: false. */
  readonly allowUnsignedPayload?: boolean;
  /** Whether to accept a body whose chunks or events have their own signatures, which the reader must check. Default: false. */
  readonly allowStreamingPayload?: boolean;
  /** Whether the path was signed as it was sent, without normalising and encoding it again, as for S3. Default: false. */
  readonly disableDoubleEncoding?: boolean;
  /** Hash functions. Default: those of WebCrypto. */
  readonly crypto?: SigV4Crypto;
}
