import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadConfig } from './load-config.ts';
import { folder, load, problemsIn } from './testing/load-text.ts';

const hash =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

const complete = `
baseUrl: https://sso.example.com/
listen: { host: 0.0.0.0, port: 8443 }
trustedProxies: [10.0.0.0/8, "::1"]
dataDir: data
instance:
  id: ssoins-0123456789abcdef
  region: eu-west-1
  startUrls: [https://example.awsapps.com/start]
lifetimes: { accessToken: PT30M, session: 12h, refreshGrace: 0s }
limits: { failureWindow: 1h, passwordFailuresPerUser: 5 }
grants: { deviceCode: false }
log: { level: warn, format: json }
users:
  - { userName: alice, displayName: Alice, email: alice@example.com, passwordHash: "${hash}" }
  - { userName: bob, disabled: true }
groups:
  - { name: developers, members: [alice, bob] }
accounts:
  - { id: "012345678901", name: Development, email: dev@example.com }
permissionSets:
  - { name: ReadOnlyAccess, description: Look but do not touch, sessionDuration: 8h }
  - { name: AdministratorAccess }
assignments:
  - { groups: [developers], accounts: ["012345678901"], permissionSets: [ReadOnlyAccess] }
  - { users: [alice], accounts: ["012345678901"], permissionSets: [AdministratorAccess] }
`;

test('without baseUrl, people reach the server by localhost, or by the loopback address that it listens on', async () => {
  for (const [host, name] of [
    ['localhost', 'localhost'],
    ['127.0.0.1', 'localhost'],
    ['"::1"', 'localhost'],
    ['sso.localhost', 'localhost'],
    ['127.0.0.53', '127.0.0.53'],
  ]) {
    assert.equal((await load(`listen: { host: ${host} }`)).baseUrl, `http://${name}:8484`, host);
  }
});

test('without a configuration file every setting has its default', async () => {
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  const { config, directory } = await loadConfig({ env: {}, cwd: empty });
  assert.equal(config.file, undefined);
  assert.equal(config.dataDir, path.join(empty, '.latchkey'));
  assert.equal(config.baseUrl, 'http://localhost:8484');
  assert.deepEqual(config.listen, { host: 'localhost', port: 8484 });
  assert.equal(config.lifetimes.accessTokenSeconds, 3_600);
  assert.equal(config.lifetimes.clientRegistrationSeconds, 7_776_000);
  assert.equal(config.limits.failureWindowSeconds, 900);
  assert.deepEqual(directory.users, []);
});

test('every setting of a complete file is read, durations as seconds and paths relative to the file', async () => {
  const config = await load(complete);
  assert.equal(config.file, path.join(folder, 'latchkey.yaml'));
  assert.equal(config.dataDir, path.join(folder, 'data'));
  assert.equal(config.baseUrl, 'https://sso.example.com');
  assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '::1']);
  assert.equal(config.instance.id, 'ssoins-0123456789abcdef');
  assert.equal(config.lifetimes.accessTokenSeconds, 1_800);
  assert.equal(config.lifetimes.refreshGraceSeconds, 0);
  assert.equal(config.limits.failureWindowSeconds, 3_600);
  assert.equal(config.grants.deviceCode, false);
  assert.deepEqual(config.directory.users[1], { userName: 'bob', disabled: true });
  assert.deepEqual(config.directory.accounts, [
    { id: '012345678901', name: 'Development', email: 'dev@example.com' },
  ]);
  assert.deepEqual(config.directory.permissionSets, [
    { name: 'ReadOnlyAccess', description: 'Look but do not touch', sessionDurationSeconds: 28_800 },
    { name: 'AdministratorAccess', sessionDurationSeconds: 3_600 },
  ]);
  assert.deepEqual(config.directory.assignments[1], {
    users: ['alice'],
    groups: [],
    accounts: ['012345678901'],
    permissionSets: ['AdministratorAccess'],
  });
});

