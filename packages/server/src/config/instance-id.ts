import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileAttributes, writeFileAtomically } from '../files/write-file-atomically.ts';
import { type ConnectionTarget, parseConnectionUrl } from '../store/postgresql/connection-url.ts';
import { readInstanceId } from '../store/postgresql/instance-row.ts';
import { StoreError } from '../store/postgresql/store-error.ts';
import type { Config } from './config.ts';

/**
 * @returns the instance id: that of the store in PostgreSQL, configured, or made on the first start; `undefined` before that
 * @throws {StoreError} when the store in PostgreSQL cannot be reached, or is of another instance than is configured
 */
export async function findInstanceId({ instance, dataDir, store }: Config): Promise<string | undefined> {
  if (store !== undefined) return findStoredInstanceId(store, instance.id);
  return instance.id ?? findLocalInstanceId(dataDir);
}

async function findStoredInstanceId(
  url: string,
  configured: string | undefined,
): Promise<string | undefined> {
  const target = parseConnectionUrl(url);
  const stored = await readInstanceId(target);
  if (stored === undefined || configured === undefined || stored === configured) return stored;
  throw new StoreError(
    `The store in the database "${target.database}" is of the instance ${stored}, and instance.id in the configuration is ${configured}: remove instance.id, or correct the database in the connection URL`,
  );
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
  if (config.store !== undefined) throw noStoreYet(parseConnectionUrl(config.store));
  const id = makeInstanceId();
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  writeInstanceId(config.dataDir, id);
  return id;
}

/** @returns a new instance id */
export function makeInstanceId(): string {
  return `ssoins-${randomBytes(8).toString('hex')}`;
}

/** A database without a store may be another than is meant: a server makes none by itself. */
function noStoreYet({ database }: ConnectionTarget): StoreError {
  return new StoreError(
    `The database "${database}" has no store of Latchkey: run \`latchkey store init\`, or correct the database in the connection URL`,
  );
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
