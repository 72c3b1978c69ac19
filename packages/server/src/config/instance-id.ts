import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileAttributes, writeFileAtomically } from '../files/write-file-atomically.ts';
import { parseConnectionUrl } from '../store/postgresql/connection-url.ts';
import type { Config } from './config.ts';

/**
 * @returns the instance id: configured, or else that of the store in PostgreSQL, or the one that was made on the first start;
 *   `undefined` before that
 * @throws {StoreError} when PostgreSQL cannot be reached
 */
export async function findInstanceId({ instance, dataDir, store }: Config): Promise<string | undefined> {
  if (instance.id !== undefined) return instance.id;
  if (store === undefined) return findLocalInstanceId(dataDir);
  const { readInstanceId } = await import('../store/postgresql/instance-row.ts');
  return readInstanceId(parseConnectionUrl(store));
}

/** @returns the instance id that the data folder has */
export async function findLocalInstanceId(dataDir: string): Promise<string | undefined> {
  const file = idFile(dataDir);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const id = text?.trim();
  if (id === undefined || /^ssoins-[0-9a-f]{16}$/.test(id)) return id;
  throw new Error(
    `Read the instance id: expected "ssoins-" and 16 hexadecimal digits in ${file}; restore the file, or set instance.id`,
  );
}

/**
 * @returns the instance id; on the first start with SQLite a new one, which is kept in the data folder
 * @throws {StoreError} where the database in PostgreSQL has no store yet, or cannot be reached
 */
export async function ensureInstanceId(config: Config): Promise<string> {
  const existing = await findInstanceId(config);
  if (existing !== undefined) return existing;
  if (config.store !== undefined) {
    const { noStoreYet } = await import('../store/postgresql/open-instance-store.ts');
    throw noStoreYet(parseConnectionUrl(config.store));
  }
  const id = makeInstanceId();
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  writeInstanceId(config.dataDir, id);
  return id;
}

/** @returns a new instance id */
export function makeInstanceId(): string {
  return `ssoins-${randomBytes(8).toString('hex')}`;
}

/** Keeps an instance id in the data folder. @returns what removes it again */
export function writeInstanceId(dataDir: string, id: string, owner?: FileAttributes['owner']): () => void {
  const file = idFile(dataDir);
  writeFileAtomically(file, `${id}\n`, { mode: 0o600, ...(owner && { owner }) });
  return () => rmSync(file, { force: true });
}

function idFile(dataDir: string): string {
  return path.join(dataDir, 'instance-id');
}
