import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FileAttributes, writeFileAtomically } from '../files/write-file-atomically.ts';
import { planKeyRotation } from './key-rotation.ts';
import { Keys, type MasterKey } from './keys.ts';

interface KeyFile {
  readonly keys: readonly { readonly id: number; readonly createdAt: string; readonly secret: string }[];
}

/**
 * Opens `<dataDir>/keys.json` (mode 0600), making it, or a new key in it, when it is time.
 *
 * The file is separate from the database, so that client registrations, which are sealed with these keys and live
 * for 90 days in clients' caches, outlive a database that is reset.
 *
 * @throws when the file is there but cannot be read or understood: a damaged key ring is never replaced
 */
export function openKeyFile(dataDir: string, nowMs: number): Keys {
  const path = keyFile(dataDir);
  const text = readText(path);
  const masters = text === undefined ? [] : parseKeyFile(text, path);
  const current = rotate(masters, nowMs);
  if (current !== masters) writeKeyFile(dataDir, current);
  return new Keys(current);
}

/** Whether the data folder has a key file. A database without one has lost its keys. */
export function hasKeyFile(dataDir: string): boolean {
  return existsSync(keyFile(dataDir));
}

/**
 * Reads the key file as it is, and changes nothing.
 *
 * @returns the keys, oldest first, and the text that they are written as; `undefined` where there is no file
 * @throws when the file cannot be read or understood
 */
export function readKeyFile(
  dataDir: string,
): { readonly keys: Keys; readonly masters: readonly MasterKey[]; readonly text: string } | undefined {
  const path = keyFile(dataDir);
  const text = readText(path);
  if (text === undefined) return undefined;
  const masters = parseKeyFile(text, path);
  return { keys: new Keys(masters), masters, text };
}

/**
 * Writes the key file of a data folder (mode 0600), in the place of one that there is.
 *
 * @param masters - oldest first
 */
export function writeKeyFile(
  dataDir: string,
  masters: readonly MasterKey[],
  owner?: FileAttributes['owner'],
): void {
  const file: KeyFile = {
    keys: masters.map(({ id, createdAtMs, secret }) => ({
      id,
      createdAt: new Date(createdAtMs).toISOString(),
      secret: Buffer.from(secret).toString('base64url'),
    })),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify(file, null, 2)}\n`;
  writeFileAtomically(keyFile(dataDir), text, { mode: 0o600, ...(owner && { owner }) });
}

/**
 * Makes the key file of a data folder that has none, from the text of one.
 *
 * @returns what removes it again
 * @throws when the text is no key file
 */
export function makeKeyFile(dataDir: string, text: string, owner: FileAttributes['owner']): () => void {
  const path = keyFile(dataDir);
  parseKeyFile(text, path);
  writeFileAtomically(path, text, { mode: 0o600, ...(owner && { owner }) });
  return () => rmSync(path, { force: true });
}

function keyFile(dataDir: string): string {
  return join(dataDir, 'keys.json');
}

/** @returns the same list when there is nothing to do */
function rotate(masters: readonly MasterKey[], nowMs: number): readonly MasterKey[] {
  const rotation = planKeyRotation(masters, nowMs);
  if (rotation === undefined) return masters;
  const kept = masters.filter(({ id }) => !rotation.expiredIds.includes(id));
  return [...kept, makeKey(rotation.newId, nowMs)];
}

function makeKey(id: number, createdAtMs: number): MasterKey {
  return { id, createdAtMs, secret: randomBytes(32) };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`Cannot read the keys at ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function parseKeyFile(text: string, path: string): readonly MasterKey[] {
  try {
    const masters = (JSON.parse(text) as KeyFile).keys.map(({ id, createdAt, secret }) => ({
      id,
      createdAtMs: Date.parse(createdAt),
      secret: Buffer.from(secret, 'base64url'),
    }));
    const sound = masters.every(
      ({ id, createdAtMs, secret }) =>
        Number.isInteger(id) && id >= 0 && id < 256 && Number.isFinite(createdAtMs) && secret.length === 32,
    );
    if (masters.length > 0 && sound) return masters;
  } catch {
    // The error is thrown below, without the parser's message: that could quote a secret.
  }
  throw new Error(
    `The keys at ${path} are damaged: restore the file from a backup, or remove it, and everyone signs in and registers anew`,
  );
}
