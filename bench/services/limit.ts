import { join } from 'node:path';
import { awsDialect } from './aws-dialect.ts';
import type { Service } from './service.ts';

/**
 * The bare server in `bench/servers/`. It is asked exactly what Latchkey is asked.
 *
 * @param servers - the folder that those were built into
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
