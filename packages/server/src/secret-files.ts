import { accessSync, constants, type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { type Audience, describeExposure } from './files/exposed-file.ts';
import { LOCK_FILE } from './files/lock-folder.ts';
import { isDatabaseFile } from './store/sqlite/database-file.ts';

interface SecretFile {
  readonly file: string;
  /** What is in it, for a message. */
  readonly what: string;
  readonly audience: Audience;
}

/** The most files of a data folder that are looked into. */
const MAX_FILES = 1_000;

/**
 * Looks at every file whose content is a secret: the keys, the database, and copies of them in the data folder, the directory
 * that release 0.1 kept there, the private key of the certificate, the connection URL of the store, and the configuration where it has that or password hashes.
 *
 * @param isConfigSecret - whether the configuration has password hashes, or the connection URL of the store
 * @returns a warning for each that more people can get at than need to
 */
export function findExposedSecrets(
  config: Pick<Config, 'dataDir' | 'tls' | 'file' | 'storeFile' | 'smtp'>,
  isConfigSecret: boolean,
): readonly string[] {
  return secretFiles(config, isConfigSecret).flatMap(({ file, what, audience }) => {
    const exposure = describeExposure(file, audience);
    return exposure === undefined ? [] : [`${what} open to others: ${exposure}`];
  });
}

function secretFiles(
  { dataDir, tls, file, storeFile, smtp }: Pick<Config, 'dataDir' | 'tls' | 'file' | 'storeFile' | 'smtp'>,
  isConfigSecret: boolean,
): readonly SecretFile[] {
  return [
    ...filesOf(dataDir),
    ...(tls === undefined
      ? []
      : [{ file: tls.keyFile, what: 'The private key of the certificate is', audience: 'group' } as const]),
    ...(storeFile === undefined
      ? []
      : [{ file: storeFile, what: 'The connection URL of the store is', audience: 'group' } as const]),
    ...(smtp?.passwordFile === undefined
      ? []
      : [
          { file: smtp.passwordFile, what: 'The password of the mail server is', audience: 'group' } as const,
        ]),
    ...(file === undefined || !isConfigSecret
      ? []
      : [{ file, what: 'Secrets in the configuration are', audience: 'group' } as const]),
  ];
}

function filesOf(dataDir: string): readonly SecretFile[] {
  const entries = readdirSync(dataDir, { withFileTypes: true });
  return entries.slice(0, MAX_FILES).flatMap((entry): readonly SecretFile[] => {
    const file = join(dataDir, entry.name);
    if (/^\.?keys\.json/.test(entry.name)) return [{ file, what: 'The keys are', audience: 'owner' }];
    if (/^\.?directory\.json/.test(entry.name)) {
      return [{ file, what: 'The password hashes of the directory in force are', audience: 'owner' }];
    }
    const isDatabase = /^\.?latchkey\.db/.test(entry.name) || (isReadable(entry) && isDatabaseFile(file));
    return isDatabase ? [{ file, what: 'A database is', audience: 'owner' }] : [];
  });
}

/** Whether a file may be looked into: not the lock of the folder, which looking would give up, nor a file of somebody else. */
function isReadable(entry: Dirent): boolean {
  if (!entry.isFile() || entry.name === LOCK_FILE) return false;
  try {
    accessSync(join(entry.parentPath, entry.name), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
