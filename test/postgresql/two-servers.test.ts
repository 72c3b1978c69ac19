import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { freePort } from '../../bench/machine/workspace.ts';
import { poll, portal, refresh, register, startDevice } from '../../packages/server/src/http/testing/api.ts';
import { startCuttingProxy } from './harness/cutting-proxy.ts';
import { allow, START_URL, testStand } from './harness/stand.ts';

testStand('a request that comes before the store is open waits until it is', async (stand) => {
  await stand.init();
  const url = new URL(stand.url);
  await using proxy = await startCuttingProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const opening = proxy.holdNext(/FROM stored_key/);
  const port = await freePort();
  const starting = stand.serve('one', { LATCHKEY_STORE: url.href }, { port });
  await opening.arrived;
  const early = fetch(`http://localhost:${port}/healthz`);
  // What Node refuses by itself needs no store: once it is answered, the request before it was read, too.
  const unreadable = connect(port, 'localhost');
  unreadable.write('unreadable\r\n\r\n');
  assert.match((await buffer(unreadable)).toString(), /^HTTP\/1.1 400 /);
  opening.release();
  assert.equal((await early).status, 200);
  await (await starting).stop();
});

testStand(
  'two servers on one store: a device asks one, a person allows it at the other, its tokens work at both, and after a restart',
  async (stand) => {
    await stand.init();
    const [one, two] = await Promise.all([stand.serve('one'), stand.serve('two')]);
    const client = await register(one);
    const { deviceCode, userCode } = await startDevice(one, client);
    await allow(two, userCode);
    const redeemed = await poll(two, client, deviceCode);
    assert.equal(redeemed.status, 200, redeemed.text);
    const { accessToken, refreshToken } = redeemed.members;
    for (const server of [one, two]) {
      const accounts = await portal(server, '/assignment/accounts', String(accessToken));
      assert.deepEqual(accounts.members['accountList'], [
        { accountId: '111122223333', accountName: 'Sandbox' },
      ]);
    }
    const refreshed = await refresh(one, client, String(refreshToken));
    assert.equal(refreshed.status, 200, refreshed.text);
    await Promise.all([one.stop(), two.stop()]);

    const again = await stand.serve('one');
    const token = String(refreshed.members['accessToken']);
    assert.equal((await portal(again, '/assignment/accounts', token)).status, 200);
    // A command goes by the socket of the server; one with another data folder to the database.
    for (const dataDir of ['one', 'elsewhere']) {
      const added = await stand.run(['user', 'add', `${dataDir}-user`, '--store', '--data-dir', dataDir]);
      assert.equal(added.code, 0, added.stderr);
    }
    const { stdout } = await stand.run(['user', 'list', '--data-dir', 'two']);
    assert.match(stdout, /alice[\s\S]*elsewhere-user[\s\S]*one-user/);
    const blocked = await stand.run(['user', 'block', 'alice', '--data-dir', 'elsewhere']);
    assert.equal(blocked.code, 0, blocked.stderr);
    assert.equal((await portal(again, '/assignment/accounts', token)).status, 401);
    for (const command of [
      ['backup', 'copy.db'],
      ['restore', 'copy.db'],
    ]) {
      const refused = await stand.run([...command, '--data-dir', 'one']);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /the store is in PostgreSQL: use pg_/);
    }
    await again.stop();
    stand.assertNoSecret();
  },
);

testStand('a server refuses what it cannot use, says what to do, and shows no secret', async (stand) => {
  const url = new URL(stand.url);
  const serve = async (env: Readonly<Record<string, string>>) => {
    const { code, stderr } = await stand.run(['serve', '--port', '0', '--data-dir', 'data'], env);
    assert.equal(code === 0, false, stderr);
    return stderr;
  };
  const changed = (change: (url: URL) => void) => {
    const other = new URL(url);
    change(other);
    return other.href;
  };
  assert.match(await serve({}), /has no store of Latchkey: run `latchkey store init`/);
  await stand.init();
  const { LATCHKEY_MASTER_SECRET: secret = '' } = stand.env;
  delete stand.env['LATCHKEY_MASTER_SECRET'];
  assert.match(await serve({}), /^There is no master secret: set one of LATCHKEY_MASTER_SECRET, /);
  const wrong = await serve({ LATCHKEY_MASTER_SECRET: randomBytes(32).toString('base64') });
  assert.match(wrong, /sealed under the master secret [0-9a-f]{16}, and what was given is [0-9a-f]{16}/);
  stand.env['LATCHKEY_MASTER_SECRET'] = secret;
  const cases: readonly (readonly [string, RegExp])[] = [
    ['mysql://u:hunter2hunter2@h/d', /expected postgres:\/\/USER/],
    ['postgres:///d', /names no user/],
    ['postgres://u:hunter2hunter2@/d', /the host "" is none/],
    [changed((each) => (each.password = 'hunter2hunter2')), /password of the user "[^"]+" is wrong/],
    [changed((each) => (each.pathname = '/nowhere')), /there is no database "nowhere": create it/],
    [changed((each) => (each.port = '1')), /nothing listens there: start PostgreSQL/],
    [changed((each) => (each.hostname = 'nowhere.invalid')), /no such host name/],
    [changed((each) => (each.search = '?sslmode=verify-full')), /speaks no TLS/],
  ];
  for (const [store, expected] of cases) {
    const said = await serve({ LATCHKEY_STORE: store });
    assert.match(said, expected);
    assert.doesNotMatch(said, /hunter2|\n {4}at /, 'neither a password nor a stack');
  }
  const other = await serve({ LATCHKEY_INSTANCE_ID: 'ssoins-0123456789abcdef' });
  assert.match(
    other,
    /is of the instance ssoins-[0-9a-f]{16}, and instance\.id in the configuration is ssoins-0123/,
  );
  stand.assertNoSecret();
});

