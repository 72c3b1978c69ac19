import { execFileSync } from 'node:child_process';
import { argon2Sync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MASTER_SECRET_BYTES, MasterSecret } from '../../packages/server/src/keys/master-secret.ts';
import type { Connection } from '../load/connection.ts';
import type { Postgresql } from '../machine/postgresql.ts';
import { awsDialect, type Person } from './aws-dialect.ts';
import type { Service } from './service.ts';

const person: Person = {
  userName: 'alice',
  password: randomBytes(12).toString('base64url'),
  accountId: '111111111111',
  roleName: 'ReadOnly',
};

/**
 * Latchkey, as `latchkey serve` runs it, with default settings except the limits for one address, and no drain at its end.
 *
 * @param main - path of the command-line program
 */
export function latchkey(main: string): Service {
  return {
    name: 'latchkey',
    dialect: awsDialect(person),
    prepare: (dataDir) => writeFile(join(dataDir, 'latchkey.yaml'), configuration(person)),
    becomeReady,
    command: (dataDir, port) => [main, 'serve', '--data-dir', dataDir, '--port', String(port)],
  };
}

/** The directory of the file is read once the server listens. */
async function becomeReady(connection: Connection): Promise<void> {
  while ((await connection.get('/readyz')).status !== 200) await setTimeout(10);
}

/**
 * The same with its store in PostgreSQL: a database for each data folder.
 *
 * @param main - path of the command-line program
 * @param postgresql - where the databases are made
 */
export function latchkeyOnPostgresql(main: string, postgresql: Postgresql): Service {
  const secret = randomBytes(MASTER_SECRET_BYTES);
  const environment = { LATCHKEY_MASTER_SECRET: secret.toString('base64') };
  return {
    ...latchkey(main),
    name: 'postgresql',
    environment,
    async prepare(dataDir) {
      const store = await postgresql.createDatabase();
      await writeFile(join(dataDir, 'latchkey.yaml'), `${configuration(person)}store: ${store}\n`);
      const { checkWord } = new MasterSecret(secret);
      execFileSync(process.execPath, [main, 'store', 'init', '--check-word', checkWord], {
        cwd: dataDir,
        env: environment,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
  };
}

/** Device codes live for an hour, so that those that are polled outlast the run. */
const configuration = ({ userName, password, accountId, roleName }: Person): string => `
users:
  - userName: ${userName}
    passwordHash: ${hashPassword(password)}
accounts:
  - id: "${accountId}"
    name: Bench
permissionSets:
  - name: ${roleName}
assignments:
  - users: [${userName}]
    accounts: ["${accountId}"]
    permissionSets: [${roleName}]
lifetimes:
  deviceCode: 1h
  # Each session is refreshed several times a second: a longer grace would make most refreshes reads.
  refreshGrace: 1s
limits:
  deviceAuthorizationsPerAddressPerMinute: 1000000
  pendingDeviceAuthorizations: 1000000
  # A right code is an attempt until it is found, and all browsers are of one person.
  userCodeFailuresPerUser: 1000
  userCodeFailuresPerAddress: 1000
shutdown:
  drain: 0s
`;

/** A hash of a password as the configuration has it (Argon2id). */
export function hashPassword(password: string): string {
  const [memory, passes, parallelism, nonce] = [19_456, 2, 1, randomBytes(16)];
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce,
    memory,
    passes,
    parallelism,
    tagLength: 32,
  });
  const [salt, hash] = [nonce, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${salt}$${hash}`;
}
