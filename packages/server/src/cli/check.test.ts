import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { lineReader, makeFolder, runLatchkey, spawnLatchkey } from './testing/child-process.ts';

const folder = makeFolder();

test('latchkey check without a file fails, says where it looked, and names what to do', async () => {
  for (const env of [{}, { LATCHKEY_LISTEN_PORT: '80' }]) {
    const { code, stdout, stderr } = await runLatchkey(folder, ['check'], { env });
    assert.deepEqual({ code, stdout }, { code: 3, stdout: '' });
    const places = `${folder}, nor in the data folder ${path.join(folder, '.latchkey')}`;
    assert.ok(
      stderr.startsWith(`latchkey.yaml: there is no such file in ${places}, so nothing was checked: `),
    );
    assert.match(
      stderr,
      /: name the file with --config, or start `latchkey serve`, which writes an example\n/,
    );
    const json = await runLatchkey(folder, ['check', '--json'], { env });
    assert.equal(json.code, 3);
    const { valid, problems } = JSON.parse(json.stdout);
    assert.deepEqual([valid, problems.length, problems[0].source], [false, 1, 'latchkey.yaml']);
  }
});

test('latchkey check checks users in environment variables without a file', async () => {
  const env = { LATCHKEY_USERS: '[{"userName": "alice"}]' };
  const { code, stdout } = await runLatchkey(folder, ['check'], { env });
  assert.equal(code, 0);
  assert.match(stdout, /^There is no configuration file; the environment variables are valid \(users: 1,/);
});

test('latchkey check reports a file as valid', async () => {
  await writeFile(path.join(folder, 'good.yaml'), 'users: [{ userName: alice }]');
  const file = await runLatchkey(folder, ['check', '--config', 'good.yaml']);
  assert.deepEqual(file, {
    code: 0,
    stdout: 'good.yaml is valid (users: 1, groups: 0, accounts: 0, permission sets: 0, assignments: 0)\n',
    stderr: '',
  });
});

test('latchkey check counts the services when directories of models are configured', async () => {
  await mkdir(path.join(folder, 'models'));
  const weather = new URL('../../../codegen/src/testing/weather.json', import.meta.url);
  await copyFile(weather, path.join(folder, 'models/weather.json'));
  await writeFile(path.join(folder, 'models.yaml'), 'models: [models]');
  const { stdout } = await runLatchkey(folder, ['check', '--config', 'models.yaml']);
  assert.match(stdout, /assignments: 0, services: 4\)\n$/);
  const { stdout: json } = await runLatchkey(folder, ['check', '--config', 'models.yaml', '--json']);
  assert.equal(JSON.parse(json).services, 4);
});

test('latchkey check lists every problem with its line, and exits with 3', async () => {
  await writeFile(path.join(folder, 'bad.yaml'), 'usres: []\nlog: { level: loud }\n');
  const { code, stdout, stderr } = await runLatchkey(folder, ['check', '-c', 'bad.yaml']);
  assert.equal(code, 3);
  assert.equal(stdout, '');
  assert.deepEqual(stderr.trimEnd().split('\n'), [
    'bad.yaml:1:1: unknown key "usres"; did you mean "users"?',
    'bad.yaml:2:15: log.level: expected one of debug, info, warn, error, silent, got "loud"',
    'The configuration is not valid: 2 problems',
  ]);
});

test('latchkey check --json prints the same as JSON, with the same exit codes', async () => {
  const good = await runLatchkey(folder, ['check', '--json', '--config', 'good.yaml']);
  assert.equal(good.code, 0);
  assert.deepEqual(JSON.parse(good.stdout), {
    valid: true,
    file: path.join(folder, 'good.yaml'),
    dataDir: path.join(folder, '.latchkey'),
    baseUrl: 'http://localhost:8484',
    users: 1,
    groups: 0,
    accounts: 0,
    permissionSets: 0,
    assignments: 0,
  });
  const bad = await runLatchkey(folder, ['--config', 'bad.yaml', 'check', '--json']);
  assert.equal(bad.code, 3);
  assert.deepEqual(JSON.parse(bad.stdout), {
    valid: false,
    problems: [
      { source: 'bad.yaml', line: 1, column: 1, message: 'unknown key "usres"; did you mean "users"?' },
      {
        source: 'bad.yaml',
        line: 2,
        column: 15,
        message: 'log.level: expected one of debug, info, warn, error, silent, got "loud"',
      },
    ],
  });
});

