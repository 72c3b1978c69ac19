import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Client, cacheDir, interopDir } from './clients.ts';

/** @returns whether the client has been made from the files that are there now */
export async function isPrepared(client: Client): Promise<boolean> {
  const recorded = await readFile(stampFile(client), 'utf8').catch(() => undefined);
  return recorded === (await fingerprint(client));
}

export async function recordPrepared(client: Client): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  await writeFile(stampFile(client), await fingerprint(client));
}

/**
 * What a suite gives as its `skip` option.
 *
 * @returns the reason to skip, or `false` when the client is ready; always `false` in CI, where a missing client is a failure
 */
export async function skipUnlessPrepared(...needed: readonly Client[]): Promise<string | false> {
  if (process.env['CI'] !== undefined) return false;
  for (const client of needed) {
    if (!(await isPrepared(client))) {
      return `${client.name} is not prepared: run "npx node test/interop/prepare.ts ${client.folder}"`;
    }
  }
  return false;
}

function stampFile(client: Client): string {
  return path.join(cacheDir, `${client.folder}.prepared`);
}

async function fingerprint(client: Client): Promise<string> {
  const folder = path.join(interopDir, client.folder);
  const hash = createHash('sha256').update(JSON.stringify(client.prepare));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}
