import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ConfigError } from './config-error.ts';
import { editUsers, ReadOnlyConfigError, type UserEdit, UserEditError } from './edit-users.ts';

const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'latchkey-edit-')));
after(() => rm(folder, { recursive: true }));

const file = path.join(folder, 'latchkey.yaml');
const sources = { env: {}, cwd: folder };
const carol: UserEdit = { kind: 'add', user: { userName: 'carol', disabled: true }, groups: [] };

async function edited(text: string, edit: UserEdit): Promise<string> {
  await writeFile(file, text);
  await editUsers(file, edit, sources);
  return readFile(file, 'utf8');
}

test('an edit of users keeps the comments, order, quotes and style of the configuration file', async () => {
  const before = `# yaml-language-server: $schema=latchkey.schema.json

listen: { port: 8080 } # behind the proxy

# The people.
users:
  # came first
  - userName: "alice" # really
    email: 'alice@example.com'

# Groups.
groups: []
`;
  const after = before.replace(
    "'alice@example.com'\n",
    "'alice@example.com'\n  - userName: carol\n    disabled: true\n",
  );
  assert.equal(await edited(before, carol), after);
});

test('an edit of users keeps lists without indentation and brackets without spaces', async () => {
  assert.equal(
    await edited('users:\n- userName: alice\ngroups:\n- {name: g, members: [alice]}\n', {
      ...carol,
      groups: ['g'],
    }),
    'users:\n- userName: alice\n- userName: carol\n  disabled: true\ngroups:\n- {name: g, members: [alice, carol]}\n',
  );
});

test('a user can be added to an empty file, to an empty list of users, and to a group without members', async () => {
  const entry = 'users:\n  - userName: carol\n    disabled: true\n';
  assert.equal(await edited('', carol), entry);
  assert.equal(await edited('users: []\n', carol), entry);
  assert.equal(
    await edited('groups:\n  - name: g\n', { ...carol, groups: ['g'] }),
    `groups:\n  - name: g\n    members:\n      - carol\n${entry}`,
  );
});

test('a user name that YAML would read as another type is written in quotes', async () => {
  const text = await edited('', {
    kind: 'add',
    user: { userName: '0123', displayName: 'yes: no' },
    groups: [],
  });
  assert.equal(text, 'users:\n  - userName: "0123"\n    displayName: "yes: no"\n');
});

test('an edit finds the user whatever the case of the name, and changes no other', async () => {
  assert.equal(
    await edited('users:\n  - userName: alice # a\n  - userName: bob # b\n', {
      kind: 'set',
      userName: 'BOB',
      values: { disabled: true },
    }),
    'users:\n  - userName: alice # a\n  - userName: bob # b\n    disabled: true\n',
  );
});

test('an edit keeps mode and owner of the file, leaves no file beside it, and keeps a symbolic link', async () => {
  const target = path.join(folder, 'team.yaml');
  const link = path.join(folder, 'link.yaml');
  await writeFile(target, 'users: []\n', { mode: 0o640 });
  await chmod(target, 0o640);
  await symlink('team.yaml', link);
  const before = await stat(target);
  await editUsers(link, carol, sources);
  const { mode, uid, gid } = await stat(target);
  assert.deepEqual({ mode, uid, gid }, { mode: before.mode, uid: before.uid, gid: before.gid });
  assert.match(await readFile(target, 'utf8'), /carol/);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test('an edit that would make the configuration invalid is refused before anything is written', async () => {
  const invalid: UserEdit = { kind: 'add', user: { userName: 'carol', email: 'nowhere' }, groups: [] };
  await assert.rejects(edited('users: []\n', invalid), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /^latchkey\.yaml:3:12: users\[0\]\.email: expected an email address/);
    return true;
  });
  assert.equal(await readFile(file, 'utf8'), 'users: []\n');
});

test('an edit of a list that is written as an alias is refused', async () => {
  const text = 'groups:\n  - { name: a, members: &m [] }\n  - { name: b, members: *m }\n';
  await assert.rejects(edited(text, { ...carol, groups: ['b'] }), {
    name: 'UserEditError',
    message: '"members" is written as an alias (*name): edit the list it stands for by hand',
  });
  await assert.rejects(edited('users: []\n', { ...carol, groups: ['x'] }), UserEditError);
});

test('an edit of a file that cannot be written fails with the entries to put there', async (t) => {
  const text = 'users:\n  - userName: alice # first\n  - userName: bob\n';
  await writeFile(file, text);
  await chmod(file, 0o444);
  await chmod(folder, 0o755);
  // Root may write everything.
  if (process.getuid?.() === 0) process.seteuid?.(65_534);
  t.after(async () => {
    if (process.getuid?.() === 0) process.seteuid?.(0);
    await chmod(file, 0o644);
  });
  const edit: UserEdit = { kind: 'set', userName: 'alice', values: { disabled: true } };
  await assert.rejects(editUsers(file, edit, sources), (error) => {
    assert.ok(error instanceof ReadOnlyConfigError, String(error));
    assert.equal(error.message, 'latchkey.yaml cannot be written: permission denied');
    assert.equal(error.replacement, 'users:\n  - userName: alice # first\n    disabled: true\n');
    return true;
  });
  assert.equal(await readFile(file, 'utf8'), text);
});
