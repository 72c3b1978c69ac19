import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { loadConfig } from '../config/load-config.ts';
import { PasswordChecker } from '../people/password.ts';
import { lineReader, makeFolder, runLatchkey, spawnLatchkey } from './testing/child-process.ts';

/** Starts a server on a free port; it is stopped after the test, if it has not been. */
async function serve(t: TestContext, folder: string, ...args: string[]) {
  const child = spawnLatchkey(folder, ['serve', '--port', '0', ...args]);
  t.after(() => child.kill('SIGKILL'));
  const nextLog = lineReader(child.stderr);
  const nextLine = lineReader(child.stdout);
  const [, url = ''] = await nextLine(/^Latchkey is ready: (http:\/\/localhost:\d+)/);
  return { child, url, nextLine, nextLog };
}

async function stopped(child: ChildProcessWithoutNullStreams): Promise<unknown[]> {
  return child.exitCode === null ? once(child, 'close') : [child.exitCode, child.signalCode];
}

/** The IPv6 address of loopback, where this machine has it. */
async function ipv6Loopback(): Promise<readonly string[]> {
  const server = createServer().listen(0, '::1');
  const isThere = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.close();
  return isThere ? ['[::1]'] : [];
}

/** The status of an answer at one of AWS's own host names. */
function get(server: { readonly port: number; readonly ca: Buffer }, target: string): Promise<unknown> {
  const servername = 'sts.us-east-1.amazonaws.com';
  const options = { ...server, host: '127.0.0.1', path: target, servername, headers: { host: servername } };
  return new Promise((resolve, reject) => {
    request({ ...options, agent: false }, (response) => resolve(response.resume().statusCode))
      .once('error', reject)
      .end();
  });
}

async function signIn(url: string, userName: string): Promise<boolean> {
  const response = await fetch(`${url}/testing/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ userName }),
  });
  return response.ok;
}

test('latchkey serve with users in environment variables writes no example configuration', async (t) => {
  const folder = makeFolder();
  const env = { LATCHKEY_USERS: '[{"userName": "carol"}]' };
  const child = spawnLatchkey(folder, ['serve', '--port', '0'], env);
  t.after(() => child.kill('SIGKILL'));
  await lineReader(child.stdout)(/^Latchkey is ready: .* \(configured by the environment\)$/);
  child.kill('SIGINT');
  assert.deepEqual(await stopped(child), [0, null]);
  assert.equal((await readdir(path.join(folder, '.latchkey'))).includes('latchkey.yaml'), false);
});

test('the first latchkey serve writes an example and prints how to sign in, and the next prints no secret', async (t) => {
  const folder = makeFolder();
  const { child, url, nextLine } = await serve(t, folder);
  const passwords = {
    alice: (await nextLine(/^ {2}alice +(\S+)$/))[1] ?? '',
    bob: (await nextLine(/^ {2}bob +(\S+)$/))[1] ?? '',
  };
  // The port is one that `latchkey aws-config` would not know.
  await nextLine(/If such lines are there already, from BEGIN to END, replace them: no$/);
  await nextLine(/^# BEGIN latchkey ssoins-[0-9a-f]{16} /);
  const { host } = new URL(url);
  await nextLine(new RegExp(`^\\[sso-session ${host}\\]$`));
  await nextLine(/^sso_start_url = https:\/\/identitycenter\.amazonaws\.com\/ssoins-[0-9a-f]{16}$/);
  const profile = `development-111122223333\\.ReadOnlyAccess@${host}`;
  await nextLine(new RegExp(`^\\[profile ${profile}\\]$`));
  await nextLine(new RegExp(`^ {2}endpoint_url = ${url}$`));
  await nextLine(/^# END latchkey ssoins-[0-9a-f]{16}$/);
  await nextLine(new RegExp(`^aws sso login --profile ${profile}$`));
  for (const address of ['localhost', '127.0.0.1', ...(await ipv6Loopback())]) {
    assert.equal((await fetch(`http://${address}:${new URL(url).port}/healthz`)).status, 200, address);
  }
  child.kill('SIGINT');
  assert.deepEqual(await stopped(child), [0, null]);

  const { directory } = await loadConfig({ env: {}, cwd: folder });
  const { users, groups, accounts, permissionSets, assignments } = directory;
  assert.deepEqual(
    [users, groups, accounts, permissionSets, assignments].map((list) => list.length),
    [2, 2, 2, 3, 3],
  );
  const checker = new PasswordChecker({ concurrency: 2 });
  for (const { userName, passwordHash } of users) {
    const password = Object.entries(passwords).find(([name]) => name === userName)?.[1] ?? '';
    assert.equal(await checker.verify(passwordHash, password, []), 'match', userName);
  }

  const dataDir = path.join(folder, '.latchkey');
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
  for (const name of ['latchkey.yaml', 'instance-id', 'keys.json']) {
    assert.equal((await stat(path.join(dataDir, name))).mode & 0o777, 0o600, name);
  }
  const example = await readFile(path.join(dataDir, 'latchkey.yaml'), 'utf8');
  const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)$/m.exec(example) ?? [];
  assert.match(await readFile(path.resolve(dataDir, schema), 'utf8'), /"title": "Latchkey configuration"/);

  const again = spawnLatchkey(folder, ['serve', '--port', '0']);
  t.after(() => again.kill('SIGKILL'));
  await once(again.stdout, 'readable');
  again.kill('SIGINT');
  const output = await text(again.stdout);
  assert.match(
    output,
    /^Latchkey is ready: http:\/\/localhost:\d+ \(configured by \.latchkey\/latchkey\.yaml\)\n$/,
  );
  assert.deepEqual(await stopped(again), [0, null]);
});