test('the configuration file is the one named, else the one in the current folder, else the one in the data folder', async () => {
  const cwd = path.join(folder, 'search');
  const write = async (file: string, port: number) => {
    await mkdir(path.dirname(path.join(cwd, file)), { recursive: true });
    await writeFile(path.join(cwd, file), `listen: { port: ${port} }`);
  };
  const portFor = async (options: { file?: string; dataDir?: string }, env: Record<string, string> = {}) =>
    (await loadConfig({ ...options, env, cwd })).config.listen.port;

  await write('.latchkey/latchkey.yaml', 1);
  assert.equal(await portFor({}), 1);
  assert.equal((await loadConfig({ env: {}, cwd })).config.dataDir, path.join(cwd, '.latchkey'));
  await write('elsewhere/latchkey.yaml', 2);
  assert.equal(await portFor({}, { LATCHKEY_DATA_DIR: 'elsewhere' }), 2);
  await write('flag/latchkey.yaml', 3);
  assert.equal(await portFor({ dataDir: 'flag' }, { LATCHKEY_DATA_DIR: 'elsewhere' }), 3);
  await write('latchkey.yaml', 4);
  assert.equal(await portFor({ dataDir: 'flag' }), 4);
  await write('other.yaml', 5);
  assert.equal(await portFor({}, { LATCHKEY_CONFIG: 'other.yaml' }), 5);
  assert.equal(await portFor({ file: 'latchkey.yaml' }, { LATCHKEY_CONFIG: 'other.yaml' }), 4);
});

test('a configuration file that cannot be read is reported with the reason', async () => {
  const problemOf = async (file: string) =>
    loadConfig({ file, env: {}, cwd: folder }).then(
      () => 'none',
      (error: Error) => error.message,
    );
  assert.equal(await problemOf('missing.yaml'), 'missing.yaml: cannot be read: no such file or folder');
  await mkdir(path.join(folder, 'nested'));
  assert.equal(await problemOf('nested'), 'nested: cannot be read: it is a folder');
  assert.equal(
    await problemOf('/no/such/latchkey.yaml'),
    '/no/such/latchkey.yaml: cannot be read: no such file or folder',
  );
  assert.deepEqual(await problemsIn(Buffer.from([0x61, 0x3a, 0x20, 0xff])), [
    'latchkey.yaml: is not UTF-8 text',
  ]);
  assert.deepEqual(await problemsIn(`# ${'x'.repeat(64 * 1024 * 1024)}`), [
    'latchkey.yaml: is larger than 64 MiB, the limit of a configuration file',
  ]);
});

test('loading a file with arbitrary content throws nothing but a ConfigError', async () => {
  const yamlish = fc.string({
    unit: fc.constantFrom(
      ...'abc019:-?{}[],&*!|>\'"%@`#~ \n\t.$=',
      '\n  - ',
      ': ',
      'users:',
      'listen:',
      'é',
      '\u0000',
    ),
  });
  const json = fc.json({ maxDepth: 4 });
  const bytes = fc.uint8Array({ maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(yamlish, json, bytes), async (text) => {
      await problemsIn(text);
    }),
    { numRuns: 500 },
  );
});

test('a valid file with any part exchanged is accepted, or refused with line and column', async () => {
  const lines = complete.split('\n');
  const replacement = fc.oneof(
    fc.constantFrom(
      '',
      '~',
      '[]',
      '{}',
      '7',
      'yes',
      '"',
      '*x',
      '&y',
      '- - -',
      'users: 1',
      '!!str',
      '\t',
      '012',
    ),
    fc.string({ maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(lines.length - 1),
      fc.nat(90),
      fc.nat(20),
      replacement,
      async (index, at, cut, text) => {
        const line = lines[index] ?? '';
        const mutated = lines.with(index, line.slice(0, at) + text + line.slice(at + cut)).join('\n');
        for (const problem of await problemsIn(mutated)) assert.match(problem, /^latchkey\.yaml:\d+:\d+: ./);
      },
    ),
    { numRuns: 500 },
  );
});
