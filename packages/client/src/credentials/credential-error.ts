/**
 * - `not-configured`: the source has nothing to say here; the chain goes on.
 * - `invalid-configuration`: the source is named but its settings are wrong.
 * - `sign-in-required`: a person has to sign in again.
 * - `refused`: the source was asked and said no, or answered nonsense.
 */
export type CredentialErrorCode = 'not-configured' | 'invalid-configuration' | 'sign-in-required' | 'refused';

/** Why there are no credentials. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
  readonly code: CredentialErrorCode;

  constructor(code: CredentialErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
