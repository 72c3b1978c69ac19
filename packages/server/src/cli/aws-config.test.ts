import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { readStrictly } from '../aws-config/testing/strict-ini.ts';
import { lineReader, makeFolder, runLatchkey, spawnLatchkey } from './testing/child-process.ts';

const folder = makeFolder();
const endpoints = 'http://localhost:8484';

before(() =>
  writeFile(
    path.join(folder, 'latchkey.yaml'),
    `
instance: { id: ssoins-0123456789abcdef, region: eu-west-1 }
users: [{ userName: alice }, { userName: bob }, { userName: carol, disabled: true }, { userName: dave }]
accounts: [{ id: "012345678901", name: Data & AI }, { id: "111122223333", name: Production }]
permissionSets: [{ name: Admin }, { name: ReadOnly }, { name: Unused }]
assignments:
  - { users: [alice], accounts: ["012345678901"], permissionSets: [ReadOnly, Admin] }
  - { users: [alice, bob], accounts: ["111122223333"], permissionSets: [ReadOnly] }
`,
  ),
);

/** The names of the profiles in a printed block. */
function profilesIn(text: string): string[] {
  return text.match(/(?<=^\[profile ).*(?=\])/gm) ?? [];
}

test('aws-config prints a session, a profile and the endpoints between two comments, ready to be pasted', async () => {
  const { code, stdout } = await runLatchkey(folder, [
    'aws-config',
    '--profile',
    'dev',
    '--role',
    'ReadOnly',
  ]);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `# BEGIN latchkey ssoins-0123456789abcdef (${endpoints}), replaced by: latchkey aws-config --write
[sso-session latchkey]
sso_start_url = https://identitycenter.amazonaws.com/ssoins-0123456789abcdef
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = latchkey
sso_account_id = 012345678901
sso_role_name = ReadOnly
region = eu-west-1
services = latchkey

[services latchkey]
sso_oidc =
  endpoint_url = ${endpoints}
sso =
  endpoint_url = ${endpoints}
sts =
  endpoint_url = ${endpoints}
# END latchkey ssoins-0123456789abcdef
`,
  );
});

