import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileAttributes, writeFileAtomically } from '../files/write-file-atomically.ts';
import type { Config } from './config.ts';

/** @returns the instance id: configured, or made on the first start; `undefined` before the first start */
export async function findInstanceId({ instance, dataDir }: Config): Promise<string | undefined> {
  if (instance.id !== undefined) return instance.id;
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

/** @returns the instance id; on the first start a new one, which is kept in the data folder */
export async function ensureInstanceId(config: Config): Promise<string> {
  const existing = await findInstanceId(config);
  if (existing !== undefined) return existing;
  const id = `ssoins-${randomBytes(8).toString('hex')}`;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  writeInstanceId(config.dataDir, id);
  return id;
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
