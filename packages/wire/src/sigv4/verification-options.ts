import type { SigV4Crypto } from './crypto.ts';
import type { SigV4Credentials } from './signing-options.ts';

/** What the caller has stored under an access key id; it may hold more than the secret. */
export type SecretHolder = Pick<SigV4Credentials, 'secretAccessKey'>;

export interface SigV4VerificationOptions<Credentials extends SecretHolder> {
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Signing names that this endpoint serves. */
  readonly services: readonly string[];
  /** Regions that this endpoint serves. Default: any. */
  readonly regions?: readonly string[];
  /**
   * Looks a key up; undefined when it is unknown or the session token does not belong to it. Whether it has expired is
   * better asked afterwards, once the signature shows that the caller holds it.
   */
  findCredentials(
    accessKeyId: string,
    sessionToken: string | undefined,
  ): Credentials | undefined | Promise<Credentials | undefined>;
  /** How far the caller's clock may be off, either way. Default: 15 minutes. */
  readonly maxSkewMs?: number;
  /**
   * Accepts a presigned request for as long as one that is signed in its headers (`maxSkewMs`), however short or long its
   * `X-Amz-Expires` says, which must be well-formed where it is given. Default: false.
   */
  readonly ignoresExpires?: boolean;
  /** Accepts a body that the signature does not cover. Default: false. */
  readonly allowUnsignedPayload?: boolean;
  /** Accepts a body whose chunks or events carry signatures of their own, to be checked as they are read. Default: false. */
  readonly allowStreamingPayload?: boolean;
  /** Takes the path exactly as it was sent, neither normalised nor encoded once more, as S3 does. Default: false. */
  readonly disableDoubleEncoding?: boolean;
  /** Default: WebCrypto. */
  readonly crypto?: SigV4Crypto;
}
