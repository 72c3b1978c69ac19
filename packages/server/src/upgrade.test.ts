import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DirectoryGuard } from './config/directory-guard.ts';
import { ensureInstanceId } from './config/instance-id.ts';
import { loadForStart } from './config/load-for-start.ts';
import { makeRelease01Folder, release01 } from './fixtures/release-0.1.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { assertError, poll, portal, refresh } from './http/testing/api.ts';
import { startServer } from './server.ts';
import { type FileWatcher, watchFiles } from './watch-files.ts';
import { PlainBrowser } from './web/testing/plain-browser.ts';

const MINUTE_MS = 60_000;

/** Starts a server as `latchkey serve` does, on a data folder of release 0.1, so many minutes after that one stopped. */
async function serve(dataDir: string, minutes: number) {
  const now = () => Date.parse(release01.at) + minutes * MINUTE_MS;
  const env = { LATCHKEY_LISTEN_PORT: '0', LATCHKEY_LISTEN_HOST: '127.0.0.1', LATCHKEY_LOG_LEVEL: 'silent' };
  const sources = { env, cwd: dataDir, dataDir, isServing: true };
  const { loaded, directory } = await loadForStart(sources);
  const { config } = loaded;
  const instanceId = await ensureInstanceId(config);
  assert.equal(instanceId, release01.instanceId);
  const server = await startServer({ config, instanceId, now });
  const guard = DirectoryGuard.open(dataDir, assert.fail);
  const watcher: FileWatcher = await watchFiles(server, {
    ...{ loaded, sources, guard },
    ...(directory && { directory }),
  });
  await watcher.started;
  assert.equal(watcher.isDirectoryRefused, false);
  return {
    instance: { url: server.url, startUrl: server.url, clock: { now } },
    store: server.context.store,
    reload: () => watcher.reload(),
    async [Symbol.asyncDispose]() {
      await watcher.close();
      await server.close();
    },
  };
}

type Served = Awaited<ReturnType<typeof serve>>;

/** The browser of a person who signed in with release 0.1. */
function browserOf({ instance }: Served, { cookie }: { readonly cookie: string }): PlainBrowser {
  const browser = new PlainBrowser(instance);
  browser.setCookie(`latchkey_session=${cookie}`);
  return browser;
}

test('a server on a data folder of release 0.1 has the people of its file, and their sessions and tokens work at the first start and at the next', async () => {
  using folder = temporaryFolder();
  makeRelease01Folder(folder.path);
  const refreshTokens = { alice: release01.alice.refreshToken, bob: release01.bob.refreshToken };
  for (const [start, minutes] of [1, 3].entries()) {
    await using served = await serve(folder.path, minutes);
    const { instance, store } = served;
    const users = await store.listEntries('user', { limit: 10 });
    assert.deepEqual(
      users.map(({ id, userName, source, status }) => ({ id, userName, source, status })),
      (['alice', 'bob'] as const).map((userName) => ({
        ...{ id: release01[userName].userId, userName, source: 'file', status: 'enabled' },
      })),
    );
    for (const userName of ['alice', 'bob'] as const) {
      const of = release01[userName];
      const accounts = await portal(instance, '/assignment/accounts', of.accessToken);
      assert.deepEqual(accounts.members['accountList'], [
        { accountId: '111122223333', accountName: 'Sandbox' },
      ]);
      const credentials = '/federation/credentials?account_id=111122223333&role_name=Developer';
      assert.equal((await portal(instance, credentials, of.accessToken)).status, 200);
      const refreshed = await refresh(instance, release01.client, refreshTokens[userName]);
      assert.equal(refreshed.status, 200, refreshed.text);
      refreshTokens[userName] = String(refreshed.members['refreshToken']);
      const fresh = String(refreshed.members['accessToken']);
      assert.equal((await portal(instance, '/assignment/accounts', fresh)).status, 200);
      const page = await browserOf(served, of).get('/');
      assert.equal(page.status, 200);
      assert.match(page.text, /Sandbox/);
      if (start === 0) {
        const redeemed = await poll(instance, release01.client, of.approvedDeviceCode);
        assert.equal(redeemed.status, 200, redeemed.text);
      }
    }
  }
});

test('a device request that release 0.1 took is allowed in a sign-in session of release 0.1', async () => {
  using folder = temporaryFolder();
  makeRelease01Folder(folder.path);
  await using served = await serve(folder.path, 1);
  const browser = browserOf(served, release01.alice);
  const { deviceCode, userCode } = release01.pending;
  // The device is in another network, so that the end of its user code is asked for.
  const { location = '' } = await browser.get(`/device?user_code=${userCode}`);
  const question = await browser.get(location);
  assert.equal(question.status, 200, location);
  const answer = { decision: 'allow', confirmation: userCode.slice(-4) };
  const answered = await browser.post('/device', { ...question.hidden, ...answer });
  assert.equal(answered.status, 303, answered.text);
  assert.equal((await poll(served.instance, release01.client, deviceCode)).status, 200);
});

test('who is disabled in the file of release 0.1 after the upgrade is signed out, and the others are not', async () => {
  using folder = temporaryFolder();
  makeRelease01Folder(folder.path);
  await using served = await serve(folder.path, 1);
  const file = join(folder.path, 'latchkey.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('- userName: bob', '- userName: bob\n    disabled: true'));
  await served.reload();
  const { alice, bob } = release01;
  const refused = await portal(served.instance, '/assignment/accounts', bob.accessToken);
  assertError(refused, { status: 401, type: 'UnauthorizedException' });
  const { status } = await refresh(served.instance, release01.client, bob.refreshToken);
  assert.equal(status, 400);
  assert.match((await browserOf(served, bob).get('/')).location ?? '', /^\/sign-in/);
  assert.equal((await portal(served.instance, '/assignment/accounts', alice.accessToken)).status, 200);
});
