import { Secret, TOTP } from 'otpauth';

/** The code that an authenticator app with this secret shows at an instant. */
export function totpCode(secret: Uint8Array, atMs: number): string {
  const totp = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });
  return totp.generate({ timestamp: atMs });
}
