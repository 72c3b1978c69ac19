import { join } from 'node:path';
import { awsDialect } from './aws-dialect.ts';
import type { Service } from './service.ts';

/** The bare server in `bench/servers/`. It is asked what Latchkey is asked, and believes everything it is told. */
export function limit(builtServers: string): Service {
  return {
    name: 'limit',
    dialect: awsDialect({
      userName: 'alice',
      password: 'any',
      accountId: '111111111111',
      roleName: 'ReadOnly',
    }),
    prepare: async () => {},
    command: (dataDir, port) => [join(builtServers, 'limit.mjs'), dataDir, String(port)],
  };
}
