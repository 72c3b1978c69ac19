/**
 * What people sign in with besides a password (docs/decisions/0033). Whatever is used once is used in one atomic step, so that of
 * several requests with it, on any replica, one succeeds.
 */
export interface FactorStore {
  /** Lists the factors of a user, the oldest first. */
  listFactors(userId: string): Promise<readonly Factor[]>;
  /** Finds the passkey with a credential id, and whose it is. */
  findPasskey(credentialId: Uint8Array): Promise<(PasskeyFactor & { readonly userId: string }) | undefined>;
  /**
   * Adds a factor to a user.
   *
   * @param most - the most factors that a user has
   * @returns `taken`: a factor has this id or credential id; `noUser`: there is no such user any more
   */
  addFactor(userId: string, factor: Factor, most: number): Promise<'added' | 'taken' | 'tooMany' | 'noUser'>;
  /** Removes a factor of a user; with the last one, the user's recovery codes too. @returns whether it was this call */
  removeFactor(userId: string, factorId: string): Promise<boolean>;
  /**
   * Uses a factor, once for each counter and each challenge.
   *
   * @returns whether it was this call; `false` where the factor is gone, its counter is not below the new one (0 stays 0, for
   *   authenticators that do not count), or the challenge is spent already. Nothing is changed then, but for the challenge, which is spent
   */
  useFactor(factorId: string, use: FactorUse): Promise<boolean>;
  /** Puts a secret that was sealed anew in the place of the same secret. @returns whether it was still there */
  resealFactor(factorId: string, before: Uint8Array, sealedSecret: Uint8Array): Promise<boolean>;
  /** Finds sealed secrets under a key, at most `limit`. */
  listSealedUnder(keyId: number, limit: number): Promise<readonly SealedFactor[]>;

  /** Puts recovery codes in the place of those that a user had. @returns false: there is no such user, or one without factors */
  replaceRecoveryCodes(userId: string, digests: readonly Uint8Array[], nowMs: number): Promise<boolean>;
  /** Uses a recovery code, once. @returns whether it was this call */
  useRecoveryCode(userId: string, digest: Uint8Array, nowMs: number): Promise<boolean>;
  /** Tells of a user's recovery codes; `undefined` where none were made. */
  countRecoveryCodes(userId: string): Promise<RecoveryCodes | undefined>;
}

interface FactorBase {
  /** A UUID. */
  readonly id: string;
  /** What its owner calls it. */
  readonly name: string;
  readonly createdAtMs: number;
  /** `null`: never. */
  readonly lastUsedAtMs: number | null;
  /** The last time step of a TOTP factor, the signature counter of a passkey. */
  readonly counter: number;
}

/** A secret that an app makes codes with (RFC 6238). */
export interface TotpFactor extends FactorBase {
  readonly kind: 'totp';
  /** Its first byte is the id of the key. */
  readonly sealedSecret: Uint8Array;
}

/** A WebAuthn credential. */
export interface PasskeyFactor extends FactorBase {
  readonly kind: 'passkey';
  readonly credentialId: Uint8Array;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  /** How the authenticator is reached, as the browser said when it was made: `internal hybrid`. */
  readonly transports: string;
}

export type Factor = TotpFactor | PasskeyFactor;

export interface SealedFactor {
  readonly id: string;
  readonly sealedSecret: Uint8Array;
}

export interface FactorUse {
  readonly counter: number;
  /** The WebAuthn challenge that was answered. */
  readonly challenge?: { readonly digest: Uint8Array; readonly expiresAtMs: number };
  readonly nowMs: number;
}

export interface RecoveryCodes {
  readonly createdAtMs: number;
  /** How many are not used. */
  readonly left: number;
}
