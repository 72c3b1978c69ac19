import type { Keys } from '../keys/keys.ts';

const PURPOSE = 'take-back-link';
/** Longest life of an SSO session: nothing is left to be taken back after it. */
const LIVES_MS = 90 * 86_400_000;

/** What a link of a mail takes back: the device that a person has allowed. */
export interface TakeBackLink {
  readonly userId: string;
  readonly authorizationId: number;
  /** When it was allowed. */
  readonly atMs: number;
}

/**
 * The address that mails have for "that wasn't me". It needs no sign-in, as it can do nothing but end one device's access; opening it does
 * nothing yet.
 */
export function takeBackUrl(
  { keys, baseUrl }: { readonly keys: Keys; readonly baseUrl: string },
  { userId, authorizationId, atMs }: TakeBackLink,
): string {
  const claims = `${authorizationId.toString(36)}.${userId}.${atMs.toString(36)}`;
  return `${baseUrl}/not-me?token=${claims}.${keys.mac(PURPOSE, claims).toString('base64url')}`;
}

/** @returns `undefined` where the text is no token of ours, or is too old */
export function parseTakeBackToken(keys: Keys, token: string, nowMs: number): TakeBackLink | undefined {
  // The last of 43 characters has two bits that say nothing, so of four spellings one is taken.
  const [, claims = '', id = '', userId = '', at = '', mac = ''] =
    /^(([0-9a-z]{1,11})\.([0-9a-f-]{36})\.([0-9a-z]{1,10}))\.([\w-]{42}[AEIMQUYcgkosw048])$/.exec(token) ??
    [];
  if (!keys.verifyMac(Buffer.from(mac, 'base64url'), PURPOSE, claims)) return undefined;
  const atMs = Number.parseInt(at, 36);
  if (nowMs - atMs > LIVES_MS) return undefined;
  return { userId, authorizationId: Number.parseInt(id, 36), atMs };
}