test('aws-config refuses options that would be ignored', async () => {
  for (const line of [
    '--all --role ReadOnly',
    '--all --user alice',
    '--env --account 111122223333',
    '--env --json',
    '--env --user alice',
    '--env=fish --all',
    '--env --write',
    '--env --session-name a',
    '--env --services-name a',
    '--env --profile-suffix a',
    '--env --file a',
    '--json --write',
    '--profile a --profile-suffix b',
  ]) {
    const { code, stdout, stderr } = await runLatchkey(folder, ['aws-config', ...line.split(' ')]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' }, line);
    assert.match(stderr, /cannot be used with/);
  }
  const { code, stderr } = await runLatchkey(folder, ['aws-config', '--file', 'config']);
  assert.equal(code, 2);
  assert.match(stderr, /option '--file <path>' says where to write: it needs --write/);
  assert.deepEqual(await readdir(folder), ['latchkey.yaml']);
});

test('aws-config has a profile for every account and role that is assigned to anyone, or to one person', async () => {
  const all = [
    'data-ai-012345678901.Admin',
    'data-ai-012345678901.ReadOnly',
    'production-111122223333.ReadOnly',
  ];
  for (const args of [[], ['--all'], ['--user', 'alice'], ['--user', 'ALICE']]) {
    const { stdout } = await runLatchkey(folder, ['aws-config', ...args]);
    assert.deepEqual(profilesIn(stdout), all, args.join(' '));
  }
  const { stdout } = await runLatchkey(folder, ['aws-config', '--user', 'bob']);
  assert.deepEqual(profilesIn(stdout), all.slice(2));
});

test('aws-config knows the people and assignments that commands made, without a server and with one', async (t) => {
  const own = makeFolder();
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runLatchkey(own, args);
    assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  await writeFile(
    path.join(own, 'latchkey.yaml'),
    `
instance: { id: ssoins-0123456789abcdef, region: eu-west-1 }
listen: { port: 0 }
baseUrl: http://localhost:8484
users: [{ userName: alice }]
accounts: [{ id: "111122223333", name: Production }]
permissionSets: [{ name: Admin }, { name: ReadOnly }]
assignments: [{ users: [alice], accounts: ["111122223333"], permissionSets: [ReadOnly] }]
`,
  );
  await run('user', 'add', 'carol', '--store', '--generate');
  await run('group', 'add', 'devs');
  await run('group', 'add-member', 'devs', 'carol');
  await run('assign', 'add', '--group', 'devs', '--account', '111122223333', '--permission-set', 'Admin');
  const check = async () => {
    assert.deepEqual(profilesIn(await run('aws-config', '--user', 'carol')), [
      'production-111122223333.Admin',
    ]);
    assert.deepEqual(profilesIn(await run('aws-config', '--user', 'alice')), [
      'production-111122223333.ReadOnly',
    ]);
    assert.deepEqual(profilesIn(await run('aws-config')), [
      'production-111122223333.Admin',
      'production-111122223333.ReadOnly',
    ]);
  };
  await check();
  const server = spawnLatchkey(own, ['serve']);
  t.after(() => server.kill('SIGKILL'));
  await lineReader(server.stdout)(/^Latchkey is ready/);
  await check();
  await run('user', 'block', 'carol');
  const { code, stderr } = await runLatchkey(own, ['aws-config', '--user', 'carol']);
  assert.equal(code, 1);
  assert.match(stderr, /User "carol" is blocked, and cannot sign in: `latchkey user unblock carol`/);
});

test('one profile is that of the first role, or of the one asked for, and has the name that the role has everywhere', async () => {
  for (const [line, name] of Object.entries({
    '--account 012345678901': 'data-ai-012345678901.Admin',
    '--role ReadOnly': 'data-ai-012345678901.ReadOnly',
    '--user bob --role ReadOnly': 'production-111122223333.ReadOnly',
    '--user bob --profile work': 'work',
  })) {
    const { stdout } = await runLatchkey(folder, ['aws-config', ...line.split(' ')]);
    assert.deepEqual(profilesIn(stdout), [name]);
  }
  const { stdout } = await runLatchkey(folder, ['aws-config', '--profile', 'default']);
  assert.match(stdout, /^\[default\]$/m);
});

test('the sections of an instance are called by its host, unless other names are given', async () => {
  const env = { LATCHKEY_BASE_URL: 'https://sso.example.com' };
  const headings = async (...args: string[]) => {
    const { stdout } = await runLatchkey(folder, ['aws-config', '--user', 'bob', ...args], { env });
    return stdout.match(/^\[.*\]$|^s\w+ = (?!https).*$/gm);
  };
  const expected = (session: string, services: string, suffix: string) => [
    `[sso-session ${session}]`,
    'sso_region = eu-west-1',
    'sso_registration_scopes = sso:account:access',
    `[profile production-111122223333.ReadOnly${suffix}]`,
    `sso_session = ${session}`,
    'sso_account_id = 111122223333',
    'sso_role_name = ReadOnly',
    `services = ${services}`,
    `[services ${services}]`,
  ];
  const host = 'sso.example.com';
  assert.deepEqual(await headings(), expected(host, host, `@${host}`));
  assert.deepEqual(await headings('--session-name', 'corp'), expected('corp', 'corp', `@${host}`));
  assert.deepEqual(await headings('--services-name', 'corp'), expected(host, 'corp', `@${host}`));
  assert.deepEqual(
    await headings('--session-name', 'a', '--services-name', 'b', '--profile-suffix', ''),
    expected('a', 'b', ''),
  );
});

test('aws-config --env prints the commands of a shell that set the endpoints', async () => {
  const variables = ['SSO_OIDC', 'SSO', 'STS'].map((service) => `AWS_ENDPOINT_URL_${service}`);
  for (const [option, render] of [
    ['--env', (name: string) => `export ${name}=${endpoints}`],
    ['--env=sh', (name: string) => `export ${name}=${endpoints}`],
    ['--env=powershell', (name: string) => `$env:${name} = '${endpoints}'`],
    ['--env=fish', (name: string) => `set -gx ${name} '${endpoints}'`],
    ['--env=cmd', (name: string) => `set "${name}=${endpoints}"`],
  ] as const) {
    const { stdout } = await runLatchkey(folder, ['aws-config', option]);
    assert.equal(stdout, variables.map((name) => `${render(name)}\n`).join(''));
  }
  const { code, stderr } = await runLatchkey(folder, ['aws-config', '--env=tcsh']);
  assert.equal(code, 2);
  assert.match(stderr, /Allowed choices are sh, powershell, fish, cmd/);
  const env = { LATCHKEY_BASE_URL: 'https://a"b' };
  const cmd = await runLatchkey(folder, ['aws-config', '--env=cmd'], { env });
  assert.deepEqual({ code: cmd.code, stdout: cmd.stdout }, { code: 1, stdout: '' });
  assert.match(cmd.stderr, /^cmd has no way to set AWS_ENDPOINT_URL_SSO_OIDC to https:\/\/a"b: .*\n$/);
});

test('aws-config --json has all of it for scripts', async () => {
  const { stdout } = await runLatchkey(folder, ['aws-config', '--json', '--account', '111122223333']);
  const { config, ...rest } = JSON.parse(stdout);
  assert.match(config, /sso_account_id = 111122223333/);
  assert.deepEqual(rest, {
    instanceId: 'ssoins-0123456789abcdef',
    region: 'eu-west-1',
    baseUrl: endpoints,
    startUrl: 'https://identitycenter.amazonaws.com/ssoins-0123456789abcdef',
    sessionName: 'latchkey',
    servicesName: 'latchkey',
    profiles: [{ name: 'production-111122223333.ReadOnly', accountId: '111122223333', roleName: 'ReadOnly' }],
    environment: {
      AWS_ENDPOINT_URL_SSO_OIDC: endpoints,
      AWS_ENDPOINT_URL_SSO: endpoints,
      AWS_ENDPOINT_URL_STS: endpoints,
    },
  });
});

test('over https the start URL is the own one', async () => {
  const { stdout } = await runLatchkey(folder, ['aws-config'], {
    env: { LATCHKEY_BASE_URL: 'https://sso.example.com' },
  });
  assert.match(stdout, /^sso_start_url = https:\/\/sso\.example\.com\/start$/m);
});

test('aws-config says what it does not know or cannot take, and what to do before the first start', async () => {
  const refusals = {
    '--account 111122223334':
      /Nothing is assigned in an account "111122223334"; did you mean "111122223333"\?/,
    '--role Admn': /No role "Admn" is assigned in account 012345678901; did you mean "Admin"\?/,
    '--role Unused': /No role "Unused" is assigned in account 012345678901; known are Admin, ReadOnly/,
    '--user bob --account 012345678901':
      /Nothing is assigned in an account "012345678901"; known are 111122223333/,
    '--user alcie': /There is no user "alcie"; did you mean "alice"\?/,
    '--user Carol': /User "carol" is disabled, and cannot sign in: `latchkey user enable carol`/,
    '--user dave': /No role is assigned to "dave": write assignments into the configuration/,
    '--profile a]b': /The name of a profile consists of 1 to 128 letters/,
    '--profile=-a': /does not begin with a hyphen/,
    '--session-name a/b': /The name of an sso-session section consists of/,
    [`--services-name ${'a'.repeat(129)}`]: /The name of a services section consists of/,
    '--profile-suffix =': /The suffix of profiles consists of/,
  };
  for (const [line, expected] of Object.entries(refusals)) {
    const { code, stdout, stderr } = await runLatchkey(folder, ['aws-config', ...line.split(' ')]);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    assert.match(stderr, expected);
  }
  const unstarted = await runLatchkey(makeFolder(), ['aws-config']);
  assert.equal(unstarted.code, 1);
  assert.match(unstarted.stderr, /has no id yet: run `latchkey serve` once/);
  const anyPort = await runLatchkey(folder, ['aws-config'], { env: { LATCHKEY_LISTEN_PORT: '0' } });
  assert.equal(anyPort.code, 1);
  assert.match(anyPort.stderr, /address of the instance is not known, as listen\.port is 0/);
  const nobody = await runLatchkey(folder, ['aws-config'], { env: { LATCHKEY_ASSIGNMENTS: '[]' } });
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /No role is assigned to anyone yet: write assignments into the configuration/);
});

/** Runs `latchkey aws-config --write` for a person with this home folder, who has set no AWS variables unless said. */
function write(home: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const person = { HOME: home, USERPROFILE: home, AWS_CONFIG_FILE: '', ...env };
  return runLatchkey(folder, ['aws-config', '--write', ...args], { env: person });
}

test('aws-config --write puts the block into ~/.aws/config, shows it, and the second time has nothing to do', async () => {
  const home = makeFolder();
  const file = path.join(home, '.aws', 'config');
  const first = await write(home);
  const { stdout: printed } = await runLatchkey(folder, ['aws-config']);
  assert.equal(await readFile(file, 'utf8'), printed);
  const shown = printed.split('\n').filter((line) => line !== '');
  assert.deepEqual(first, {
    code: 0,
    stdout: `${shown.map((line) => `+ ${line}\n`).join('')}
Added the block of ssoins-0123456789abcdef in ${file}
Sign in: aws sso login --profile data-ai-012345678901.Admin
`,
    stderr: '',
  });
  const { mtimeMs } = await stat(file);
  assert.deepEqual(await write(home), { code: 0, stdout: `${file} is up to date\n`, stderr: '' });
  assert.equal((await stat(file)).mtimeMs, mtimeMs);
});

test('aws-config --write shows what it adds and takes away, and no commands to the terminal', async () => {
  const home = makeFolder();
  const file = path.join(home, '.aws', 'config');
  await write(home);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('[services', 'color = \u001b[31m\u202e é\n[services'));
  const { stdout } = await write(home, ['--user', 'bob']);
  assert.match(stdout, /^ {2}\[profile production-111122223333\.ReadOnly\]\n- color = \ufffd\[31m\ufffd é\n/);
  assert.match(stdout, /\n- \[profile data-ai-012345678901\.Admin\]\n- sso_session = latchkey\n/);
  assert.match(stdout, /\nChanged the block of ssoins-0123456789abcdef in /);
});

test('the file is that of --file, else of AWS_CONFIG_FILE as the AWS CLI reads it, else ~/.aws/config', async () => {
  const home = makeFolder();
  const elsewhere = makeFolder();
  const places = [
    [
      ['--file', path.join(elsewhere, 'a')],
      { AWS_CONFIG_FILE: path.join(elsewhere, 'x') },
      path.join(elsewhere, 'a'),
    ],
    [['--file=~/b'], {}, path.join(home, 'b')],
    [[], { AWS_CONFIG_FILE: path.join(elsewhere, 'c') }, path.join(elsewhere, 'c')],
    [[], { AWS_CONFIG_FILE: '~/d' }, path.join(home, 'd')],
    [[], { AWS_CONFIG_FILE: '$PLACE/e', PLACE: elsewhere }, path.join(elsewhere, 'e')],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell writes it
    [[], { AWS_CONFIG_FILE: '${PLACE}/f', PLACE: elsewhere }, path.join(elsewhere, 'f')],
    [[], {}, path.join(home, '.aws', 'config')],
  ] as const;
  for (const [args, env, file] of places) {
    const { code, stderr } = await write(home, args, env);
    assert.equal(code, 0, stderr);
    assert.match(await readFile(file, 'utf8'), /^# BEGIN latchkey/);
  }
  assert.deepEqual((await readdir(elsewhere)).sort(), ['a', 'c', 'e', 'f']);
});

test('aws-config --write refuses sections that are there already, and changes nothing', async () => {
  const home = makeFolder();
  const file = path.join(home, '.aws', 'config');
  await mkdir(path.dirname(file));
  await writeFile(file, '[default]\n\n[sso-session latchkey]\nsso_region = eu-west-1\n');
  const before = await readFile(file);
  const refused = await write(home);
  assert.deepEqual(refused, {
    code: 1,
    stdout: '',
    stderr: `${file}, line 3: [sso-session latchkey] is there already, outside the lines that latchkey keeps for this instance; a section that comes twice makes the file unreadable to the AWS CLI. Delete that section by hand, or choose another name with --session-name. Nothing was written\n`,
  });
  assert.deepEqual(await readFile(file), before);
  assert.equal((await write(home, ['--session-name', 'mine'])).code, 0);
});

test('aws-config --write says why the AWS CLI cannot read the file, when that is for another reason', async () => {
  const home = makeFolder();
  const file = path.join(home, 'config');
  await writeFile(file, '[a]\n[a]\n');
  const { code, stderr } = await write(home, ['--file', file]);
  assert.equal(code, 0);
  assert.equal(
    stderr,
    `The AWS CLI cannot read "${file}", line 2: [a] is also in line 1; join both sections in one\n`,
  );
});

test('two instances with the same directory, and the processes that write them at once, have a block each', async () => {
  const home = makeFolder();
  const instances = [1, 2, 3, 4].map((index) => ({
    LATCHKEY_INSTANCE_ID: `ssoins-000000000000000${index}`,
    LATCHKEY_LISTEN_PORT: `848${index}`,
  }));
  const results = await Promise.all(instances.map((env) => write(home, [], env)));
  assert.deepEqual(
    results.map(({ code, stderr }) => ({ code, stderr })),
    instances.map(() => ({ code: 0, stderr: '' })),
  );
  const sections = readStrictly(await readFile(path.join(home, '.aws', 'config'), 'utf8'));
  assert.equal(sections.size, 4 * 5);
  assert.equal(sections.get('services localhost:8482')?.get('sts.endpoint_url'), 'http://localhost:8482');
});
