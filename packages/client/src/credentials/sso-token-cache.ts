import { expandHome } from '../config-files/expand-home.ts';
import type { Environment } from '../config-files/variables.ts';
import { readTextFile } from '../platform/files.ts';

/** Content of a token cache file, as `aws sso login` writes it, with other members that are kept as they are. */
export interface CachedToken {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly registrationExpiresAt?: string;
}

/**
 * Path of the token cache file, the same for the AWS CLI and every SDK.
 *
 * @param key name of the sso-session, or the start URL where a profile has none
 */
export async function tokenFile(key: string, env: Environment): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key)));
  const name = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return expandHome(`~/.aws/sso/cache/${name}.json`, env);
}

/**
 * Reads a token cache file. Some clients write it in place; where only half of it is there, it is read again.
 *
 * @returns `undefined` when there is no file, or no token in it
 */
export async function readToken(file: string): Promise<CachedToken | undefined> {
  for (let looks = 1; ; looks += 1) {
    const text = await readTextFile(file);
    if (text === undefined) return undefined;
    const token = parseToken(text);
    if (token !== undefined || looks === 3) return token;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** When a token expires. Early versions of the AWS CLI wrote `UTC` for `Z`. */
export function expiryMs({ expiresAt }: CachedToken): number {
  return Date.parse(expiresAt.replace(/UTC$/, 'Z'));
}

/** Text of a token cache file. Times have no milliseconds, because some readers do not accept them. */
export function tokenText(token: CachedToken): string {
  return `${JSON.stringify(token)}\n`;
}

function parseToken(text: string): CachedToken | undefined {
  try {
    const token: unknown = JSON.parse(text);
    return isToken(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

function isToken(value: unknown): value is CachedToken {
  if (typeof value !== 'object' || value === null) return false;
  const { accessToken, expiresAt }: { accessToken?: unknown; expiresAt?: unknown } = value;
  return typeof accessToken === 'string' && typeof expiresAt === 'string';
}
