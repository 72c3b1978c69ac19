import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Config } from './config/config.ts';
import { applyDeclaration } from './directory/file/apply-declaration.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { createTestContext } from './fixtures/test-context.ts';
import { assertError, DEVICE_CODE, portal, post, send } from './http/testing/api.ts';
import { openSocket } from './http/testing/socket.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';
import { resolveTestConfig } from './testing-kit/test-config.ts';
import { resolveDirectory } from './testing-kit/test-directory.ts';

/** Starts a server whose data is in a folder, with settings that are not for anyone's own use. */
async function start(
  dataDir: string,
  change: Partial<ServerOptions> = {},
  settings: Partial<Config> = {},
): Promise<RunningServer> {
  const { config, instanceId } = await createTestContext();
  const changed: Config = {
    ...config,
    dataDir,
    baseUrl: 'http://localhost:0',
    listen: { host: '127.0.0.1', port: 0 },
    log: { level: 'silent', format: 'json' },
    ...settings,
  };
  const server = await startServer({ config: changed, instanceId, ...change });
  await applyDeclaration(server.context.store, await resolveDirectory({}), { instanceId, now: Date.now });
  server.directoryLoaded();
  return server;
}

describe('internal failures', () => {
  const reason = 'the disk is on fire';
  const fail = () => {
    throw new Error(reason);
  };

  /** A server whose store cannot be read, with one route that fails by itself. */
  async function startFailing(dataDir: string) {
    const server = await start(dataDir, {
      openStore: () => Object.assign(openSqliteStore(':memory:'), { findAuthorization: fail }),
      extraRoutes: () => [{ method: 'GET', path: '/fails', handle: fail }],
    });
    return { ...server, startUrl: `${server.url}/start` };
  }

  test('an internal failure is answered with 500 in the form of each client, without its cause', async () => {
    using folder = temporaryFolder();
    const server = await startFailing(folder.path);
    const device = await post(server, '/client/register', { clientName: 'x', clientType: 'public' });
    const { clientId, clientSecret } = device.members;
    const { members } = await post(server, '/device_authorization', {
      clientId,
      clientSecret,
      startUrl: server.startUrl,
    });
    const { deviceCode } = members;
    const token = { clientId, clientSecret, grantType: DEVICE_CODE, deviceCode };
    const polled = await post(server, '/token', token);
    const expected = {
      status: 500,
      type: 'InternalServerException',
      error: 'server_error',
      message: /try again/,
    };
    assertError(polled, expected);
    const accessToken = `lk_at_${String(deviceCode).slice('lk_dc_'.length)}`;
    const listed = await portal(server, '/assignment/accounts', accessToken);
    assertError(listed, { status: 500, type: 'InternalServerException', message: /try again/ });
    const called = await send(server, '/fails');
    assertError(called, { status: 500, type: 'InternalServerException' });
    const page = await send(server, '/fails', { headers: { accept: 'text/html' } });
    assert.equal(page.status, 500);
    for (const { text } of [polled, listed, called, page]) assert.equal(text.includes('fire'), false);
    await server.close();
  });

  test('a store that cannot be reached is answered with 503 in the form of each client, without its cause', async () => {
    using folder = temporaryFolder();
    const fail = () => {
      throw new StoreUnavailable({ cause: new Error(reason) });
    };
    const started = await start(folder.path, {
      openStore: () => Object.assign(openSqliteStore(':memory:'), { findAuthorization: fail }),
      extraRoutes: () => [{ method: 'GET', path: '/fails', handle: fail }],
    });
    const server = { ...started, startUrl: `${started.url}/start` };
    const { members: client } = await post(server, '/client/register', {
      clientName: 'x',
      clientType: 'public',
    });
    const { clientId, clientSecret } = client;
    const { startUrl } = server;
    const { members } = await post(server, '/device_authorization', { clientId, clientSecret, startUrl });
    const { deviceCode } = members;
    const polled = await post(server, '/token', {
      clientId,
      clientSecret,
      grantType: DEVICE_CODE,
      deviceCode,
    });
    const type = 'InternalServerException';
    const message = /^The store cannot be reached. What you asked may have happened; asking again is safe$/;
    assertError(polled, { status: 503, type, error: 'server_error', message });
    const accessToken = `lk_at_${String(deviceCode).slice('lk_dc_'.length)}`;
    const listed = await portal(server, '/assignment/accounts', accessToken);
    assertError(listed, { status: 503, type, message });
    const called = await send(server, '/fails');
    assertError(called, { status: 503, type, message });
    const page = await send(server, '/fails', { headers: { accept: 'text/html' } });
    assert.equal(page.status, 503);
    assert.match(page.text, /may have happened all the same\. Please try again/);
    for (const { headers, text } of [polled, listed, called, page]) {
      assert.equal(headers.get('retry-after'), '2');
      assert.equal(text.includes('fire'), false);
    }
    await server.close();
  });

  test('the server goes on after an internal failure', async () => {
    using folder = temporaryFolder();
    const server = await startFailing(folder.path);
    await Promise.all(Array.from({ length: 20 }, () => send(server, '/fails')));
    assert.equal((await send(server, '/readyz')).status, 200);
    await server.close();
  });
});