/** `u0`, `u1`, … */
const people = (count: number) =>
  `users: [${Array.from({ length: count }, (_, index) => `{ userName: u${index} }`).join(', ')}]\n`;

test('latchkey check says that a server would refuse a change, and --confirm lets it take that one', async () => {
  const server = makeFolder();
  const file = path.join(server, 'latchkey.yaml');
  await writeFile(file, people(30));
  const nothing = await runLatchkey(server, ['check', '--confirm']);
  assert.equal(nothing.code, 0);
  assert.match(nothing.stdout, /\nThere is nothing to confirm\.\n$/);
  await startAndStop(server);

  await writeFile(file, people(15));
  const { code, stdout } = await runLatchkey(server, ['check']);
  assert.equal(code, 0);
  const [, line] = /^ {4}(confirmedChange: 15-of-30-people-\w+)$/m.exec(stdout) ?? [];
  assert.equal(
    stdout.split('\n').slice(1).join('\n'),
    `A server refuses it: it ends the access of 15 of 30 people (removed or disabled: 15): u15, u16, u17, u18, u19, u20, u21, u22, u23, u24 and 5 more.
If that is meant, run \`latchkey check --confirm --config ${file} --data-dir ${path.join(server, '.latchkey')}\` on the machine of the server, or add this line to latchkey.yaml:

    ${line}
`,
  );
  const { change } = JSON.parse((await runLatchkey(server, ['check', '--json'])).stdout);
  const { confirmedChange, refused, ended } = change;
  assert.deepEqual([`confirmedChange: ${confirmedChange}`, refused, ended.length], [line, true, 15]);
  assert.match(
    await startAndStop(server),
    /configured by latchkey\.yaml, but with the people of the last run: see the log\)/,
  );

  const confirmed = await runLatchkey(server, ['check', '--confirm']);
  assert.match(
    confirmed.stdout,
    /\nConfirmed: it ends the access of 15 of 30 people .*\nA running server takes it within seconds/,
  );
  assert.match(await startAndStop(server), /configured by latchkey\.yaml\)/);
});

test('latchkey check prints the line that confirms a change as the file, or the environment, takes it', async () => {
  const server = makeFolder();
  const file = path.join(server, 'latchkey.yaml');
  const names = (count: number) => Array.from({ length: count }, (_, index) => ({ userName: `u${index}` }));
  await writeFile(file, JSON.stringify({ users: names(30) }));
  await startAndStop(server);
  await writeFile(file, JSON.stringify({ users: names(15) }));
  const json = await runLatchkey(server, ['check']);
  assert.match(
    json.stdout,
    /or add this to the mapping in latchkey\.yaml:\n\n {4}"confirmedChange": "15-of-30-people-\w+",\n$/,
  );
  await writeFile(file, `confirmedChange: 1-of-2-people-0123456789ab\n${people(15)}`);
  const replaced = await runLatchkey(server, ['check']);
  assert.match(replaced.stdout, /add this line to latchkey\.yaml, in place of 1-of-2-people-0123456789ab:\n/);
  await rm(file);
  const env = { LATCHKEY_USERS: JSON.stringify(names(15)) };
  const variable = await runLatchkey(server, ['check'], { env });
  assert.match(
    variable.stdout,
    /or set this environment variable, and restart:\n\n {4}LATCHKEY_CONFIRMED_CHANGE=15-of-30-people-\w+\n$/,
  );
});

/** Starts a server in the folder and stops it. @returns its first line */
async function startAndStop(cwd: string): Promise<string> {
  const child = spawnLatchkey(cwd, ['serve', '--port', '0']);
  const [line] = await lineReader(child.stdout)(/.*/);
  child.kill('SIGINT');
  await once(child, 'close');
  return line;
}
