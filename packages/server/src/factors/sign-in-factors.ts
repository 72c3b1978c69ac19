/**
 * What a person has shown in a sign-in. A `verifiedPasskey` verified its user, by a PIN or a fingerprint; a `passkey` was only
 * there, and touched. A `link` is a one-time link of an administrator.
 */
export type SignInFactor = 'password' | 'link' | 'totp' | 'recoveryCode' | 'passkey' | 'verifiedPasskey';

/** The factors as a sign-in session keeps them. */
export function renderFactors(factors: readonly SignInFactor[]): string {
  return factors.join(' ');
}

/** @param text - absent for a session of a release that knew passwords alone */
export function parseFactors(text = 'password'): readonly SignInFactor[] {
  return text.split(' ') as SignInFactor[];
}

/** Whether there are two factors among them: a passkey that verified its user is something one has, and something one knows or is. */
export function hasSecondFactor(factors: readonly SignInFactor[]): boolean {
  return factors.length > 1 || factors.includes('verifiedPasskey');
}
