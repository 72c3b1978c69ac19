import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { oauthDialect } from './oauth-dialect.ts';
import type { Client, Service } from './service.ts';

/**
 * The peer: `oidc-provider` on the durable store in `bench/servers/`.
 *
 * @param servers - folder of the built servers
 * @param name - `peer` commits each change, as adapters are usually written; `peer-grouped` groups commits
 */
export function oidcProvider(servers: string, name: 'peer' | 'peer-grouped'): Service {
  const client: Client = { id: 'bench', secret: randomBytes(32).toString('base64url') };
  const commits = name === 'peer' ? 'single' : 'grouped';
  const main = join(servers, 'oidc-provider.mjs');
  return {
    name,
    dialect: oauthDialect(client),
    prepare: async () => {},
    command: (dataDir, port) => [main, dataDir, String(port), client.id, client.secret, commits],
  };
}