for (const [started, npm, latchkey] of [
  ['by itself', {}, 'latchkey'],
  ['by npm start', { npm_lifecycle_event: 'start' }, 'npx latchkey'],
  ['by npx', { npm_lifecycle_event: 'npx' }, 'npx latchkey'],
] as const) {
  test(`the first start, ${started}, names commands that work, and the one that writes ~/.aws/config has the same address and names`, async (t) => {
    const folder = makeFolder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const env = { LATCHKEY_LISTEN_PORT: String(typeof address === 'object' && address?.port) };
    server.close();
    const child = spawnLatchkey(folder, ['serve', '--data-dir', 'my data'], { ...env, ...npm });
    t.after(() => child.kill('SIGKILL'));
    const nextLine = lineReader(child.stdout);
    const [, passwordCommand] = await nextLine(/; `(.*)` sets another\.$/);
    assert.equal(passwordCommand, `${latchkey} --data-dir "my data" user passwd alice`);
    const [, command] = await nextLine(/no section may come twice: (.*)$/);
    assert.equal(command, `${latchkey} --data-dir "my data" aws-config --write`);
    const [, profile] = await nextLine(/^aws sso login --profile (.*)$/);
    const options = ['--data-dir', 'my data', 'aws-config', '--write', '--file', 'config'];
    const { stdout } = await runLatchkey(folder, options, { env });
    assert.ok(stdout.includes(`\n+ [profile ${profile}]\n`), stdout);
  });
}

test('a running server reads the directory again when the file changes, and on SIGHUP', async (t) => {
  const folder = makeFolder();
  const file = path.join(folder, 'latchkey.yaml');
  // At once, as an editor does: nobody reads half a file, however slow the machine is.
  const replace = async (content: string) => {
    await writeFile(`${file}.new`, content);
    await rename(`${file}.new`, file);
  };
  await replace('users: [{ userName: alice }]\n');
  const { child, url, nextLog } = await serve(t, folder, '--testing');
  assert.equal(await signIn(url, 'carol'), false);

  await replace('users: [{ userName: carol }]\n');
  await nextLog(/The directory was read again/);
  assert.equal(await signIn(url, 'carol'), true);
  assert.equal(await signIn(url, 'alice'), false);

  await replace('users: [{ userName: }]\n');
  child.kill('SIGHUP');
  await nextLog(/latchkey\.yaml:1:\d+: users\[0\]\.userName: expected 2 to 64 letters/);
  assert.equal(await signIn(url, 'carol'), true);
});

const patient = 'users: [{ userName: alice }]\nshutdown: { drain: 10m }\n';

test('on SIGTERM the server is not ready, goes on answering, and ends at once at the second signal', async (t) => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), patient);
  const { child, url, nextLog } = await serve(t, folder);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
  child.kill('SIGTERM');
  await nextLog(/Stopping in 600 s: not ready any more, requests are still answered/);
  const notReady = await fetch(`${url}/readyz`);
  assert.deepEqual([notReady.status, await notReady.text()], [503, 'The server is stopping\n']);
  const page = await fetch(`${url}/sign-in`);
  assert.deepEqual([page.status, page.headers.get('connection')], [200, 'close']);
  child.kill('SIGTERM');
  assert.deepEqual(await stopped(child), [143, null]);
});

