import { join } from 'node:path';
import { test } from 'node:test';
import { buildServers } from '../machine/build.ts';
import { root, Workspace } from '../machine/workspace.ts';
import { Figures } from '../measurements/figures.ts';
import { signIn } from '../measurements/jobs.ts';
import { openSite, withWorkers } from '../measurements/site.ts';
import { Progress } from '../report/progress.ts';
import { latchkey } from './latchkey.ts';
import { limit } from './limit.ts';
import { oidcProvider } from './oidc-provider.ts';

const workspace = new Workspace();
const servers = buildServers(workspace.path);
const services = [
  latchkey(join(root, 'packages/server/src/cli/main.js')),
  limit(servers),
  oidcProvider(servers, 'peer'),
  oidcProvider(servers, 'peer-grouped'),
];

/** One browser, and nothing pinned: it is not measured. */
const bench = {
  services,
  workspace,
  cores: { serverPrefix: [], databasePrefix: [], description: '' },
  figures: new Figures(),
  progress: new Progress(process.stderr),
  settings: { concurrency: 1, rounds: 1, seconds: 1, starts: 1, sessions: 1, showOutput: false },
};

for (const service of services) {
  test(`the benchmark can sign in, poll, refresh and check with ${service.name}`, async (context) => {
    const site = await openSite(bench, service);
    context.after(() => site.server.stop());
    await withWorkers(site, async ([worker]) => {
      const { dialect } = service;
      const { connection } = worker!;
      const { deviceCode } = await dialect.start(connection, site.client);
      await dialect.pollPending(connection, site.client, deviceCode);
      const { refreshToken } = await signIn(site, worker!);
      const { accessToken } = await dialect.refresh(connection, site.client, refreshToken);
      await dialect.check(connection, site.client, accessToken);
    });
  });
}
