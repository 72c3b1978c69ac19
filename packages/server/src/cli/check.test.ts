import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();

test('latchkey check reports the default settings, or a file, as valid', async () => {
  const defaults = await runLatchkey(folder, ['check']);
  assert.equal(defaults.code, 0);
  assert.match(defaults.stdout, /^There is no configuration file; the default settings are valid/);
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
