import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** `~/.aws/sso/cache/<sha1>.json` as every AWS client reads and writes it; instants are ISO 8601. */
export interface CachedToken {
  readonly startUrl: string;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly registrationExpiresAt?: string;
  readonly refreshToken?: string;
}

/** The one cached token under a home folder. */
export async function readCachedToken(home: string): Promise<CachedToken> {
  return (await findCacheFile(home, 'accessToken')).content as unknown as CachedToken;
}

export async function editCachedToken(home: string, changes: Partial<CachedToken>): Promise<void> {
  await editCacheFile(home, 'accessToken', changes);
}

/** Changes the client registration that the CLI keeps in a file beside the token's. */
export async function editCachedRegistration(
  home: string,
  changes: { readonly clientId?: string; readonly clientSecret?: string; readonly expiresAt?: string },
): Promise<void> {
  await editCacheFile(home, 'scopes', changes);
}

/** Makes the cached token look as if it had so much life left; negative: as if it had expired. */
export async function ageCachedToken(home: string, secondsLeft: number): Promise<void> {
  const expiresAt = new Date(Date.now() + secondsLeft * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  await editCachedToken(home, { expiresAt });
}

export async function forgetCachedToken(home: string): Promise<void> {
  await rm((await findCacheFile(home, 'accessToken')).file);
}

/** Removes the role credentials that the CLI keeps, so that its next command asks for new ones. */
export async function forgetRoleCredentials(home: string): Promise<void> {
  await rm(path.join(home, '.aws/cli/cache'), { recursive: true, force: true });
}

/**
 * Gives another process what this one has: the same cached token, in files of its own, as clients write them in
 * place and a reader may meet half a file.
 *
 * @returns the other's home folder, inside the first
 */
export async function copyAwsFolder(home: string, name: string): Promise<string> {
  const copy = path.join(home, name);
  await cp(path.join(home, '.aws'), path.join(copy, '.aws'), { recursive: true });
  return copy;
}

async function editCacheFile(
  home: string,
  member: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { file, content } = await findCacheFile(home, member);
  await writeFile(file, JSON.stringify({ ...content, ...changes }));
}

async function findCacheFile(
  home: string,
  member: string,
): Promise<{ file: string; content: Record<string, unknown> }> {
  const folder = path.join(home, '.aws/sso/cache');
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const content: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
    if (member in content) return { file, content };
  }
  throw new Error(`Read the SSO cache: no file with "${member}" in ${folder}`);
}