test('the server closes by itself when the time of shutdown.drain is over', async (t) => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), patient);
  const env = { LATCHKEY_SHUTDOWN_DRAIN: '1s' };
  const child = spawnLatchkey(folder, ['serve', '--port', '0'], env);
  t.after(() => child.kill('SIGKILL'));
  await lineReader(child.stdout)(/^Latchkey is ready/);
  child.kill('SIGTERM');
  assert.deepEqual(await stopped(child), [0, null]);
});

for (const [signal, args] of [
  ['SIGINT', []],
  ['SIGTERM', ['--testing']],
] as const) {
  test(`${signal} to latchkey serve ${args.join(' ')} does not wait for the time of shutdown.drain`, async (t) => {
    const folder = makeFolder();
    await writeFile(path.join(folder, 'latchkey.yaml'), patient);
    const { child } = await serve(t, folder, ...args);
    child.kill(signal);
    assert.deepEqual(await stopped(child), [0, null]);
  });
}

test('a running server refuses a change that ends the access of most people, and takes it after latchkey check --confirm', async (t) => {
  const folder = makeFolder();
  const file = path.join(folder, 'latchkey.yaml');
  const write = async (count: number) => {
    const users = Array.from({ length: count }, (_, index) => `{ userName: u${index} }`);
    await writeFile(`${file}.new`, `users: [${users.join(', ')}]\n`);
    await rename(`${file}.new`, file);
  };
  await write(30);
  const { url, nextLog } = await serve(t, folder, '--testing');
  await write(15);
  await nextLog(/REFUSED: latchkey\.yaml ends the access of 15 of 30 people/);
  await nextLog(
    /run `latchkey check --confirm --config .*`, or add this line to latchkey\.yaml: confirmedChange: 15-of-30-people-\w+/,
  );
  assert.equal(await signIn(url, 'u29'), true);
  const refused = async () =>
    /^latchkey_file_refused\{file="directory"\} (\d)$/m.exec(
      await (await fetch(`${url}/metrics`)).text(),
    )?.[1];
  assert.equal(await refused(), '1');
  await runLatchkey(folder, ['check', '--confirm']);
  await nextLog(/The directory was read again \(people: 15, new: 0, access ended: 15\)/);
  assert.equal(await signIn(url, 'u29'), false);
  assert.equal(await refused(), '0');
});

test('latchkey serve --testing prints a warning that any program can sign in as any user', async (t) => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), 'users: [{ userName: alice }]\n');
  const { url, nextLog } = await serve(t, folder, '--testing');
  await nextLog(
    /^TESTING: any program on this machine can sign in as any user\. Never use this in production\.$/,
  );
  assert.equal(await signIn(url, 'alice'), true);
});

test('latchkey serve --testing is refused when others than this machine could reach the server', async () => {
  const baseUrl = 'https://sso.example.com';
  const cases = [
    [/must listen on loopback, not on 0\.0\.0\.0/, { LISTEN_HOST: '0.0.0.0', TRUSTED_PROXIES: '10.0.0.1' }],
    [/must be http on localhost, not https:\/\/sso\.example\.com/, { TRUSTED_PROXIES: '127.0.0.1' }],
    [
      /must not be behind a reverse proxy; remove trustedProxies/,
      { TRUSTED_PROXIES: '127.0.0.1', BASE_URL: 'http://localhost' },
    ],
  ] as const;
  for (const [expected, settings] of cases) {
    const named = Object.entries({ BASE_URL: baseUrl, ...settings });
    const env = Object.fromEntries(named.map(([name, value]) => [`LATCHKEY_${name}`, value]));
    const { code, stderr } = await runLatchkey(makeFolder(), ['serve', '--testing'], { env });
    assert.equal(code, 1);
    assert.match(stderr, expected);
    assert.match(stderr, /\(from LATCHKEY_(?:LISTEN_HOST|BASE_URL|TRUSTED_PROXIES)\)/);
  }
});

