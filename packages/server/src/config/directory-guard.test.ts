import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { DirectoryGuard, type Verdict } from './directory-guard.ts';
import { judgeDirectory } from './judge-directory.ts';
import { loadConfig } from './load-config.ts';
import { LoadedDirectory } from './loaded-directory.ts';

const INSTANCE_ID = 'ssoins-7e57000000000001';

/** The data folder of a server, its store, and the file that it reads. */
function dataFolder(t: TestContext) {
  const folder = temporaryFolder();
  t.after(() => folder[Symbol.dispose]());
  const store = openSqliteStore(':memory:');
  const file = path.join(folder.path, 'latchkey.yaml');
  const warned: string[] = [];
  const open = () => DirectoryGuard.open(folder.path, (message) => warned.push(message));
  const load = async (text: string) => {
    writeFileSync(file, text);
    return new LoadedDirectory(await loadConfig({ env: {}, cwd: folder.path, dataDir: folder.path }));
  };
  const judge = async (text: string, guard = open()) => {
    const directory = await load(text);
    return { directory, ...(await judgeDirectory(directory, { store, instanceId: INSTANCE_ID, guard })) };
  };
  /** Reads a file as a server does that has just started: applies it unless it is refused. */
  const read = async (
    text: string,
    { crashAfter }: { readonly crashAfter?: number } = {},
  ): Promise<Verdict> => {
    const guard = open();
    const { directory, verdict } = await judge(text, guard);
    if (verdict.kind !== 'taken') return verdict;
    guard.take(directory.facts, verdict.confirmed);
    const crash = new AbortController();
    const applied = directory.reconcile({
      ...{ store, now: () => 0 },
      ...{ signal: crash.signal, maxSteps: 1 },
      onProgress: (changes) => changes === crashAfter && crash.abort(new Error('the process ended')),
    });
    if (crashAfter === undefined) {
      await applied;
      guard.finish();
    } else {
      await assert.rejects(applied, /the process ended/);
    }
    return verdict;
  };
  const countEnabled = async () => {
    const users = await store.listEntries('user', { limit: 1_000 });
    return users.filter(({ status }) => status === 'enabled').length;
  };
  return { path: folder.path, store, warned, open, judge, read, countEnabled };
}

/** Users `u0`, `u1`, …, of whom the first ones are disabled. */
function people(count: number, { disabled = 0, confirm = '' } = {}): string {
  const users = Array.from(
    { length: count },
    (_, index) => `  - { userName: u${index}${index < disabled ? ', disabled: true' : ''} }\n`,
  );
  return `${confirm === '' ? '' : `confirmedChange: ${confirm}\n`}users:\n${users.join('')}`;
}

function refusedName(verdict: Verdict): string {
  assert.equal(verdict.kind, 'refused');
  return verdict.kind === 'refused' ? verdict.change.name : '';
}

for (const [ended, all, kind] of [
  [10, 10, 'taken'],
  [11, 11, 'refused'],
  [10, 99, 'taken'],
  [11, 109, 'refused'],
  [11, 110, 'taken'],
  [12, 119, 'refused'],
  [12, 120, 'taken'],
  [150, 150, 'refused'],
] as const) {
  test(`a change that ends the access of ${ended} of ${all} people is ${kind}`, async (t) => {
    const { read } = dataFolder(t);
    await read(people(all));
    assert.equal((await read(people(all, { disabled: ended }))).kind, kind);
  });
}

test('people who were disabled before count neither as people nor as ended', async (t) => {
  const { read } = dataFolder(t);
  await read(people(150, { disabled: 100 }));
  assert.equal((await read(people(150, { disabled: 110 }))).kind, 'taken');
  assert.equal((await read(people(150, { disabled: 121 }))).kind, 'refused');
});

test('the first configuration of a data folder is taken, whatever it is', async (t) => {
  const { read } = dataFolder(t);
  assert.deepEqual(await read(people(20, { disabled: 20 })), { kind: 'taken' });
});

test('a refused change leaves the directory as it was, also after a restart', async (t) => {
  const { read, countEnabled } = dataFolder(t);
  await read(people(20));
  for (let restart = 0; restart < 2; restart += 1) {
    assert.equal((await read(people(20, { disabled: 15 }))).kind, 'refused');
    assert.equal(await countEnabled(), 20);
  }
});

