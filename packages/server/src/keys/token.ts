import { timingSafeEqual } from 'node:crypto';
import type { Keys } from './keys.ts';

/**
 * The prefix of each kind of code or token that stands for a row of the store. It tells people, and scanners for leaked
 * secrets, what they are looking at.
 */
const prefixByKind = {
  deviceCode: 'lk_dc_',
  authorizationCode: 'lk_ac_',
  accessToken: 'lk_at_',
  refreshToken: 'lk_rt_',
  signInSession: 'lk_ss_',
} as const;

export type TokenKind = keyof typeof prefixByKind;

/** The claims of a token. They are true only once the token is verified. */
export interface TokenClaims {
  /** Id of the row that the token stands for. */
  readonly id: number;
  /** The generation of the token: which of the row's successive tokens it is; 0 where the row has only one. */
  readonly generation: number;
  /** The scopes of the token: a bit for each scope of the row, in their order; 0 where it carries none. */
  readonly scopeMask: number;
  readonly expiresAtMs: number;
}

export interface ParsedToken extends TokenClaims {
  readonly kind: TokenKind;
  readonly keyId: number;
  readonly mac: Uint8Array;
}

const MAC_BYTES = 20;
const CLAIMS_BYTES = 1 + 7 + 4 + 4 + 6;
const TOKEN_CHARACTERS = ((CLAIMS_BYTES + MAC_BYTES) * 8) / 6;
const encoded = new RegExp(`^[A-Za-z0-9_-]{${TOKEN_CHARACTERS}}$`);

/** Length of a row's salt in bytes. A salt is random, and known to the store alone. */
export const SALT_BYTES = 16;

/**
 * Makes a token from its claims, the row's salt and the instance's keys. Nothing of it needs storing, not even a hash:
 * the same arguments give the same token again, and neither a stolen database nor a stolen key makes one alone.
 */
export function issueToken(keys: Keys, kind: TokenKind, claims: TokenClaims, salt: Uint8Array): string {
  const bytes = Buffer.allocUnsafe(CLAIMS_BYTES + MAC_BYTES);
  writeClaims(bytes, keys.currentId, claims);
  const mac = keys.mac(kind, bytes.subarray(0, CLAIMS_BYTES), salt);
  mac.copy(bytes, CLAIMS_BYTES, 0, MAC_BYTES);
  return prefixByKind[kind] + bytes.toString('base64url');
}

/** @returns the token's claims, not verified; `undefined` when it has not the form of such a token */
export function parseToken(kind: TokenKind, text: string): ParsedToken | undefined {
  const prefix = prefixByKind[kind];
  if (!text.startsWith(prefix) || !encoded.test(text.slice(prefix.length))) return undefined;
  const bytes = Buffer.from(text.slice(prefix.length), 'base64url');
  const id = bytes.readUIntBE(1, 6) * 256 + bytes.readUInt8(7);
  if (!Number.isSafeInteger(id)) return undefined;
  return {
    kind,
    keyId: bytes.readUInt8(0),
    id,
    generation: bytes.readUInt32BE(8),
    scopeMask: bytes.readUInt32BE(12),
    expiresAtMs: bytes.readUIntBE(16, 6),
    mac: bytes.subarray(CLAIMS_BYTES),
  };
}

/**
 * Whether the token was made by this instance for the row that has this salt. Constant in time; says nothing of expiry.
 */
export function verifyToken(keys: Keys, token: ParsedToken, salt: Uint8Array): boolean {
  const bytes = Buffer.allocUnsafe(CLAIMS_BYTES);
  writeClaims(bytes, token.keyId, token);
  const mac = keys.macUnder(token.keyId, token.kind, bytes, salt);
  return mac !== undefined && timingSafeEqual(token.mac, mac.subarray(0, MAC_BYTES));
}

function writeClaims(
  bytes: Buffer,
  keyId: number,
  { id, generation, scopeMask, expiresAtMs }: TokenClaims,
): void {
  bytes.writeUInt8(keyId, 0);
  bytes.writeUIntBE(Math.floor(id / 256), 1, 6);
  bytes.writeUInt8(id % 256, 7);
  bytes.writeUInt32BE(generation, 8);
  bytes.writeUInt32BE(scopeMask, 12);
  bytes.writeUIntBE(expiresAtMs, 16, 6);
}