test('latchkey serve --testing --private-names says where the names are and what to trust, until it stops', async (t) => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), 'users: [{ userName: alice }]\n');
  const { child, url, nextLine } = await serve(t, folder, '--testing', '--private-names', '0');
  const [, port] = await nextLine(/^AWS's own host names are answered on port (\d+), /);
  await nextLine(new RegExp(`^Clients call port 443: lead that port of 127\\.0\\.0\\.1 to port ${port}\\.$`));
  await nextLine(
    /^127\.0\.0\.1 oidc\.us-east-1\.amazonaws\.com portal\.sso\.us-east-1\.amazonaws\.com sts\.us-east-1\.amazonaws\.com$/,
  );
  const [, authority = ''] = await nextLine(/^export AWS_CA_BUNDLE=(.*)$/);
  await nextLine(/^export AWS_STS_REGIONAL_ENDPOINTS=regional$/);
  const { env } = Object(await (await fetch(`${url}/testing/aws`)).json());
  assert.equal(env.AWS_CA_BUNDLE, authority);
  assert.equal(env.AWS_ENDPOINT_URL_STS, url);
  const health = await get({ port: Number(port), ca: await readFile(authority) }, '/healthz');
  assert.equal(health, 200);
  child.kill('SIGTERM');
  assert.deepEqual(await stopped(child), [0, null]);
  await assert.rejects(stat(authority), { code: 'ENOENT' });
});

test('latchkey serve --testing without --private-names names no certificate', async (t) => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), 'users: [{ userName: alice }]\n');
  const { url } = await serve(t, folder, '--testing');
  const { env } = Object(await (await fetch(`${url}/testing/aws`)).json());
  assert.equal(env.AWS_CA_BUNDLE, undefined);
});

test('latchkey serve --private-names is refused without --testing, and for a port that is none', async () => {
  const alone = await runLatchkey(makeFolder(), ['serve', '--private-names']);
  assert.equal(alone.code, 2);
  assert.match(alone.stderr, /makes a certificate for tests alone: it needs --testing/);
  const wrong = await runLatchkey(makeFolder(), ['serve', '--testing', '--private-names', 'https']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Expected a number from 0 to 65535/);
});

test('a port of the private names that is in use is explained, and the next start is a first start again', async () => {
  const folder = makeFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const taken = String(typeof address === 'object' && address?.port);
  const options = ['serve', '--port', '0', '--testing', '--private-names', taken];
  const { code, stdout, stderr } = await runLatchkey(folder, options);
  other.close();
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(
    stderr,
    new RegExp(
      `^Private names: another program listens on port ${taken} of localhost\\. .* docs/private-names\\.md shows how$`,
      'm',
    ),
  );
  assert.ok(!(await readdir(path.join(folder, '.latchkey'))).includes('latchkey.yaml'));
});

test('a port that is in use is explained, and the next start is a first start again', async () => {
  const folder = makeFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' && address?.port);
  const { code, stdout, stderr } = await runLatchkey(folder, ['serve', '--port', port]);
  other.close();
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(
    stderr,
    new RegExp(
      `^Port ${port} \\(from --port\\) on 127\\.0\\.0\\.1 is in use.*choose another port with listen\\.port.*--port for this start only\n$`,
    ),
  );
  assert.ok(!(await readdir(path.join(folder, '.latchkey'))).includes('latchkey.yaml'));
});

test('metrics with an address of their own are announced with the port that the system chose', async (t) => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), 'metrics: { port: 0 }\nusers: [{ userName: alice }]\n');
  const { url, nextLine } = await serve(t, folder);
  const [, metrics = ''] = await nextLine(/^Metrics are at (http:\/\/localhost:\d+\/metrics)$/);
  assert.equal((await fetch(metrics)).status, 200);
  assert.equal((await fetch(`${url}/metrics`)).status, 404);
});

test('a port for metrics that is in use is explained by its own setting', async () => {
  const folder = makeFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' && address?.port);
  const env = { LATCHKEY_METRICS_PORT: port };
  const { code, stderr } = await runLatchkey(folder, ['serve', '--port', '0'], { env });
  other.close();
  assert.equal(code, 1);
  assert.match(
    stderr,
    new RegExp(
      `^Port ${port} \\(from LATCHKEY_METRICS_PORT\\) on 127\\.0\\.0\\.1 is in use: .* another port for /metrics with metrics\\.port`,
    ),
  );
});

