import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeSecret } from '../../keys/secret-hash.ts';
import { lineReader, makeFolder, runLatchkey, spawnLatchkey } from '../testing/child-process.ts';

const folder = makeFolder();
writeFileSync(
  path.join(folder, 'latchkey.yaml'),
  `users: [{ userName: alice }, { userName: bob }]
groups: [{ name: Administrators, members: [alice] }]
accounts: [{ id: "111122223333", name: Production }]
permissionSets: [{ name: Admin }, { name: ReadOnly }]
assignments: [{ groups: [Administrators], accounts: ["111122223333"], permissionSets: [Admin] }]
clients: [{ id: build-farm, secretHash: "${makeSecret().secretHash}" }]
lifetimes: { signInSession: 2h }
policy:
  - factors: secondFactor
    session: 12h
  - name: administrators
    groups: [Administrators]
    factors: passkey
    networks: [10.0.0.0/8]
  - name: production
    permissionSets: [Admin, PowerUser]
    recentSignIn: 15m
  - { clients: [build-farm], session: 30d }
deviceSignIn: { groups: [Adminstrators] }
`,
);

async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
  return stdout;
}

async function fails(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args);
  assert.deepEqual([code, stdout], [1, '']);
  return stderr;
}

const MISSPELT = [
  'latchkey.yaml:16:29: policy[2].permissionSets[1]: there is no permission set "PowerUser", so the rule applies to nothing by it',
  'latchkey.yaml:19:26: deviceSignIn.groups[0]: there is no group "Adminstrators", so nobody may sign in a device by it',
];

test('a server warns at its start of groups and permission sets that nobody made, with their lines', async () => {
  const server = spawnLatchkey(folder, ['serve', '--port', '0']);
  try {
    const log = lineReader(server.stderr);
    const first = await log(/there is no group/);
    const second = await log(/there is no permission set/);
    assert.match(JSON.parse(first.input).msg, /^latchkey\.yaml:19:26: deviceSignIn\.groups\[0\]: /);
    assert.match(JSON.parse(second.input).msg, /^latchkey\.yaml:16:29: policy\[2\]\.permissionSets\[1\]: /);
  } finally {
    server.kill('SIGINT');
    await once(server, 'close');
  }
});

test('latchkey check warns of them, and still calls the file valid', async () => {
  const text = await ok('check');
  assert.match(text, /^latchkey\.yaml is valid/);
  for (const each of MISSPELT) assert.ok(text.includes(`Warning: ${each}\n`), each);
  const { valid, warnings } = JSON.parse(await ok('check', '--json'));
  assert.equal(valid, true);
  assert.deepEqual(
    warnings.map(({ line }: { line: number }) => line),
    [19, 16],
  );
});

test('latchkey policy explain says what applies to a person, by which rule, through which group, at which line', async () => {
  const text = await ok('policy', 'explain', 'alice', 'admin', '--account', 'Production');
  const lines = text.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '));
  for (const line of [
    'alice (in Administrators), by latchkey.yaml:',
    ' | signed in with | a passkey | administrators, through Administrators (latchkey.yaml:13:14)',
    ' | from | 10.0.0.0/8 | administrators, through Administrators (latchkey.yaml:14:15)',
    ' | for | 2h | lifetimes.signInSession (latchkey.yaml:7:29)',
    ' | for | 12h | policy[0], for everybody (latchkey.yaml:10:14)',
    ' | signed in within | 15m | production, for everybody (latchkey.yaml:17:19)',
    'alice has Admin in 111122223333 (Production).',
    ' | deviceSignIn.groups: Adminstrators (latchkey.yaml:19:25), which alice does not meet',
    'alice sets up a passkey before going on.',
    ' | policy[3] (latchkey.yaml:18:5): it is for other clients than unknown',
    ...MISSPELT.map((each) => `Warning: ${each}`),
  ]) {
    assert.ok(
      lines.some((each) => each.trim() === line.trim()),
      `${line}\n\n${lines.join('\n')}`,
    );
  }
});

test('latchkey policy explain --json says the same, and of another client what is for that one', async () => {
  const answer = JSON.parse(await ok('policy', 'explain', 'bob', '--client', 'build-farm', '--json'));
  assert.deepEqual(answer.subject.groups, []);
  const [signIn, allow, change] = answer.acts;
  assert.deepEqual(signIn.factors, { value: 'secondFactor', rule: 'policy[0]', at: 'latchkey.yaml:9:14' });
  assert.deepEqual(allow.sessionSeconds, { value: 43_200, rule: 'policy[0]', at: 'latchkey.yaml:10:14' });
  assert.deepEqual(change.recentSignInSeconds, { value: 900, by: 'always' });
  assert.deepEqual(
    answer.rules.map(({ applies, because }: { applies: boolean; because?: string }) => because ?? applies),
    [true, 'group', 'permissionSet', true],
  );
  assert.equal(answer.warnings.length, 2);
});

test('latchkey policy explain says what it does not know', async () => {
  assert.match(
    await fails('policy', 'explain', 'alise'),
    /^There is no user "alise"; did you mean "alice"\?/,
  );
  assert.match(await fails('policy', 'explain', 'alice', 'Admn'), /^There is no permission set "Admn"; did/);
  assert.match(
    await fails('policy', 'explain', 'alice', '--client', 'x'),
    /^There is no client "x" under clients of the configuration; known are build-farm, unknown/,
  );
  assert.match(
    await fails('policy', 'explain', 'alice', '--account', 'Production'),
    /^--account needs a role/,
  );
});
