import type { Context } from '../context.ts';
import type { Keys } from '../keys/keys.ts';
import { randomBytes } from '../keys/random.ts';
import type { User } from '../people/directory.ts';
import type { TotpFactor } from '../store/port/factors.ts';

/** Seconds of a time step (RFC 6238 section 4.1). */
const STEP_SECONDS = 30;
/** Steps before and after the present one whose codes are taken, as clocks differ and people type slowly. */
const WINDOW_STEPS = 1;
/** As long as the HMAC's output (RFC 4226 section 4, R6). */
const SECRET_BYTES = 20;
const SECRET_PURPOSE = 'totp-secret';

const settings = { algorithm: 'SHA1', digits: 6, period: STEP_SECONDS } as const;

export function makeTotpSecret(): Uint8Array {
  return Buffer.from(randomBytes(SECRET_BYTES));
}

/** Seals a secret for its factor: as the secret of another factor it opens nothing. */
export function sealTotpSecret(keys: Keys, factorId: string, secret: Uint8Array): Uint8Array {
  return keys.seal(SECRET_PURPOSE, Buffer.concat([Buffer.from(factorId), secret]));
}

/** @returns `undefined` when the keys that sealed it are gone */
export async function openTotpSecret(
  { keys }: Pick<Context, 'keys'>,
  { id, sealedSecret }: Pick<TotpFactor, 'id' | 'sealedSecret'>,
): Promise<Uint8Array | undefined> {
  await keys.learn(sealedSecret[0] ?? 0);
  const bytes = keys.unseal(SECRET_PURPOSE, sealedSecret);
  if (bytes === undefined || bytes.toString('latin1', 0, id.length) !== id) return undefined;
  return bytes.subarray(id.length);
}

/**
 * Finds the time step that a code belongs to (RFC 6238), of the present one and those beside it.
 *
 * @param code - as typed; spaces do not count
 */
export async function findTimeStep(
  secret: Uint8Array,
  code: string,
  nowMs: number,
): Promise<number | undefined> {
  const token = code.replaceAll(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const { Secret, TOTP } = await import('otpauth');
  const delta = TOTP.validate({
    ...settings,
    ...{ token, secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) },
    ...{ timestamp: nowMs, window: WINDOW_STEPS },
  });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
}

/** What an app is told of a secret: as a URI, which a QR code can hold, and as text in groups of four. */
export async function describeTotpSecret(
  { brand, config }: Pick<Context, 'brand' | 'config'>,
  { userName }: User,
  bytes: Uint8Array,
): Promise<{ readonly uri: string; readonly text: string }> {
  const { Secret, TOTP } = await import('otpauth');
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer });
  const issuer = `${brand.name} (${new URL(config.baseUrl).host})`;
  const uri = new TOTP({ ...settings, issuer, label: userName, secret }).toString();
  return { uri, text: secret.base32.replaceAll(/.{4}(?=.)/g, '$& ') };
}
