import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { loadConfig } from './load.ts';
import { ConfigError } from './problem.ts';

const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'latchkey-config-')));
after(() => rm(folder, { recursive: true }));

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

async function load(text: string | Uint8Array, env: Record<string, string> = {}) {
  await writeFile(path.join(folder, 'latchkey.yaml'), text);
  return (await loadConfig({ env, cwd: folder })).config;
}

async function problemsIn(text: string | Uint8Array, env: Record<string, string> = {}): Promise<string[]> {
  try {
    await load(text, env);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message.split('\n');
  }
}

/** The problems of a file that adds to a valid directory. */
async function problemsBeside(text: string): Promise<string[]> {
  return problemsIn(
    `users: [{ userName: alice }]\naccounts: [{ id: "111111111111", name: One }]\npermissionSets: [{ name: Admin }]\n${text}`,
  );
}

test('without a file every setting has its default', async () => {
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  const { config } = await loadConfig({ env: {}, cwd: empty });
  assert.equal(config.file, undefined);
  assert.equal(config.dataDir, path.join(empty, '.latchkey'));
  assert.equal(config.baseUrl, 'http://localhost:8484');
  assert.deepEqual(config.listen, { host: '127.0.0.1', port: 8484 });
  assert.equal(config.lifetimes.accessTokenSeconds, 3_600);
  assert.equal(config.lifetimes.clientRegistrationSeconds, 7_776_000);
  assert.equal(config.limits.failureWindowSeconds, 900);
  assert.deepEqual(config.directory.users, []);
});