test('a refused change is taken once the file names it, with other changes that end nobody’s access', async (t) => {
  const { read, countEnabled } = dataFolder(t);
  await read(people(20));
  const confirm = refusedName(await read(people(20, { disabled: 15 })));
  assert.match(confirm, /^15-of-20-people-[0-9a-f]{12}$/);
  const verdict = await read(`${people(20, { disabled: 15, confirm })}  - { userName: new }\n`);
  assert.ok(verdict.kind === 'taken' && verdict.confirmed?.name === confirm);
  assert.equal(await countEnabled(), 6);
});

test('a line that names a change confirms no other one', async (t) => {
  const { read } = dataFolder(t);
  await read(people(40));
  const confirm = refusedName(await read(people(40, { disabled: 15 })));
  const others = [
    people(40, { disabled: 14, confirm }),
    people(40, { disabled: 16, confirm }),
    people(25, { confirm }),
    `confirmedChange: ${confirm}\nusers: []\n`,
  ];
  for (const other of others) assert.equal((await read(other)).kind, 'refused', other);
});

test('the names of changes differ by who loses access, and what they lose', async (t) => {
  const names = new Set<string>();
  const groups = 'groups: [{ name: all, members: [u0, u1, u2, u3, u4, u5, u6, u7, u8, u9, u10] }]\n';
  const accounts = 'accounts: [{ id: "111122223333", name: A }]\npermissionSets: [{ name: R }]\n';
  const assignments = 'assignments: [{ groups: [all], accounts: ["111122223333"], permissionSets: [R] }]\n';
  const before = `${people(12)}${groups}${accounts}${assignments}`;
  for (const after of [
    before.replace(assignments, ''),
    before
      .replace(/u11 /, 'u12 ')
      .replaceAll(/(u\d) }/g, '$1, disabled: true }')
      .replace('u10 }', 'u10, disabled: true }'),
    people(12, { disabled: 11 }),
  ]) {
    const { read } = dataFolder(t);
    await read(before);
    names.add(refusedName(await read(after)));
  }
  assert.equal(names.size, 3);
});

test('a line that is left in the file does not confirm the same change when it comes again', async (t) => {
  const { read } = dataFolder(t);
  await read(people(20));
  const first = refusedName(await read(people(20, { disabled: 15 })));
  await read(people(20, { disabled: 15, confirm: first }));
  assert.equal((await read(people(20, { confirm: first }))).kind, 'taken', 'all are enabled again');
  const second = refusedName(await read(people(20, { disabled: 15, confirm: first })));
  assert.notEqual(second, first);
  assert.equal((await read(people(20, { disabled: 15, confirm: second }))).kind, 'taken');
});

test('a line confirms nothing that comes after it, also when it is taken out and the old file comes back', async (t) => {
  const { read } = dataFolder(t);
  await read(people(20));
  const confirm = refusedName(await read(people(20, { disabled: 15 })));
  assert.equal(
    (await read(people(20, { confirm }))).kind,
    'taken',
    'the change was taken back, the line was not',
  );
  assert.equal((await read(people(20))).kind, 'taken');
  assert.equal((await read(people(20, { disabled: 15, confirm }))).kind, 'refused');
});

test('a change is confirmed on the machine for a server that runs, or starts later, and that once', async (t) => {
  const { read, judge, open, path: folder } = dataFolder(t);
  await read(people(20));
  const running = open();
  const { verdict } = await judge(people(20, { disabled: 15 }), running);
  assert.ok(verdict.kind === 'refused');
  open().confirmHere(verdict.change);
  assert.ok(running.isConfirmedHere(verdict.change));
  assert.equal(statSync(path.join(folder, 'confirmed-change')).mode & 0o777, 0o644);
  const other = await judge(people(20, { disabled: 16 }));
  assert.equal(other.verdict.kind, 'refused', 'another change');
  assert.equal((await read(people(20, { disabled: 15 }))).kind, 'taken');
  await read(people(20));
  assert.equal((await read(people(20, { disabled: 15 }))).kind, 'refused', 'the same change again');
});

test('small changes one after another are each compared with the directory before them', async (t) => {
  const { read } = dataFolder(t);
  await read(people(100));
  for (const disabled of [10, 20, 30]) {
    assert.equal((await read(people(100, { disabled }))).kind, 'taken');
  }
});

for (const [what, text] of [
  ['empty', ''],
  ['cut off after its first comment', '# yaml-language-server: $schema=latchkey.schema.json\n\n'],
  ['only a document mark', '---\n'],
] as const) {
  test(`a file that is ${what} removes nobody, however few there are`, async (t) => {
    const { read } = dataFolder(t);
    assert.equal((await read(text)).kind, 'taken', 'where nobody is known');
    await read(people(2));
    assert.equal((await read(text)).kind, 'empty');
    assert.equal((await read('users: []\n')).kind, 'taken');
    assert.equal((await read(text)).kind, 'taken', 'where nobody is left');
  });
}