testStand('a URL in a file is used, and one that others can read is warned of', async (stand, folder) => {
  await stand.init();
  const file = path.join(folder, 'store-url');
  writeFileSync(file, `${stand.url}\n`, { mode: 0o644 });
  delete stand.env['LATCHKEY_STORE'];
  const both = await stand.run(['check'], { LATCHKEY_STORE: stand.url, LATCHKEY_STORE_FILE: file });
  assert.match(both.stderr, /LATCHKEY_STORE_FILE: storeFile: store is set, too/);
  const server = await stand.serve('data', { LATCHKEY_STORE_FILE: file });
  assert.match(await server.stop(), /The connection URL of the store is open to others/);
  writeFileSync(file, '');
  const empty = await stand.run(['check'], { LATCHKEY_STORE_FILE: file });
  assert.equal(empty.code, 3, empty.stderr);
  writeFileSync(file, stand.url);
});

testStand(
  'a server whose store goes away is not ready, answers 503, and is ready again by itself',
  async (stand) => {
    await stand.init();
    const { hostname, port } = new URL(stand.url);
    await using proxy = await startCuttingProxy({ host: hostname, port: Number(port) });
    const url = new URL(stand.url);
    url.port = String(proxy.port);
    const server = await stand.serve('data', { LATCHKEY_STORE: url.href });
    const readiness = async () => {
      const answer = await fetch(`${server.url}/readyz`);
      return [answer.status, await answer.text()];
    };
    assert.deepEqual(await readiness(), [200, 'ok\n']);
    const client = await register(server);
    proxy.refuse();
    // Who asks within a second is told the same again.
    let obstacle = await readiness();
    while (obstacle[0] === 200) obstacle = await readiness();
    assert.deepEqual(obstacle, [503, 'The store cannot be written: it cannot be reached\n']);
    const { clientId, clientSecret } = client;
    const body = JSON.stringify({ clientId, clientSecret, startUrl: START_URL });
    const headers = { 'content-type': 'application/json' };
    const refused = await fetch(`${server.url}/device_authorization`, { method: 'POST', headers, body });
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '2']);
    const command = await stand.run(['user', 'list', '--data-dir', 'data']);
    assert.match(command.stderr, /^The store cannot be reached/);
    proxy.refuse(false);
    for (let ready = false; !ready; ) ready = (await readiness())[0] === 200;
    await startDevice(server, client);
    proxy.refuse();
    assert.match(
      await server.stop(),
      /Ready again: the store can be written/,
      'it ends without the store, too',
    );
  },
);

testStand('the master secret is changed while people stay signed in', async (stand) => {
  await stand.init();
  const { secret } = stand;
  const other = randomBytes(32).toString('base64');
  const served = await stand.serve('data', { LATCHKEY_MASTER_SECRET: `${secret},${other}` });
  const client = await register(served);
  await served.stop();
  const resealed = await stand.run(['store', 'keys', 'reseal'], {
    LATCHKEY_MASTER_SECRET: `${other} ${secret}`,
  });
  assert.match(resealed.stdout, /^Sealed anew: 1\. All keys of ssoins-/, resealed.stderr);
  const old = await stand.run(['serve', '--port', '0', '--data-dir', 'data']);
  assert.match(old.stderr, /sealed under the master secret/);
  const again = await stand.serve('data', { LATCHKEY_MASTER_SECRET: other });
  await startDevice(again, client);
  await again.stop();
  assert.ok(!stand.output.includes(other));
  stand.assertNoSecret();
});

testStand(
  'servers that start at once with one large file, or two of them, apply one after the other',
  async (stand, folder) => {
    await stand.init();
    const file = path.join(folder, 'latchkey.yaml');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    const withPeople = (displayName: string) => {
      const more = Array.from({ length: 300 }, (_, index) => ({ userName: `u${index}`, displayName }));
      return JSON.stringify({ ...config, users: [...config.users, ...more] });
    };
    writeFileSync(file, withPeople('First'));
    const second = path.join(folder, 'second.yaml');
    writeFileSync(second, withPeople('Second'), { mode: 0o600 });
    const servers = await Promise.all([
      stand.serve('one'),
      stand.serve('two'),
      stand.serve('three', { LATCHKEY_CONFIG: second }),
    ]);
    const { stdout } = await stand.run(['user', 'list', '--json', '--data-dir', 'elsewhere']);
    const people: readonly { readonly userName: string; readonly displayName: string }[] = JSON.parse(stdout);
    const names = new Set(people.flatMap((each) => (each.userName === 'alice' ? [] : [each.displayName])));
    assert.equal(names.size, 1, `all are of one file: ${[...names]}`);
    for (const log of await Promise.all(servers.map((server) => server.stop())))
      assert.doesNotMatch(log, /ReconcileConflict|stays as it was/);
  },
);
