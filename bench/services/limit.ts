import { join } from 'node:path';
import { awsDialect } from './aws-dialect.ts';
import type { Service } from './service.ts';

/**
 * The limit server in `bench/servers/`, which gets the same requests as Latchkey.
 *
 * @param servers - folder of the built servers
 */
export function limit(servers: string): Service {
  return {
    name: 'limit',
    dialect: awsDialect({
      userName: 'alice',
      password: 'any',
      accountId: '111111111111',
      roleName: 'ReadOnly',
    }),
    prepare: async () => {},
    command: (dataDir, port) => [join(servers, 'limit.mjs'), dataDir, String(port)],
  };
}
