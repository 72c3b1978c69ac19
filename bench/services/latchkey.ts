import { argon2Sync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    command: (dataDir, port) => [main, 'serve', '--data-dir', dataDir, '--port', String(port)],
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
