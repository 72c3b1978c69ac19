import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeFolder, runLatchkey } from '../testing/child-process.ts';

const YAML = `users:
  - userName: alice
    displayName: "007"
    email: a@example.com
groups:
  - name: developers
    members:
      - alice
accounts:
  - id: "111122223333"
    name: Development
permissionSets:
  - name: ReadOnly
    sessionDuration: 4h
assignments:
  - groups:
      - developers
    accounts:
      - "111122223333"
    permissionSets:
      - ReadOnly
`;

const here = makeFolder();
writeFileSync(path.join(here, 'people.yaml'), YAML);

test('directory import shows with --dry-run what it would do, then does it, and directory export has it', async () => {
  const dry = await runLatchkey(here, ['directory', 'import', 'people.yaml', '--dry-run']);
  assert.deepEqual([dry.code, dry.stderr], [0, '']);
  assert.match(dry.stdout, /^add {6}user alice\nadd {6}group developers\n/);
  assert.match(dry.stdout, /\nWould add 6 and change 0; 0 conflicts, 0 unchanged\n$/);
  const none = await runLatchkey(here, ['directory', 'export']);
  assert.match(none.stdout, /^users: \[\]\n/);
  const done = await runLatchkey(here, ['directory', 'import', '-'], { input: YAML });
  assert.match(done.stdout, /\nAdding 6 and changing 0; 0 conflicts, 0 unchanged\n$/);
  const exported = await runLatchkey(here, ['directory', 'export', 'export.yaml']);
  assert.deepEqual([exported.code, exported.stdout], [0, 'Wrote export.yaml (4 entries)\n']);
  assert.equal(readFileSync(path.join(here, 'export.yaml'), 'utf8'), YAML);
  assert.equal(statSync(path.join(here, 'export.yaml')).mode & 0o777, 0o600);
  const again = await runLatchkey(here, ['directory', 'export', 'export.yaml']);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /export\.yaml cannot be written: a file of that name is in the way\n$/);
});

test('directory import takes CSV of people, refuses conflicts, and imports the rest when told to', async () => {
  writeFileSync(
    path.join(here, 'people.csv'),
    'userName,email,groups\nbob,b@example.com,developers\ncarol,,nobodies\n',
  );
  const refused = await runLatchkey(here, ['directory', 'import', 'people.csv']);
  assert.equal(refused.code, 1);
  assert.match(
    refused.stdout,
    /\nconflict membership carol in nobodies: there is no group "nobodies"; known are developers\nWould add 3/,
  );
  assert.match(
    refused.stderr,
    /^Nothing was imported: 1 conflict\. Resolve them, or import the rest with --skip-conflicts\n$/,
  );
  const skipped = await runLatchkey(here, [
    'directory',
    'import',
    'people.csv',
    '--skip-conflicts',
    '--json',
  ]);
  assert.equal(skipped.code, 0);
  const { imported, added, conflicts } = JSON.parse(skipped.stdout);
  assert.deepEqual([imported, added.length, conflicts.length], [true, 3, 1]);
  const { stdout } = await runLatchkey(here, ['directory', 'export', '--csv']);
  assert.match(
    stdout,
    /^userName,displayName,email,groups,disabled,id\nalice,007,a@example\.com,developers,,\nbob,/,
  );
});

test('directory import names what is wrong with a file, and where, and exits with 3', async () => {
  writeFileSync(path.join(here, 'bad.yaml'), 'users:\n  - userName: a b\n');
  const { code, stdout, stderr } = await runLatchkey(here, ['directory', 'import', 'bad.yaml']);
  assert.deepEqual({ code, stdout }, { code: 3, stdout: '' });
  assert.match(stderr, /^bad\.yaml:2:15: users\[0\]\.userName: expected 2 to 64/);
  const missing = await runLatchkey(here, ['directory', 'import', 'none.yaml']);
  assert.match(missing.stderr, /^none\.yaml: cannot be read: no such file or folder/);
});