test('a server that fails to start closes its port', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'keys.json'), 'damaged');
  const { config, instanceId } = await createTestContext();
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  const listen = { host: '127.0.0.1', port };
  const broken = { ...config, dataDir: folder.path, listen };
  for (let tries = 0; tries < 2; tries += 1) {
    await assert.rejects(startServer({ config: broken, instanceId }), /keys at .* are damaged/);
  }
});

test('a second server on the same port fails to start', async () => {
  using folder = temporaryFolder();
  const server = await start(folder.path);
  const { config, instanceId } = server.context;
  const same = { ...config, listen: { host: '127.0.0.1', port: server.port } };
  await assert.rejects(startServer({ config: same, instanceId }), { code: 'EADDRINUSE' });
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  await server.close();
});

test('a server that drains is not ready, and answers everything else until it is closed', async (t) => {
  using folder = temporaryFolder();
  const server = await start(folder.path);
  const instance = { ...server, startUrl: `${server.url}/start` };
  assert.equal((await send(instance, '/readyz')).status, 200);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const drained = server.drain(5);
  const { status, text } = await send(instance, '/readyz');
  assert.deepEqual([status, text], [503, 'The server is stopping\n']);
  const registered = await post(instance, '/client/register', { clientName: 'x', clientType: 'public' });
  assert.equal(registered.status, 200);
  assert.equal(registered.headers.get('connection'), 'close');
  t.mock.timers.tick(5_000);
  await drained;
  t.mock.timers.reset();
  await server.close();
});

test('a server that has drained accepts no connections, and finishes a request that takes longer than a server that closes waits', async (t) => {
  using folder = temporaryFolder();
  const arrived = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<void>();
  const server = await start(folder.path, {
    extraRoutes: () => [
      {
        ...{ method: 'GET', path: '/slow' },
        async handle() {
          arrived.resolve();
          await finished.promise;
          return { status: 200, headers: {}, body: 'finished' };
        },
      },
    ],
  });
  const slow = fetch(`${server.url}/slow`);
  await arrived.promise;
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const drained = server.drain(0);
  t.mock.timers.tick(0);
  await assert.rejects(async () => {
    for (;;) await fetch(`${server.url}/healthz`);
  });
  t.mock.timers.tick(9_000);
  finished.resolve();
  assert.equal(await (await slow).text(), 'finished');
  await drained;
  t.mock.timers.reset();
  await server.close();
});

describe('a connection between two requests', () => {
  const request = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

  test('is kept for 130 s, longer than load balancers and proxies keep theirs, and the answer says so', async () => {
    using folder = temporaryFolder();
    const server = await start(folder.path);
    const { socket, hear } = openSocket(server);
    socket.write(request);
    assert.match(await hear(/ok\n$/), /keep-alive: timeout=130\r\n/i);
    socket.destroy();
    await server.close();
  });

  test('is kept as long as connections.keepAlive says, and then closed', async () => {
    using folder = temporaryFolder();
    const server = await start(folder.path, {}, { connections: { keepAliveSeconds: 1 } });
    const { socket, closed } = openSocket(server);
    socket.write(request);
    // Node's own timer, which cannot be moved: the test waits until it is over, however long that takes.
    assert.match(await closed(), /keep-alive: timeout=1\r\n/i);
    await server.close();
  });
});