test('latchkey serve and check refuse an https baseUrl without a named proxy, and other commands do not', async () => {
  const folder = makeFolder();
  await writeFile(
    path.join(folder, 'latchkey.yaml'),
    'baseUrl: https://sso.example.com\nusers: [{ userName: alice }]\n',
  );
  for (const command of ['serve', 'check']) {
    const { code, stderr } = await runLatchkey(folder, [command]);
    assert.equal(code, 3, command);
    assert.match(
      stderr,
      /^latchkey\.yaml:1:10: baseUrl: people come by https, .*; set trustedProxies to its address/,
    );
  }
  assert.equal((await runLatchkey(folder, ['user', 'list'])).code, 0);
});

test('a second server with the same data folder is refused until the first has ended, even by SIGKILL', async (t) => {
  const folder = makeFolder();
  const { child } = await serve(t, folder);
  const { code, stderr } = await runLatchkey(folder, ['serve', '--port', '0']);
  assert.equal(code, 1);
  assert.match(stderr, /^Another Latchkey uses the data folder .*\.latchkey: stop it, .*--data-dir\n$/);
  child.kill('SIGKILL');
  await stopped(child);
  await serve(t, folder);
});

/** A folder with the data of a server that has run and ended. */
async function makeUsedFolder(t: TestContext): Promise<{ folder: string; data: (file: string) => string }> {
  const folder = makeFolder();
  const { child } = await serve(t, folder);
  child.kill('SIGINT');
  await stopped(child);
  return { folder, data: (file) => path.join(folder, '.latchkey', file) };
}

test('a key file that is missing beside a database is replaced with a warning in the log', async (t) => {
  const { folder, data } = await makeUsedFolder(t);
  await rm(data('keys.json'));
  const { nextLog } = await serve(t, folder);
  await nextLog(/"level":40.*There is a database in .* but no keys\.json.*restore them/);
});

test('a database that is missing beside a key file is replaced with a warning in the log', async (t) => {
  const { folder, data } = await makeUsedFolder(t);
  await rm(data('latchkey.db'));
  const { nextLog } = await serve(t, folder);
  await nextLog(/"level":40.*There is a keys\.json in .* but no database: .*latchkey restore/);
});

for (const [how, empty] of [
  ['without a byte', (file: string) => writeFile(file, '')],
  ['without a table', async (file: string) => new DatabaseSync(file).exec('PRAGMA user_version = 0; VACUUM')],
] as const) {
  test(`a database ${how} beside a key file is filled with a warning in the log`, async (t) => {
    const { folder, data } = await makeUsedFolder(t);
    await rm(data('latchkey.db'));
    await empty(data('latchkey.db'));
    const { nextLog } = await serve(t, folder);
    await nextLog(/"level":40.*There is a keys\.json in .* but its database is empty: /);
  });
}

test('an instance id that is missing beside a key file is replaced with a warning in the log', async (t) => {
  const { folder, data } = await makeUsedFolder(t);
  await rm(data('instance-id'));
  const { nextLog } = await serve(t, folder);
  await nextLog(/"level":40.*There is a keys\.json in .* but no instance-id: /);
});

test('a first start, and a start with everything in place, warn of nothing', async (t) => {
  const { folder } = await makeUsedFolder(t);
  const again = spawnLatchkey(folder, ['serve', '--port', '0']);
  t.after(() => again.kill('SIGKILL'));
  const log = text(again.stderr);
  await lineReader(again.stdout)(/^Latchkey is ready/);
  again.kill('SIGINT');
  assert.doesNotMatch(await log, /"level":40/);
});

test('latchkey serve with an invalid configuration exits with 3 and writes nothing', async () => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), 'listen: { host: 0.0.0.0 }\n');
  const { code, stdout, stderr } = await runLatchkey(folder, ['serve']);
  assert.deepEqual({ code, stdout }, { code: 3, stdout: '' });
  assert.match(stderr, /^latchkey\.yaml:1:17: listen\.host: plain http beyond this machine/);
  assert.deepEqual(await readdir(folder), ['latchkey.yaml']);
});

