import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import type { User } from './directory.ts';

/**
 * What a device cookie says: that a user has signed in, in the browser that has it, with the password that they have now.
 *
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export interface DeviceCookie {
  /** Random, other for each sign-in, so that each cookie has tries of its own. */
  readonly id: string;
  readonly userId: string;
  readonly userVersion: string;
  readonly expiresAtMs: number;
}

const PREFIX = 'lk_kb_';
const PURPOSE = 'device-cookie';
const ID_BYTES = 12;
/** Longer text is no device cookie, and is not looked at. */
const MAX_LENGTH = 512;

type Sealed = readonly [id: string, userId: string, userVersion: string, expiresAtMs: number];

/** Makes the value of a device cookie for a user who has just signed in. Nothing of it is stored. */
export function issueDeviceCookie(context: Context, user: User): DeviceCookie & { readonly value: string } {
  const id = randomBytes(ID_BYTES).toString('base64url');
  const expiresAtMs = context.now() + context.config.lifetimes.deviceCookieSeconds * 1000;
  const sealed: Sealed = [id, user.id, user.version, expiresAtMs];
  const value =
    PREFIX + context.keys.seal(PURPOSE, Buffer.from(JSON.stringify(sealed))).toString('base64url');
  return { id, userId: user.id, userVersion: user.version, expiresAtMs, value };
}

/** @returns `undefined` when the value is no device cookie of this instance, or has expired */
export function readDeviceCookie(context: Context, value: string): DeviceCookie | undefined {
  if (!value.startsWith(PREFIX) || value.length > MAX_LENGTH) return undefined;
  const bytes = context.keys.unseal(PURPOSE, Buffer.from(value.slice(PREFIX.length), 'base64url'));
  if (bytes === undefined) return undefined;
  const [id, userId, userVersion, expiresAtMs] = JSON.parse(bytes.toString()) as Sealed;
  return expiresAtMs > context.now() ? { id, userId, userVersion, expiresAtMs } : undefined;
}
