import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, test } from 'node:test';
import { loadConfig } from '../../config/load-config.ts';
import { applyDeclaration } from '../../directory/file/apply-declaration.ts';
import { PasswordChecker } from '../../people/password.ts';
import { DATABASE_FILE } from '../../store/sqlite/database-file.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { makeFolder, runLatchkey } from '../testing/child-process.ts';

const folder = makeFolder();
const file = path.join(folder, 'latchkey.yaml');
const main = path.join(import.meta.dirname, '../main.js');

beforeEach(() =>
  writeFile(
    file,
    `# our people
users:
  - userName: alice # the first
    email: alice@example.com
  - { userName: bob, disabled: true }
groups:
  - name: developers
    members: [alice]
`,
  ),
);

async function findUser(userName: string) {
  const { directory } = await loadConfig({ env: {}, cwd: folder });
  return directory.users.find((user) => user.userName === userName);
}

async function assertPassword(userName: string, password: string): Promise<void> {
  const hash = (await findUser(userName))?.passwordHash;
  assert.equal(await new PasswordChecker({ concurrency: 1 }).verify(hash, password, []), 'match');
}

test('user add writes the user, its groups and the hash of the password from standard input', async () => {
  const args = [
    'user',
    'add',
    'carol',
    '--display-name',
    'Carol',
    '--email',
    'c@example.com',
    '--group',
    'developers',
  ];
  const { code, stdout } = await runLatchkey(folder, args, { input: 'correct horse battery\n' });
  assert.deepEqual({ code, stdout }, { code: 0, stdout: 'Added carol to latchkey.yaml\n' });
  const { passwordHash, ...user } = (await findUser('carol')) ?? {};
  assert.deepEqual(user, { userName: 'carol', displayName: 'Carol', email: 'c@example.com' });
  await assertPassword('carol', 'correct horse battery');
  const text = await readFile(file, 'utf8');
  assert.match(text, /^# our people\nusers:\n {2}- userName: alice # the first\n/);
  assert.match(text, /members: \[alice, carol\]/);
  assert.doesNotMatch(text, /correct horse battery/);
});

test('user add --generate prints a generated password, which is not stored', async () => {
  const { stdout } = await runLatchkey(folder, ['user', 'add', 'carol', '--generate']);
  const [, password = ''] = /^Password: (\S+)$/m.exec(stdout) ?? [];
  await assertPassword('carol', password);
  const json = await runLatchkey(folder, ['user', 'add', 'dave', '--generate', '--json']);
  const answer = JSON.parse(json.stdout);
  assert.deepEqual({ ...answer, password: '' }, { userName: 'dave', file: 'latchkey.yaml', password: '' });
  await assertPassword('dave', answer.password);
});

test('user passwd sets the password of a user that is written in any YAML style', async () => {
  for (const userName of ['alice', 'bob']) {
    const { code, stdout } = await runLatchkey(folder, ['user', 'passwd', userName], {
      input: 'another horse battery',
    });
    assert.deepEqual(
      { code, stdout },
      { code: 0, stdout: `Changed the password of ${userName} in latchkey.yaml\n` },
    );
    await assertPassword(userName, 'another horse battery');
  }
  const { stdout } = await runLatchkey(folder, ['user', 'passwd', 'alice', '--generate']);
  await assertPassword('alice', /^Password: (\S+)$/m.exec(stdout)?.[1] ?? '');
});

test('user disable and user enable change whether the user is disabled', async () => {
  assert.equal(
    (await runLatchkey(folder, ['user', 'disable', 'alice'])).stdout,
    'Disabled alice in latchkey.yaml\n',
  );
  assert.equal((await findUser('alice'))?.disabled, true);
  assert.equal(
    (await runLatchkey(folder, ['user', 'enable', 'bob'])).stdout,
    'Enabled bob in latchkey.yaml\n',
  );
  assert.equal((await findUser('bob'))?.disabled, false);
});

type Listed = Readonly<Record<string, unknown>>;

test('user list prints the users without their password hashes', async () => {
  await runLatchkey(folder, ['user', 'passwd', 'alice', '--generate']);
  const { stdout } = await runLatchkey(folder, ['user', 'list']);
  assert.equal(
    stdout,
    `USER   NAME   EMAIL              GROUPS      STATE     SOURCE
alice  alice  alice@example.com  developers  enabled   file
bob    bob                                   disabled  file
`,
  );
  const json = await runLatchkey(folder, ['user', 'list', '--json']);
  assert.doesNotMatch(json.stdout, /argon2id/);
  assert.deepEqual(
    JSON.parse(json.stdout).map(({ userName, email, groups, state, source, passwordSetBy }: Listed) => [
      ...[userName, email, groups, state, source, passwordSetBy],
    ]),
    [
      ['alice', 'alice@example.com', ['developers'], 'enabled', 'file', 'file'],
      ['bob', undefined, [], 'disabled', 'file', undefined],
    ],
  );
});

test('user hash prints a hash that the configuration accepts', async () => {
  const { stdout } = await runLatchkey(folder, ['user', 'hash'], { input: 'out of a long pipe\r\n' });
  await writeFile(file, `users: [{ userName: alice, passwordHash: "${stdout.trim()}" }]`);
  await assertPassword('alice', 'out of a long pipe');
});

for (const command of [['hash'], ['add', 'carol'], ['passwd', 'alice']]) {
  test(`user ${command.join(' ')} takes one line of text as the password, and refuses anything else`, async () => {
    const before = await readFile(file, 'utf8');
    const refusals: [string | Uint8Array, RegExp][] = [
      ['correct horse battery\nbattery staple\n', /several lines: give the password alone/],
      ['correct horse battery\n\n', /several lines/],
      ['\ncorrect horse battery', /several lines/],
      ['correct horse battery\rbattery', /several lines/],
      ['correct\thorse', /control characters, and this one has U\+0009/],
      ['correct\0horse', /has U\+0000/],
      ['correct horse battery\u001b[A', /has U\+001B/],
      ['correct\u007fhorse', /has U\+007F/],
      ['correct\u0085horse', /has U\+0085/],
      ['correct\u2028horse', /has U\+2028/],
      [Buffer.from('correct h\xf6rse battery', 'latin1'), /not UTF-8 text/],
    ];
    for (const [input, expected] of refusals) {
      const { code, stdout, stderr } = await runLatchkey(folder, ['user', ...command], { input });
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' }, JSON.stringify(input));
      assert.match(stderr, expected);
      assert.match(stderr, /; nothing was changed\n$/);
      assert.doesNotMatch(stderr, /horse/);
    }
    assert.equal(await readFile(file, 'utf8'), before);
  });
}

test('a byte order mark, which PowerShell puts first, is no part of the password', async () => {
  const { stdout } = await runLatchkey(folder, ['user', 'hash'], {
    input: '\ufeffcorrect horse battery\r\n',
  });
  await writeFile(file, `users: [{ userName: alice, passwordHash: "${stdout.trim()}" }]`);
  await assertPassword('alice', 'correct horse battery');
});

for (const [option, value] of [
  ['--display-name', 'two\nlines'],
  ['--email', 'nobody'],
] as const) {
  test(`user add names ${option} when what it gives is wrong`, async () => {
    const { code, stderr } = await runLatchkey(folder, ['user', 'add', 'carol', option, value], {
      input: 'x',
    });
    assert.equal(code, 2);
    assert.ok(stderr.startsWith(`${option}: expected `), stderr);
  });
}

test('a user command that fails changes nothing and exits with 1', async () => {
  const before = await readFile(file, 'utf8');
  const refusals: [string[], string, RegExp][] = [
    [['add', 'ALICE'], 'x', /There is a user "ALICE" already/],
    [
      ['add', 'carol', '--group', 'developer'],
      'one long enough',
      /There is no group "developer"; did you mean "developers"\?/,
    ],
    [['passwd', 'alcie'], 'one long enough', /There is no user "alcie"; did you mean "alice"\?/],
    [['disable', 'nobody'], '', /There is no user "nobody"; known are alice, bob/],
    [['add', 'carol'], 'fourteen chars', /at least 15 characters/],
    [['add', 'carol'], 'x'.repeat(2000), /at most 1024 bytes/],
    [['hash'], '\n', /at least 15 characters/],
  ];
  for (const [args, input, expected] of refusals) {
    const { code, stderr } = await runLatchkey(folder, ['user', ...args], { input });
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr, expected);
  }
  const invalid = await runLatchkey(folder, ['user', 'add', 'with space'], { input: 'x' });
  assert.equal(invalid.code, 2);
  assert.match(invalid.stderr, /^<user>: expected 2 to 64 letters, digits or any of .*, got "with space"\n$/);
  assert.equal(await readFile(file, 'utf8'), before);
});

