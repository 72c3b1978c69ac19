import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../config/config.ts';
import { applyDeclaration } from '../directory/file/apply-declaration.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { register, startDevice } from '../http/testing/api.ts';
import { startSignInSession } from '../people/sign-in.ts';
import { startServer } from '../server.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { resolveDirectory } from '../testing-kit/test-directory.ts';
import { cookieName } from './cookies.ts';
import { authorizePath, registerClient } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { PlainBrowser } from './testing/plain-browser.ts';

/** A server in which Alice is signed in, and is signed out by another tab right before her answer is written. */
async function start(dataDir: string) {
  const { config, instanceId } = await createTestContext();
  const settings: Config = {
    ...config,
    ...{ dataDir, baseUrl: 'http://localhost:0' },
    log: { level: 'silent', format: 'json' },
    listen: { host: '127.0.0.1', port: 0 },
  };
  const store = openSqliteStore(':memory:');
  let signOut = async () => {};
  const interrupted: Pick<Store, 'approveDeviceRequest' | 'insertApprovedAuthorization'> = {
    approveDeviceRequest: async (...values) => {
      await signOut();
      return store.approveDeviceRequest(...values);
    },
    insertApprovedAuthorization: async (...values) => {
      await signOut();
      return store.insertApprovedAuthorization(...values);
    },
  };
  const openStore = () =>
    new Proxy(store, {
      get: (target, name) => {
        if (Object.hasOwn(interrupted, name)) return Reflect.get(interrupted, name);
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const server = await startServer({ config: settings, instanceId, openStore });
  const { context } = server;
  await applyDeclaration(store, await resolveDirectory({}), { instanceId, now: Date.now });
  server.directoryLoaded();
  const alice = await context.directory.findUserByName('alice');
  assert.ok(alice);
  const { session, token } = await startSignInSession(context, alice, { origin });
  signOut = async () => {
    await store.endSignInSession(session.id, Date.now());
  };
  const browser = new PlainBrowser({ url: server.url, clock: { now: Date.now } });
  browser.setCookie(`${cookieName(context, 'session')}=${token}`);
  return { server, browser, instance: { url: server.url, startUrl: `${server.url}/start` } };
}

test('whoever is signed out as she allows a program is asked to sign in, and the program gets no code', async () => {
  using folder = temporaryFolder();
  const { server, browser, instance } = await start(folder.path);
  const path = authorizePath(await registerClient(instance));
  const { hidden } = await browser.get(path);
  const { status, location } = await browser.post('/consent', { ...hidden, decision: 'allow' });
  assert.deepEqual([status, location], [303, `/sign-in?to=${encodeURIComponent(path)}`]);
  await server.close();
});

test('whoever is signed out as she allows a device is asked to sign in', async () => {
  using folder = temporaryFolder();
  const { server, browser, instance } = await start(folder.path);
  const { userCode } = await startDevice(instance, await register(instance));
  const { hidden } = await openDevice(browser, userCode);
  const answer = { ...hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const { status, location } = await browser.post('/device', answer);
  assert.deepEqual([status, location?.startsWith('/sign-in?to=%2Fdevice')], [303, true]);
  await server.close();
});
