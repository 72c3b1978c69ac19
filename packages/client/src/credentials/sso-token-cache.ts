import { expandHome } from '../config-files/expand-home.ts';
import type { Environment } from '../config-files/variables.ts';
import { readTextFile, replacePrivateFile } from '../platform/files.ts';

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

/** @returns `undefined` when the file is not there or holds no token */
export async function readToken(file: string): Promise<CachedToken | undefined> {
  try {
    const token: unknown = JSON.parse((await readTextFile(file)) ?? 'null');
    return isToken(token) ? token : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Times are written without milliseconds, which some readers of these files do not take. */
export async function writeToken(file: string, token: CachedToken): Promise<void> {
  await replacePrivateFile(file, `${JSON.stringify(token)}\n`);
}

function isToken(value: unknown): value is CachedToken {
  if (typeof value !== 'object' || value === null) return false;
  const { accessToken, expiresAt } = value as Partial<CachedToken>;
  return typeof accessToken === 'string' && typeof expiresAt === 'string';
}