test('a certificate that is none is explained, by the variable that named it', async () => {
  const folder = makeFolder();
  const file = path.join(folder, 'cert.pem');
  await writeFile(file, 'no certificate');
  await writeFile(path.join(folder, 'latchkey.yaml'), 'users: [{ userName: alice }]');
  const env = { LATCHKEY_TLS_CERT_FILE: file, LATCHKEY_TLS_KEY_FILE: file };
  const { code, stderr } = await runLatchkey(folder, ['serve', '--port', '0'], { env });
  assert.equal(code, 1);
  assert.ok(stderr.includes(file), stderr);
  assert.match(stderr, /It is tls\.certFile \(from LATCHKEY_TLS_CERT_FILE\)\n$/);
});

for (const [option, variable] of [
  ['--data-dir', {}],
  [undefined, { LATCHKEY_DATA_DIR: 'file/data' }],
] as const) {
  test(`a data folder that cannot be used is explained, by ${option ?? 'LATCHKEY_DATA_DIR'} that gave it`, async () => {
    const folder = makeFolder();
    await writeFile(path.join(folder, 'file'), '');
    for (const content of [undefined, 'users: [{ userName: alice }]']) {
      if (content !== undefined) await writeFile(path.join(folder, 'latchkey.yaml'), content);
      const args = option === undefined ? ['serve'] : ['serve', option, 'file/data'];
      const { code, stdout, stderr } = await runLatchkey(folder, args, { env: variable });
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
      const given = `${path.join(folder, 'file/data')} (from ${option ?? 'LATCHKEY_DATA_DIR'})`;
      assert.ok(stderr.includes(`The data folder ${given} cannot be used: `), stderr);
      assert.match(stderr, /: part of its path is not a folder\n$/);
    }
  });
}

test('a damaged instance id stops latchkey serve, and is not replaced', async () => {
  const folder = makeFolder();
  await writeFile(path.join(folder, 'latchkey.yaml'), 'dataDir: .\n');
  await writeFile(path.join(folder, 'instance-id'), 'ssoins-\n');
  const { code, stderr } = await runLatchkey(folder, ['serve', '--port', '0']);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /expected "ssoins-" and 16 hexadecimal digits in .*instance-id; restore the file, or set instance\.id/,
  );
});

test('latchkey serve answers while it reads the first directory of a large file, and ends with the fault that is in it', async (t) => {
  const folder = makeFolder();
  const people = Array.from({ length: 2_000 }, (_, index) => `  - userName: user${index}\n`).join('');
  const groups = 'groups: [{ name: all, members: [nobody] }]\n';
  await writeFile(path.join(folder, 'latchkey.yaml'), `users:\n${people}${groups}`);
  const child = spawnLatchkey(folder, ['serve', '--port', '0']);
  t.after(() => child.kill('SIGKILL'));
  const nextLog = lineReader(child.stderr);
  await nextLog(
    /The directory is being read for the first time: the server is not ready until it is applied/,
  );
  await nextLog(/latchkey\.yaml:2002:\d+: .*there is no user "nobody"/);
  assert.deepEqual(await stopped(child), [3, null]);
});

/** Waits until somebody is in the database of a data folder that another process fills. */
async function somebodyIn(file: string): Promise<void> {
  using database = new DatabaseSync(file, { readOnly: true });
  const one = database.prepare('SELECT 1 FROM directory_user LIMIT 1');
  while (one.get() === undefined) await setImmediate();
}

for (const [when, drain] of [
  ['read', '1s'],
  ['applied', '0s'],
] as const) {
  test(`a server that is stopped while its first directory is being ${when} drains and ends, and the next start finishes the directory`, async (t) => {
    const folder = makeFolder();
    const people = Array.from({ length: 6_000 }, (_, index) => `  - userName: user${index}\n`).join('');
    await writeFile(path.join(folder, 'latchkey.yaml'), `users:\n${people}shutdown: { drain: ${drain} }\n`);
    const child = spawnLatchkey(folder, ['serve', '--port', '0']);
    t.after(() => child.kill('SIGKILL'));
    const output = text(child.stdout);
    const nextLog = lineReader(child.stderr);
    await nextLog(/The directory is being read for the first time/);
    if (when === 'applied') await somebodyIn(path.join(folder, '.latchkey', 'latchkey.db'));
    child.kill('SIGTERM');
    await nextLog(/Stopping in \d s: not ready any more, requests are still answered/);
    assert.deepEqual(await stopped(child), [0, null]);
    assert.doesNotMatch(await output, /Latchkey is ready/);
    const next = await serve(t, folder, '--testing');
    assert.equal(await signIn(next.url, 'user5999'), true);
  });
}