test('somebody whom the file declares is blocked beside it, and changed in it alone', async () => {
  const blocked = await runLatchkey(folder, ['user', 'block', 'alice']);
  assert.deepEqual(blocked, { code: 0, stdout: 'Blocked alice\n', stderr: '' });
  assert.match((await runLatchkey(folder, ['user', 'list'])).stdout, /^alice .* blocked +file$/m);
  const { code, stderr } = await runLatchkey(folder, ['user', 'rename', 'alice', 'alicia']);
  assert.equal(code, 1);
  assert.match(stderr, /^User "alice" is declared in latchkey\.yaml:3: only there can it be changed\n$/);
  const why = await runLatchkey(folder, ['why', 'alice', '111122223333', 'Reader']);
  assert.match(why.stdout, /^There is no account "111122223333"; there is none yet/);
  const taken = await runLatchkey(folder, ['user', 'add', 'Alice', '--store'], {
    input: 'correct horse battery',
  });
  assert.match(taken.stderr, /^There is a user "Alice" already, from the configuration file\n$/);
  rmSync(path.join(folder, '.latchkey'), { recursive: true });
});

test('a person whom a command has added is not declared in the file a second time', async () => {
  await runLatchkey(folder, ['user', 'add', 'carol', '--store'], { input: 'correct horse battery' });
  const before = await readFile(file, 'utf8');
  const { code, stderr } = await runLatchkey(folder, ['user', 'add', 'Carol'], {
    input: 'correct horse battery',
  });
  assert.equal(code, 1);
  assert.match(stderr, /^There is a user "Carol" already, from a command\n$/);
  assert.equal(await readFile(file, 'utf8'), before);
  const disabled = await runLatchkey(folder, ['user', 'disable', 'carol']);
  assert.equal(disabled.stdout, 'Disabled carol\n');
  rmSync(path.join(folder, '.latchkey'), { recursive: true });
});