describe('metrics with an address of their own', () => {
  const metrics = { host: '127.0.0.1', port: 0 };
  const urlOf = (server: RunningServer) => `http://127.0.0.1:${server.metricsPort}`;

  test('are served there, of all requests, and not beside everything else', async () => {
    using folder = temporaryFolder();
    const server = await start(folder.path, {}, { metrics });
    assert.equal((await fetch(`${server.url}/metrics`)).status, 404);
    const response = await fetch(`${urlOf(server)}/metrics`);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(
      await response.text(),
      /^latchkey_http_requests_total\{operation="unknown",status="404"\} 1$/m,
    );
    assert.equal((await fetch(`${urlOf(server)}/metrics`, { method: 'HEAD' })).status, 200);
    await server.close();
    await assert.rejects(fetch(`${urlOf(server)}/metrics`));
  });

  test('are all that is served there', async () => {
    using folder = temporaryFolder();
    const server = await start(folder.path, {}, { metrics });
    for (const path of ['/', '/healthz', '/sign-in', '/metrics/', '/token']) {
      assert.equal((await fetch(urlOf(server) + path)).status, 404, path);
    }
    const refused = await fetch(`${urlOf(server)}/metrics`, { method: 'POST', body: 'x' });
    assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD']);
    await server.close();
  });

  test('take a hundred connections, of which more keep nobody from signing in', async () => {
    using folder = temporaryFolder();
    const server = await start(folder.path, {}, { metrics });
    const first = await fetch(`${urlOf(server)}/metrics`);
    await first.text();
    const connections = Array.from({ length: 101 }, () => openSocket({ url: urlOf(server) }));
    await Promise.any(connections.map(({ closed }) => closed()));
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    for (const { socket } of connections) socket.destroy();
    await server.close();
  });

  test('close the server when their address is taken', async () => {
    using folder = temporaryFolder();
    const other = await start(folder.path, {}, { metrics });
    const taken = { host: '127.0.0.1', port: other.metricsPort ?? 0 };
    using another = temporaryFolder();
    await assert.rejects(start(another.path, {}, { metrics: taken }), {
      code: 'EADDRINUSE',
      isOfMetrics: true,
    });
    await other.close();
  });
});

test('a server is not ready before the first directory is there, and is ready at once when it starts again', async () => {
  using folder = temporaryFolder();
  const { config, directory } = await resolveTestConfig({}, folder.path);
  const instanceId = 'ssoins-7e57000000000001';
  const statusOf = async ({ url }: RunningServer) => (await fetch(`${url}/readyz`)).status;
  const first = await startServer({ config, instanceId });
  assert.equal(await statusOf(first), 503);
  await applyDeclaration(first.context.store, directory, { instanceId, now: Date.now });
  first.directoryLoaded();
  assert.equal(await statusOf(first), 200);
  await first.close();
  const second = await startServer({ config, instanceId });
  assert.equal(await statusOf(second), 200);
  await second.close();
});

describe('a server that is overrun', () => {
  test('sheds calls and pages in the form of each client, is still found healthy, and counts what it shed', async () => {
    using folder = temporaryFolder();
    const running = await start(folder.path, { connectionBounds: { maxWaitingRequests: 0 } });
    const server = { ...running, startUrl: `${running.url}/start` };
    const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const page = { headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' } };
    const refused = await send(server, '/token', call);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.equal(refused.headers.get('x-amzn-errortype'), 'ServiceUnavailableException');
    const shown = await send(server, '/sign-in', page);
    assert.equal(shown.status, 503);
    assert.equal(shown.headers.get('retry-after'), '1');
    assert.match(shown.text, /<h1>/);
    assert.equal((await send(server, '/readyz')).status, 200);
    const { text } = await send(server, '/metrics');
    assert.match(text, /^latchkey_dropped_total\{what="request"\} 2$/m);
    await server.close();
  });
});