test('a complete file is read, durations as seconds and paths from the folder of the file', async () => {
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

test('the same in JSON, with a byte order mark and an empty file are fine', async () => {
  assert.deepEqual(await problemsIn('{"listen": {"port": 80}}'), []);
  assert.deepEqual(await problemsIn('\uFEFFlisten:\n  port: 80\n'), []);
  assert.deepEqual(await problemsIn(''), []);
  assert.deepEqual(await problemsIn('# nothing yet\n'), []);
});

test('an anchor can be used again', async () => {
  const config = await load(
    'trustedProxies: &all [10.0.0.1]\ninstance:\n  startUrls: []\nusers: []\ngroups: []\n',
  );
  assert.deepEqual(config.trustedProxies, ['10.0.0.1']);
  const { directory } = await load(
    'users: [{userName: a}, {userName: b}]\ngroups: [{name: x, members: &m [a, b]}, {name: y, members: *m}]\n',
  );
  assert.deepEqual(directory.groups[1]?.members, ['a', 'b']);
});

test('the file is the one named, else the one in the current folder, else the one in the data folder', async () => {
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

test('a file that cannot be used says why', async () => {
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
  assert.deepEqual(await problemsIn(`# ${'x'.repeat(10 * 1024 * 1024)}`), [
    'latchkey.yaml: is larger than 10 MB, which no configuration is',
  ]);
});

test('all problems are listed at once, in the order of the file, with line and column', async () => {
  const problems = await problemsIn(`listen:
  port: 70000
  prot: 1
lifetimes: { accessToken: 10m }
permissionSet: []
users:
  - displayName: Nobody
log:
  level: verbose
`);
  assert.deepEqual(
    problems.map((problem) => problem.split(':', 3).join(':')),
    ['2:9', '3:3', '4:27', '5:1', '7:5', '9:10'].map((place) => `latchkey.yaml:${place}`),
  );
  assert.match(
    problems[0] ?? '',
    /listen\.port: expected a whole number from 0 to 65535, got the number 70000$/,
  );
  assert.match(problems[1] ?? '', /listen: unknown key "prot"; did you mean "port"\?$/);
  assert.match(
    problems[2] ?? '',
    /lifetimes\.accessToken: expected a duration from 15m1s to 12h .*, got "10m"$/,
  );
  assert.match(problems[3] ?? '', /unknown key "permissionSet"; did you mean "permissionSets"\?$/);
  assert.match(problems[4] ?? '', /users\[0\]: "userName" is missing$/);
  assert.match(
    problems[5] ?? '',
    /log\.level: expected one of debug, info, warn, error, silent, got "verbose"$/,
  );
});

test('every unknown key is reported, inherited names of JavaScript objects too', async () => {
  const problems = await problemsIn(
    'constructor: 1\n__proto__: { listen: 1 }\ntoString: 2\nlog: { colour: red }\n',
  );
  assert.deepEqual(
    problems.map((problem) => problem.replace(/;.*/, '')),
    [
      'latchkey.yaml:1:1: unknown key "constructor"',
      'latchkey.yaml:2:1: unknown key "__proto__"',
      'latchkey.yaml:3:1: unknown key "toString"',
      'latchkey.yaml:4:8: log: unknown key "colour"',
    ],
  );
});

test('a password in clear text is refused and never repeated', async () => {
  const secret = 'hunter2';
  const files = [
    `users:\n  - userName: alice\n    passwordHash: ${secret}\n`,
    `users:\n  - userName: alice\n    passwordHash: [${secret}]\n`,
    `users:\n  - userName: alice\n    passwordHash: { ${secret}: ${secret} }\n`,
    `users:\n  - userName: alice\n    password: ${secret}\n`,
    `users:\n  - userName: alice\n    passwd: ${secret}\n`,
    `users:\n  - userName: alice\n    passwordHash: "${secret}\n`,
    ...['*', '!', '@', '%', '`', '|', '"\\q', '&a *', '}', '? '].map(
      (start) => `users:\n  - userName: alice\n    passwordHash: ${start}${secret}\n`,
    ),
  ];
  for (const file of files) {
    const problems = await problemsIn(file);
    assert.match(problems[0] ?? '', /^latchkey\.yaml:[2-4]:\d+: /, file);
    assert.doesNotMatch(problems.join(), new RegExp(secret), file);
  }
  for (const file of [files[0], files[3], files[4]]) {
    assert.match(
      (await problemsIn(file ?? '')).join(),
      /:3:\d+: .*passwords only as hashes.*`latchkey user hash`/,
    );
  }
});

test('an account id without quotes is told to take them, as YAML drops its leading zero', async () => {
  const problems = await problemsIn(`accounts:
  - id: 012345678901
    name: One
permissionSets: [{ name: Admin }]
users: [{ userName: alice }]
assignments:
  - { users: [alice], accounts: [012345678901], permissionSets: [Admin] }
  - { users: [alice], accounts: ["012345678901"], permissionSets: [Admin] }
`);
  const advice =
    'expected an account id, 12 digits in quotes, got the number 012345678901; put it in quotes: "012345678901"';
  assert.deepEqual(problems, [
    `latchkey.yaml:2:9: accounts[0].id: ${advice}`,
    `latchkey.yaml:7:34: assignments[0].accounts[0]: ${advice}`,
  ]);
});

test('a value that is only about passwords is repeated, as any other', async () => {
  assert.deepEqual(await problemsIn('limits: { passwordFailuresPerUser: 0 }'), [
    'latchkey.yaml:1:36: limits.passwordFailuresPerUser: expected a whole number from 1 to 1000000, got the number 0',
  ]);
});

test('a duration without a unit is told what durations look like, not to take quotes', async () => {
  const [problem] = await problemsIn('lifetimes: { session: 3600 }');
  assert.match(
    problem ?? '',
    /:1:23: lifetimes\.session: expected a duration .* such as 90s, .*, got the number 3600$/,
  );
});

test('nothing is defined twice, whatever the case of its name', async () => {
  assert.deepEqual(await problemsBeside(`groups: [{ name: a }, { name: A }]`), [
    'latchkey.yaml:4:31: groups[1].name: group "a" is defined twice, first at groups[0].name',
  ]);
  const [user] = await problemsIn('users:\n  - userName: alice\n  - userName: ALICE\n');
  assert.equal(
    user,
    'latchkey.yaml:3:15: users[1].userName: user "alice" is defined twice, first at users[0].userName',
  );
  const [account] = await problemsIn(
    'accounts: [{id: "111111111111", name: A}, {id: "111111111111", name: B}]',
  );
  assert.match(account ?? '', /account "111111111111" is defined twice/);
  const [set] = await problemsIn('permissionSets: [{name: Admin}, {name: admin}]');
  assert.match(set ?? '', /permission set "Admin" is defined twice/);
});

test('whatever groups and assignments name must exist', async () => {
  const problems = await problemsBeside(`groups:
  - { name: developers, members: [alcie] }
assignments:
  - users: [bob]
    groups: [develpers]
    accounts: ["222222222222"]
    permissionSets: [Admin, Reader]
`);
  assert.deepEqual(problems, [
    'latchkey.yaml:5:35: groups[0].members[0]: there is no user "alcie"; did you mean "alice"?',
    'latchkey.yaml:7:13: assignments[0].users[0]: there is no user "bob"; known are alice',
    'latchkey.yaml:8:14: assignments[0].groups[0]: there is no group "develpers"; did you mean "developers"?',
    'latchkey.yaml:9:16: assignments[0].accounts[0]: there is no account "222222222222"; known are 111111111111',
    'latchkey.yaml:10:29: assignments[0].permissionSets[1]: there is no permission set "Reader"; known are Admin',
  ]);
});

test('an assignment needs someone, an account and a permission set', async () => {
  assert.deepEqual(
    await problemsBeside('assignments:\n  - { accounts: ["111111111111"], permissionSets: [Admin] }\n'),
    ['latchkey.yaml:5:5: assignments[0]: names neither users nor groups'],
  );
  assert.deepEqual(await problemsBeside('assignments:\n  - { users: [alice], accounts: [] }\n'), [
    'latchkey.yaml:5:5: assignments[0]: "permissionSets" is missing',
    'latchkey.yaml:5:33: assignments[0].accounts: expected at least one account id, got an empty list',
  ]);
});

test('a list where a mapping belongs, and the other way round, is named so', async () => {
  assert.deepEqual(await problemsIn('listen: [1]\nusers: { alice: 1 }\ngroups: [[x]]\n'), [
    'latchkey.yaml:1:9: listen: expected a mapping (key: value), got a list',
    'latchkey.yaml:2:8: users: expected a list, got a mapping',
    'latchkey.yaml:3:10: groups[0]: expected a mapping (key: value), got a list',
  ]);
  assert.deepEqual(await problemsIn('- a\n- b\n'), [
    'latchkey.yaml:1:1: expected a mapping (key: value), got a list',
  ]);
  assert.deepEqual(await problemsIn('just text'), [
    'latchkey.yaml:1:1: expected a mapping (key: value), got "just text"',
  ]);
});

test('plain http beyond this machine is refused, and says what to do', async () => {
  const [exposed, unnamed] = await problemsIn('listen:\n  host: 0.0.0.0\n');
  assert.match(
    exposed ?? '',
    /^latchkey\.yaml:2:9: listen\.host: plain http .* read passwords.*; set tls, or trustedProxies/,
  );
  assert.match(unnamed ?? '', /:2:9: .*set baseUrl/);
  const [insecure] = await problemsIn('baseUrl: http://sso.example.com');
  assert.match(
    insecure ?? '',
    /^latchkey\.yaml:1:10: baseUrl: plain http .*expected https, or http on localhost$/,
  );

  assert.deepEqual(
    await problemsIn(
      'listen: { host: 0.0.0.0 }\nbaseUrl: https://sso.example.com\ntrustedProxies: [10.0.0.1]',
    ),
    [],
  );
  for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '"::1"']) {
    assert.deepEqual(await problemsIn(`listen: { host: ${host} }`), []);
  }
});

test('a base URL has neither path nor credentials', async () => {
  for (const url of [
    'https://a.example/sso',
    'ftp://a.example',
    'a.example',
    'https://u:p@a.example',
    'https://[',
  ]) {
    const [problem] = await problemsIn(`baseUrl: "${url}"`);
    assert.match(problem ?? '', /:1:10: baseUrl: expected an http or https address without a path/, url);
  }
});

test('certificate files must be readable, and are found from the folder of the file', async () => {
  await writeFile(path.join(folder, 'cert.pem'), '');
  const settings = 'tls:\n  certFile: cert.pem\n  keyFile: key.pem\n';
  const file = path.join(folder, 'key.pem');
  assert.deepEqual(await problemsIn(settings), [
    `latchkey.yaml:3:12: tls.keyFile: ${file} cannot be read: no such file or folder`,
  ]);
  await writeFile(file, '');
  const config = await load(settings);
  assert.deepEqual(config.tls, { certFile: path.join(folder, 'cert.pem'), keyFile: file });
  assert.equal(config.baseUrl, 'https://localhost:8484');
  assert.match(
    (await problemsIn(`${settings}baseUrl: http://localhost`)).join(),
    /expected https, as tls is set/,
  );
});

test('addresses of trusted proxies are checked', async () => {
  assert.deepEqual(await problemsIn('trustedProxies: [10.0.0.0/8, 127.0.0.1, "fd00::/8", "::1"]'), []);
  for (const address of ['10.0.0.0/33', '10.0.0', 'proxy', '::1/129', '10.0.0.0/', '']) {
    const [problem] = await problemsIn(`trustedProxies: ["${address}"]`);
    assert.match(problem ?? '', /:1:18: trustedProxies\[0\]: expected an IP address or CIDR block/, address);
  }
});

test('syntax errors name their line', async () => {
  const places = {
    'listen:\n\tport: 1': /^latchkey\.yaml:2:1: a tab is used to indent/,
    'log:\n  level: info\n  level: warn': /^latchkey\.yaml:3:3: this key stands in the mapping twice/,
    'users: [\n': /^latchkey\.yaml:2:1: the indentation does not fit, or a bracket is not closed/,
    'log: *nothing': /^latchkey\.yaml:1:6: no anchor/,
    'log: !!set {}': /^latchkey\.yaml:1:6: an unknown tag/,
    'log: {}\n---\nlog: {}': /^latchkey\.yaml:2:1: a second document/,
  };
  for (const [text, expected] of Object.entries(places))
    assert.match((await problemsIn(text))[0] ?? '', expected);
});

test('aliases cannot be made to explode, nor nesting to overflow', async () => {
  const levels = Array.from(
    { length: 20 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join()}]`,
  );
  assert.deepEqual(await problemsIn(`a0: &a0 [x]\n${levels.join('\n')}`), [
    'latchkey.yaml: repeats too much by aliases (*name)',
  ]);
  assert.match((await problemsIn('['.repeat(100_000))).join(), /^latchkey\.yaml:1:\d+: /);
  assert.match((await problemsIn('- '.repeat(100_000))).join(), /^latchkey\.yaml:1:\d+: /);
  assert.match((await problemsIn('users: &a [*a]')).join(), /users\[0\]: expected a mapping/);
});

test('a setting by environment wins over the file, and is named in its problems', async () => {
  const config = await load('listen: { port: 1, host: localhost }\ninstance: { region: us-west-2 }\n', {
    LATCHKEY_LISTEN_PORT: '2',
    LATCHKEY_LIFETIMES_ACCESS_TOKEN: '2h',
    LATCHKEY_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2',
    LATCHKEY_GRANTS_DEVICE_CODE: 'false',
    LATCHKEY_DATA_DIR: 'elsewhere',
    PATH: '/bin',
  });
  assert.deepEqual(config.listen, { port: 2, host: 'localhost' });
  assert.equal(config.instance.region, 'us-west-2');
  assert.equal(config.lifetimes.accessTokenSeconds, 7_200);
  assert.deepEqual(config.trustedProxies, ['10.0.0.1', '10.0.0.2']);
  assert.equal(config.grants.deviceCode, false);
  assert.equal(config.dataDir, path.join(folder, 'elsewhere'));

  assert.deepEqual(
    await problemsIn('log: { level: loud }', {
      LATCHKEY_LISTEN_PORT: 'http',
      LATCHKEY_GRANTS_DEVICE_CODE: 'no',
      LATCHKEY_TLS_CERT_FILE: 'cert.pem',
      LATCHKEY_LISTEN_PROT: '1',
      LATCHKEY_USERS: 'alice',
    }).then((problems) => problems.sort()),
    [
      'LATCHKEY_GRANTS_DEVICE_CODE: grants.deviceCode: expected true or false, got "no"',
      'LATCHKEY_LISTEN_PORT: listen.port: expected a whole number from 0 to 65535, got "http"',
      'LATCHKEY_LISTEN_PROT: no such setting; did you mean "LATCHKEY_LISTEN_PORT"?',
      'LATCHKEY_TLS_CERT_FILE: tls: "keyFile" is missing',
      'LATCHKEY_USERS: no such setting',
      'latchkey.yaml:1:15: log.level: expected one of debug, info, warn, error, silent, got "loud"',
    ],
  );
});

test('what Kubernetes and Docker say of a service named latchkey is no setting', async () => {
  const links = {
    LATCHKEY_SERVICE_HOST: '10.0.0.1',
    LATCHKEY_SERVICE_PORT: '8484',
    LATCHKEY_SERVICE_PORT_HTTP: '8484',
    LATCHKEY_PORT: 'tcp://10.0.0.1:8484',
    LATCHKEY_PORT_8484_TCP: 'tcp://10.0.0.1:8484',
    LATCHKEY_PORT_8484_TCP_PROTO: 'tcp',
    LATCHKEY_PORT_8484_TCP_ADDR: '10.0.0.1',
  };
  assert.deepEqual(await problemsIn('', links), []);
});

test('whatever the file holds, only a ConfigError is thrown', async () => {
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

test('a valid file with any part exchanged is read, or refused with a place', async () => {
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