test('user add adds to the store where there is no configuration file, and where it is told to', async () => {
  const unstarted = makeFolder();
  const added = await runLatchkey(unstarted, ['user', 'add', 'carol', '--generate', '--json']);
  const { id, password, ...rest } = JSON.parse(added.stdout);
  assert.deepEqual(rest, { userName: 'carol' });
  assert.match(id, /^[\da-f-]{36}$/);
  assert.match(password, /\S{8}/);
  const before = await readFile(file, 'utf8');
  const told = await runLatchkey(folder, ['user', 'add', 'carol', '--store'], {
    input: 'correct horse battery',
  });
  assert.deepEqual(told, { code: 0, stdout: 'Added carol to the store\n', stderr: '' });
  assert.equal(await readFile(file, 'utf8'), before);
  rmSync(path.join(folder, '.latchkey'), { recursive: true });
});

test('a password is asked for twice on a terminal, without echo', async (t) => {
  if (spawnSync('script', ['--version']).error !== undefined) return t.skip('needs `script` of util-linux');

  const same = await onTerminal('rabbit hunter 22\r', 'rabbit hunter 22\r');
  assert.match(same.output, /^Password: \r\nRepeat the password: \r\n\$argon2id\$\S+\r\n$/);
  assert.equal(same.code, 0);

  const different = await onTerminal('rabbit hunter 22\r', 'rabbit hunter 23\r');
  assert.match(different.output, /The two passwords differ; nothing was changed/);
  assert.equal(different.code, 1);

  const tabbed = await onTerminal('rabbit hunter\t22\r', 'rabbit hunter\t22\r');
  assert.match(tabbed.output, /control characters, and this one has U\+0009; nothing was changed/);
  assert.equal(tabbed.code, 1);

  const interrupted = await onTerminal('rabbit hunter 22\u0003');
  assert.doesNotMatch(interrupted.output, /rabbit hunter 22/);
  assert.equal(interrupted.code, 130);
});

/** Runs `latchkey user hash` in a terminal, made by `script`, and types an answer to each question. */
async function onTerminal(...answers: string[]) {
  const command = `'${process.execPath}' '${main}' user hash`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: folder });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (output.endsWith(': ')) child.stdin.write(answers.shift() ?? '');
  });
  const [code] = await once(child, 'close');
  return { code, output };
}

test('user disable warns when a server refuses to end the access of so many people, and says how to confirm it', async () => {
  const users = (disabled: number) =>
    Array.from({ length: 20 }, (_, index) => ({ userName: `u${index}`, disabled: index < disabled }));
  const write = (disabled: number) => writeFile(file, JSON.stringify({ users: users(disabled) }));
  await write(0);
  const dataDir = path.join(folder, '.latchkey');
  mkdirSync(dataDir, { recursive: true });
  const store = openSqliteStore(path.join(dataDir, DATABASE_FILE));
  const { directory } = await loadConfig({ env: {}, cwd: folder });
  await applyDeclaration(store, directory, { instanceId: 'ssoins-7e57000000000001', now: () => 0 });
  await store.close();
  await write(9);
  assert.equal((await runLatchkey(folder, ['user', 'disable', 'u9'])).stderr, '');
  const { code, stdout, stderr } = await runLatchkey(folder, ['user', 'disable', 'u10']);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: 'Disabled u10 in latchkey.yaml\n' });
  assert.match(
    stderr,
    /^Warning: a server does not take this yet, because by now the file ends the access of 11 of 20 people .* Run `latchkey check --confirm .*`, or add this .*: "confirmedChange": "11-of-20-people-\w+",\n$/,
  );
  const list = await runLatchkey(folder, ['user', 'list', '--json']);
  assert.match(
    list.stderr,
    /^Warning: The configuration ends the access of 11 of 20 people.*: the directory stays as it was\. `latchkey check` says how to confirm it$/m,
  );
  const states = JSON.parse(list.stdout).map(({ state }: Listed) => state);
  assert.deepEqual(states, Array(20).fill('no password'), 'as a server would have it');
  rmSync(dataDir, { recursive: true });
});
