import { expandHome } from '../config-files/expand-home.ts';
import type { Environment } from '../config-files/variables.ts';
import { readTextFile } from '../platform/files.ts';

/** The token of a sign-in as `aws sso login` keeps it, along with members that are not of interest here. */
export interface CachedToken {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly registrationExpiresAt?: string;
}

/**
 * Where the AWS CLI and every SDK keep the token of a sign-in.
 *
 * @param key Name of the sso-session, or the start URL where a profile has none
 */
export async function tokenFile(key: string, env: Environment): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key)));
  const name = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return expandHome(`~/.aws/sso/cache/${name}.json`, env);
}

/**
 * Some clients write the file in place, so that a reader may meet half of it, and has to look again.
 *
 * @returns `undefined` when the file is not there or holds no token
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

/** Times are written without milliseconds, which some readers of these files do not take. */
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