test('a file of a megabyte of comment signs is judged at once', async (t) => {
  const { read } = dataFolder(t);
  await read(people(2));
  assert.equal((await read(`${'#'.repeat(1_000_000)}\nusers: [{ userName: u1 }]\n`)).kind, 'taken');
});

test('a change that a crash interrupted goes on, though what is left of it has another size', async (t) => {
  const { read, countEnabled } = dataFolder(t);
  await read(people(40));
  const confirm = refusedName(await read(people(40, { disabled: 30 })));
  const text = people(40, { disabled: 30, confirm });
  assert.equal((await read(text, { crashAfter: 12 })).kind, 'taken');
  assert.equal(await countEnabled(), 28);
  assert.equal((await read(people(40, { disabled: 40, confirm }))).kind, 'refused', 'another file is judged');
  assert.equal((await read(text)).kind, 'taken');
  assert.equal(await countEnabled(), 10);
});

test('a change that was applied wholly is judged again when it comes again', async (t) => {
  const { read, store } = dataFolder(t);
  await read(people(20));
  const confirm = refusedName(await read(people(20, { disabled: 15 })));
  const text = people(20, { disabled: 15, confirm });
  await read(text);
  const users = await store.listEntries('user', { limit: 100 });
  const steps = users.map(({ id }) => ({ kind: 'changeUser', id, values: { status: 'enabled' } }) as const);
  await store.changeDirectory({ source: 'file', actor: 'file', nowMs: 0, steps });
  assert.equal((await read(text)).kind, 'refused', 'as after an older database was put back');
});

test('people of other sources who lose every role by the file count with all users', async (t) => {
  const { read, store } = dataFolder(t);
  const assigned =
    'accounts: [{ id: "111122223333", name: A }]\npermissionSets: [{ name: R }]\ngroups: [{ name: all }]\n';
  const assignments = 'assignments: [{ groups: [all], accounts: ["111122223333"], permissionSets: [R] }]\n';
  const before = `${people(2)}${assigned}${assignments}`;
  await read(before);
  const all = await store.findEntry('group', { nameKey: 'all' });
  assert.ok(all);
  const provision = async (from: number, to: number, joins: boolean) => {
    for (let index = from; index < to; index += 1) {
      const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
      const userName = `p${index}`;
      const user = {
        id,
        userName,
        displayName: userName,
        emails: [],
        externalIds: [],
        status: 'enabled',
      } as const;
      await store.changeDirectory({
        ...{ source: 'provisioning:okta', actor: 'okta', nowMs: 0 },
        steps: [
          { kind: 'addUser', user },
          ...(joins ? [{ kind: 'addMembership', userId: id, groupId: all.id } as const] : []),
        ],
      });
    }
  };
  await provision(0, 12, true);
  assert.match(refusedName(await read(before.replace(assignments, ''))), /^12-of-14-people-/);
  await provision(12, 120, false);
  assert.equal((await read(before.replace(assignments, ''))).kind, 'taken');
});

test('what is kept of changes can be read by its owner only; damaged, it is a warning, and no obstacle', async (t) => {
  const { read, warned, path: folder } = dataFolder(t);
  await read(people(20));
  const file = path.join(folder, 'taken-changes.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const [index, damaged] of [
    readFileSync(file, 'utf8').slice(0, -20),
    '{"version":2}',
    'null',
    '',
  ].entries()) {
    writeFileSync(file, damaged);
    assert.equal((await read(people(20, { disabled: index + 1 }))).kind, 'taken', damaged);
    assert.match(
      warned.pop() ?? '',
      /taken-changes\.json cannot be read \(.*\): which changes were confirmed/,
    );
  }
});

test('of the names that confirm nothing any more the last 1,000 are remembered', async (t) => {
  const { read, path: folder } = dataFolder(t);
  await read(people(20));
  const file = path.join(folder, 'taken-changes.json');
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  const spentNames = Array.from({ length: 1_000 }, (_, index) => `name ${index}`);
  writeFileSync(file, JSON.stringify({ ...kept, spentNames }));
  const confirm = refusedName(await read(people(20, { disabled: 15 })));
  await read(people(20, { disabled: 15, confirm }));
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')).spentNames, [...spentNames.slice(1), confirm]);
});
