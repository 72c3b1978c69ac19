import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();
const endpoints = 'http://localhost:8484';

before(() =>
  writeFile(
    path.join(folder, 'latchkey.yaml'),
    `
instance: { id: ssoins-0123456789abcdef, region: eu-west-1 }
users: [{ userName: alice }]
accounts: [{ id: "012345678901", name: Data & AI }, { id: "111122223333", name: Production }]
permissionSets: [{ name: Admin }, { name: ReadOnly }, { name: Unused }]
assignments:
  - { users: [alice], accounts: ["012345678901"], permissionSets: [ReadOnly, Admin] }
  - { users: [alice], accounts: ["111122223333"], permissionSets: [ReadOnly] }
`,
  ),
);

test('aws-config prints a session, a profile and the endpoints, ready to be pasted', async () => {
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
    `[sso-session latchkey]
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
`,
  );
});

test('aws-config refuses options that would be ignored', async () => {
  for (const args of [
    ['--all', '--role', 'ReadOnly'],
    ['--env', '--account', '111122223333'],
    ['--env', '--json'],
  ]) {
    const { code, stderr } = await runLatchkey(folder, ['aws-config', ...args]);
    assert.equal(code, 2);
    assert.match(stderr, /cannot be used with/);
  }
});

test('aws-config --all has a profile for every account and role that is assigned', async () => {
  const { stdout } = await runLatchkey(folder, ['aws-config', '--all']);
  assert.deepEqual(stdout.match(/(?<=^\[profile ).*(?=\])/gm), [
    'data-ai-Admin',
    'data-ai-ReadOnly',
    'production-ReadOnly',
  ]);
});

test('aws-config --env prints shell commands that set the endpoints', async () => {
  const { stdout } = await runLatchkey(folder, ['aws-config', '--env']);
  assert.equal(
    stdout,
    ['SSO_OIDC', 'SSO', 'STS'].map((service) => `export AWS_ENDPOINT_URL_${service}=${endpoints}\n`).join(''),
  );
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
    profiles: [{ name: 'latchkey', accountId: '111122223333', roleName: 'ReadOnly' }],
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

test('aws-config says which account or role it does not know, and what to do before the first start', async () => {
  const refusals = {
    '--account 111122223334':
      /Nothing is assigned in an account "111122223334"; did you mean "111122223333"\?/,
    '--role Admn': /No role "Admn" is assigned in account 012345678901; did you mean "Admin"\?/,
    '--role Unused': /No role "Unused" is assigned in account 012345678901; known are Admin, ReadOnly/,
    '--profile a]b': /The name of a profile consists of/,
  };
  for (const [line, expected] of Object.entries(refusals)) {
    const { code, stdout, stderr } = await runLatchkey(folder, ['aws-config', ...line.split(' ')]);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    assert.match(stderr, expected);
  }
  const unstarted = await runLatchkey(makeFolder(), ['aws-config']);
  assert.equal(unstarted.code, 1);
  assert.match(unstarted.stderr, /has no id yet: run `latchkey serve` once/);
});
