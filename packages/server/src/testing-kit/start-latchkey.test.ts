import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../config/config-error.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { type LatchkeyOptions, startLatchkey } from './mod.ts';

/** Starts an instance, which is closed at once if it runs against expectation. */
async function problemsOf(options: LatchkeyOptions): Promise<string> {
  return startLatchkey(options).then(
    async (latchkey) => {
      await latchkey.close();
      return 'none';
    },
    (error: unknown) => {
      assert.ok(error instanceof ConfigError, String(error));
      return error.message;
    },
  );
}

test('startLatchkey refuses a directory that refers to something undefined', async () => {
  const accounts = ['111122223333'];
  assert.equal(
    await problemsOf({
      assignments: [
        { users: ['alcie'], accounts: ['444455556666'], permissionSets: ['Devloper'] },
        { accounts, permissionSets: ['Developer'] },
      ],
    }),
    [
      'startLatchkey: assignments[1]: names neither users nor groups',
      'startLatchkey: assignments[0].users[0]: there is no user "alcie"; did you mean "alice"?',
      'startLatchkey: assignments[0].accounts[0]: there is no account "444455556666"; known are 111122223333',
      'startLatchkey: assignments[0].permissionSets[0]: there is no permission set "Devloper"; did you mean "Developer"?',
    ].join('\n'),
  );
});

test('startLatchkey refuses settings out of range, as a configuration file would', async () => {
  const lifetimes = await problemsOf({ settings: { lifetimes: { accessTokenSeconds: -5 } } });
  assert.match(
    lifetimes,
    /^startLatchkey: lifetimes\.accessToken: expected a duration from 15m1s to 12h .*"-5s"$/,
  );
  const limits = await problemsOf({ settings: { limits: { pendingDeviceAuthorizations: 0 } } });
  assert.match(limits, /^startLatchkey: limits\.pendingDeviceAuthorizations: expected a whole number/);
  const sets = await problemsOf({ permissionSets: [{ name: 'Developer', sessionDurationSeconds: 60 }] });
  assert.match(sets, /^startLatchkey: permissionSets\[0\]\.sessionDuration: expected a duration from 15m/);
});

test('startLatchkey accepts a directory without users, and one without accounts', async () => {
  for (const options of [{ users: [] }, { accounts: [] }, { permissionSets: [] }]) {
    assert.equal(await problemsOf(options), 'none');
  }
});

test('startLatchkey serves the directory and settings of the test', async () => {
  await using latchkey = await startLatchkey({ settings: { instance: { region: 'eu-west-1' } } });
  assert.equal(latchkey.region, 'eu-west-1');
  assert.match(latchkey.url, /^http:\/\/localhost:[1-9]\d*$/);
});

test('a tool that is started with the env of startLatchkey uses the profile of the instance by default', async () => {
  await using latchkey = await startLatchkey();
  assert.equal(latchkey.env['AWS_PROFILE'], 'latchkey');
});

test('closing an instance of startLatchkey keeps its dataDir, and removes all its other files', async () => {
  using folder = temporaryFolder();
  const latchkey = await startLatchkey({ dataDir: folder.path });
  const home = latchkey.env['HOME'] ?? '';
  assert.ok(existsSync(home));
  await latchkey.close();
  assert.ok(!existsSync(home));
  assert.ok(readdirSync(folder.path).includes('keys.json'));
});

test('startLatchkey leaves no files and no open port when it fails', async (t) => {
  using folder = temporaryFolder();
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder.path;
  t.after(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  });
  assert.equal(path.resolve(tmpdir()), folder.path);

  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await assert.rejects(startLatchkey({ port }), { code: 'EADDRINUSE' });
  await assert.rejects(startLatchkey({ port: -1 }), ConfigError);
  assert.deepEqual(readdirSync(folder.path), []);
});

test('an instance whose clock stands still keeps connections as long as a slow machine needs', async () => {
  for (const [clock, kept] of [
    ['running', 'timeout=130'],
    ['still', 'timeout=600'],
  ] as const) {
    await using latchkey = await startLatchkey({ clock });
    const { headers } = await fetch(`${latchkey.url}/healthz`);
    assert.equal(headers.get('keep-alive'), kept, clock);
  }
});

test('an instance whose clock stands still gives a client module as long as a slow machine needs', async (t) => {
  const limits = { running: 30_000, still: 600_000 };
  for (const clock of ['running', 'still'] as const) {
    await using latchkey = await startLatchkey({ clock });
    const timers = t.mock.method(globalThis, 'setTimeout');
    assert.equal((await fetch(`${latchkey.url}/v0.4/services/sts.ts`)).status, 200);
    const delays = timers.mock.calls.map(({ arguments: [, ms] }) => ms);
    assert.deepEqual(
      delays.filter((ms) => Object.values(limits).includes(ms ?? 0)),
      [limits[clock]],
      clock,
    );
    timers.mock.restore();
  }
});

test("startLatchkey answers AWS's own host names over https where it is asked to, and gives programs the certificate to trust", async () => {
  const latchkey = await startLatchkey({ privateNamesPort: 0 });
  const { hosts = [], address, port = 0 } = latchkey.privateNames ?? {};
  assert.deepEqual(hosts, [
    'oidc.us-east-1.amazonaws.com',
    'portal.sso.us-east-1.amazonaws.com',
    'sts.us-east-1.amazonaws.com',
  ]);
  const ca = latchkey.env['AWS_CA_BUNDLE'] ?? '';
  const status = await new Promise((resolve, reject) => {
    const [host = ''] = hosts;
    const to = { host: address, port, servername: host, headers: { host }, ca: readFileSync(ca) };
    request({ ...to, path: '/healthz', agent: false }, (answer) => resolve(answer.resume().statusCode))
      .once('error', reject)
      .end();
  });
  assert.equal(status, 200);
  await latchkey.close();
  assert.ok(!existsSync(ca));
});

test('startLatchkey without private names gives programs no certificate to trust', async () => {
  await using latchkey = await startLatchkey();
  assert.equal(latchkey.privateNames, undefined);
  assert.equal(latchkey.env['AWS_CA_BUNDLE'], undefined);
});
