import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { oauthDialect } from './oauth-dialect.ts';
import type { Client, Service } from './service.ts';

/** When the peer's store commits; see `bench/servers/sqlite-adapter.ts`. */
export type PeerCommits = 'tick' | 'change';

/**
 * The peer, on the durable store in `bench/servers/`.
 *
 * @param servers - the folder that those were built into
 */
export function oidcProvider(servers: string, commits: PeerCommits): Service {
  const client: Client = { id: 'bench', secret: randomBytes(32).toString('base64url') };
  const main = join(servers, 'oidc-provider.mjs');
  return {
    name: 'oidc-provider',
    dialect: oauthDialect(client),
    prepare: async () => {},
    command: (dataDir, port) => [main, dataDir, String(port), client.id, client.secret, commits],
  };
}
