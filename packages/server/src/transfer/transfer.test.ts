import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConfigError } from '../config/config-error.ts';
import type { CommandDirectory } from '../control/command-directory.ts';
import { aliceId, apply, bobId, newUser, someEntries, uuid } from '../store/testing/directory/fixtures.ts';
import { applyImport } from './apply-import.ts';
import { exportYaml } from './export-yaml.ts';
import { exportPeopleCsv, readPeopleCsv } from './people-csv.ts';
import { planImport } from './plan-import.ts';
import { type ImportedDeclaration, readCsvDeclaration, readYamlDeclaration } from './read-declaration.ts';
import { applySteps, emptyInstance, someDirectory, textOf } from './testing/directories.ts';

const INSTANCE = 'ssoins-7e57000000000001';

const yamlOf = (directory: CommandDirectory) => textOf(exportYaml(directory, { withCredentials: true }));
const csvOf = (directory: CommandDirectory) => textOf(exportPeopleCsv(directory, { withCredentials: true }));

/** All parts of an import in one. */
async function planOf(directory: CommandDirectory, declaration: ImportedDeclaration) {
  const parts = await Array.fromAsync(planImport(directory, declaration));
  return {
    steps: parts.flatMap(({ steps }) => steps),
    changes: parts.flatMap(({ changes }) => changes),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

async function importYaml(directory: CommandDirectory, text: string) {
  const declaration = await readYamlDeclaration(text, 'people.yaml');
  const plan = await planOf(directory, declaration);
  assert.deepEqual(plan.conflicts, []);
  const parts = planImport(directory, declaration);
  assert.deepEqual(await applyImport(directory, parts, { actor: 'test', knownConflicts: [] }), {
    kind: 'done',
  });
  return plan;
}

for (const other of [INSTANCE, 'ssoins-7e57000000000002']) {
  test(`what is exported and imported by ${other === INSTANCE ? 'the same' : 'another'} instance is the same directory, byte by byte`, async () => {
    await fc.assert(
      fc.asyncProperty(someDirectory(INSTANCE), async (steps) => {
        await using first = emptyInstance(INSTANCE);
        await using second = emptyInstance(other);
        await applySteps(first.directory, steps);
        const exported = await yamlOf(first.directory);
        await importYaml(second.directory, exported);
        assert.equal(await yamlOf(second.directory), exported);
        assert.equal(await csvOf(second.directory), await csvOf(first.directory));
        const again = await planOf(second.directory, await readYamlDeclaration(exported, 'people.yaml'));
        assert.deepEqual([again.steps, again.conflicts], [[], []], 'a second import changes nothing');
      }),
      { numRuns: 60, seed: 20_260_101 },
    );
  });
}

test('people who are exported as CSV and imported are the same people, byte by byte', async () => {
  await fc.assert(
    fc.asyncProperty(someDirectory(INSTANCE), async (steps) => {
      await using first = emptyInstance();
      await using second = emptyInstance();
      await applySteps(first.directory, steps);
      await applySteps(
        second.directory,
        steps.filter(({ kind }) => kind === 'addGroup'),
      );
      const exported = await csvOf(first.directory);
      const declaration = readCsvDeclaration(exported, 'people.csv');
      assert.deepEqual((await planOf(second.directory, declaration)).conflicts, []);
      await applyImport(second.directory, planImport(second.directory, declaration), {
        actor: 'test',
        knownConflicts: [],
      });
      assert.equal(await csvOf(second.directory), exported);
    }),
    { numRuns: 60, seed: 20_260_101 },
  );
});

test('an export has ids only where they do not follow from the name, and no hash unless asked for', async () => {
  await using instance = emptyInstance();
  await importYaml(
    instance.directory,
    'users: [{ userName: alice }]\ngroups: [{ name: admins, members: [alice] }]\n',
  );
  const hash =
    '$argon2id$v=19$m=47104,t=1,p=1$5ZYKP5qLOZumrKuPKrN1nw$n+FPVV7b0mxn1oV3LHxJD4+qHQx6G9h/4GaNoPp2pCw';
  await applySteps(instance.directory, [
    { kind: 'addUser', user: newUser('bob', { id: bobId, passwordHash: hash }) },
  ]);
  assert.equal(
    await textOf(exportYaml(instance.directory, { withCredentials: false })),
    `users:
  - userName: alice
  - id: ${bobId}
    userName: bob
groups:
  - name: admins
    members:
      - alice
accounts: []
permissionSets: []
assignments: []
`,
  );
  assert.match(await yamlOf(instance.directory), /passwordHash: \$argon2id/);
});

test('an export has who is blocked as disabled, and does not have who has left', async () => {
  await using instance = emptyInstance();
  await apply(instance.store, 'file', [
    { kind: 'addUser', user: newUser('alice', { id: aliceId }) },
    { kind: 'addUser', user: newUser('bob', { id: bobId }) },
    { kind: 'letGo', entry: { kind: 'user', id: bobId } },
  ]);
  await applySteps(instance.directory, [{ kind: 'blockUser', userId: aliceId }]);
  const exported = await yamlOf(instance.directory);
  assert.match(exported, /userName: alice\n {4}disabled: true/);
  assert.doesNotMatch(exported, /bob/);
  assert.doesNotMatch(await csvOf(instance.directory), /bob/);
});

test('cells of CSV that a spreadsheet would run as a formula begin with an apostrophe, which an import takes away', async () => {
  await using instance = emptyInstance();
  await applySteps(instance.directory, [
    { kind: 'addUser', user: newUser('=cmd', { id: aliceId, displayName: '@SUM(1+1)' }) },
    { kind: 'addUser', user: newUser('-bob', { id: bobId, displayName: "'=1" }) },
  ]);
  const exported = await csvOf(instance.directory);
  for (const cell of exported.split(/[,\n]/)) assert.doesNotMatch(cell, /^"?[=+\-@\t\r]/);
  assert.deepEqual(
    readPeopleCsv(exported).map(({ userName, displayName }) => [userName, displayName]),
    [
      ['-bob', "'=1"],
      ['=cmd', '@SUM(1+1)'],
    ],
  );
});

test('an import changes what commands have made, keeps what it does not name, and removes nothing', async () => {
  await using instance = emptyInstance();
  await applySteps(instance.directory, someEntries);
  const plan = await importYaml(
    instance.directory,
    'users:\n  - { userName: alice, displayName: Alice, email: a@example.com }\naccounts:\n  - { id: "123456789012", name: Prod }\n',
  );
  assert.deepEqual(plan.changes, [
    { does: 'change', kind: 'user', name: 'alice', values: ['displayName', 'emails'] },
    { does: 'change', kind: 'account', name: '123456789012', values: ['name'] },
  ]);
  assert.equal((await instance.directory.countEntries()).user, 2);
});

test('an import names every conflict, and what it declares as it is in another source is none', async () => {
  await using instance = emptyInstance();
  await apply(instance.store, 'file', someEntries);
  const text = `
users:
  - { userName: alice, id: ${aliceId} }
  - { userName: bob, displayName: Robert }
  - { userName: carol, id: ${bobId} }
groups:
  - { name: admins, members: [alice, nobody] }
  - { name: new, id: ${uuid(0xad)} }
accounts:
  - { id: "123456789012", name: Production }
assignments:
  - { groups: [admins], accounts: ["123456789012"], permissionSets: [ReadOnly, Missing] }
`;
  const { changes, conflicts, unchanged } = await planOf(
    instance.directory,
    await readYamlDeclaration(text, 'people.yaml'),
  );
  assert.deepEqual(
    conflicts.map(({ kind, name, why }) => [kind, name, why]),
    [
      ['user', 'bob', 'owned'],
      ['user', 'carol', 'idTaken'],
      ['group', 'new', 'idTaken'],
      ['membership', 'nobody in admins', 'missing'],
      ['assignment', 'Missing in 123456789012 to group admins', 'missing'],
    ],
  );
  assert.deepEqual(
    changes.map(({ name }) => name),
    ['alice in admins', 'ReadOnly in 123456789012 to group admins'],
  );
  assert.equal(unchanged, 3);
});

test('somebody whose name was removed before is imported with another id', async () => {
  await using instance = emptyInstance();
  const text = 'users: [{ userName: alice }]\ngroups: [{ name: admins, members: [alice] }]\n';
  await importYaml(instance.directory, text);
  const [before] = await instance.directory.findEntries('user', { names: ['alice'] });
  await applySteps(instance.directory, [{ kind: 'removeUser', id: before!.id }]);
  await importYaml(instance.directory, text);
  const [after] = await instance.directory.findEntries('user', { names: ['alice'] });
  assert.notEqual(after?.id, before?.id);
  assert.equal((await instance.directory.countEntries()).membership, 1);
});

test('an import stops at the first step that is refused, and says how far it came', async () => {
  await using instance = emptyInstance();
  const text = 'users: [{ userName: alice }, { userName: bob }, { userName: carol }]\n';
  const plan = await planOf(instance.directory, await readYamlDeclaration(text, 'people.yaml'));
  // Somebody adds bob between the comparison and the import.
  await applySteps(instance.directory, [{ kind: 'addUser', user: newUser('bob', { id: bobId }) }]);
  const outcome = await applyImport(instance.directory, Readable.from([plan]), {
    actor: 'test',
    knownConflicts: [],
  });
  assert.equal(outcome.kind, 'stopped');
  assert.deepEqual([outcome.kind === 'stopped' && outcome.done], [1]);
  assert.equal(outcome.kind === 'stopped' && outcome.conflict.kind, 'taken');
  await importYaml(instance.directory, text);
  assert.equal((await instance.directory.countEntries()).user, 3);
});

test('an import stops at a conflict that was not there when the file was compared, and passes over those that were', async () => {
  await using instance = emptyInstance();
  const { directory, store } = instance;
  await apply(store, 'file', [{ kind: 'addUser', user: newUser('alice', { displayName: 'A' }) }]);
  const text = 'users: [{ userName: alice }, { userName: bob }, { userName: carol }]\n';
  const declaration = await readYamlDeclaration(text, 'people.yaml');
  const { conflicts } = await planOf(directory, declaration);
  assert.deepEqual(
    conflicts.map(({ name }) => name),
    ['alice'],
  );
  await apply(store, 'file', [{ kind: 'addUser', user: newUser('bob', { displayName: 'B' }) }]);
  const options = { actor: 'test', knownConflicts: conflicts };
  const outcome = await applyImport(directory, planImport(directory, declaration), options);
  assert.ok(outcome.kind === 'conflicting');
  assert.deepEqual([outcome.done, outcome.conflict.name, outcome.conflict.why], [0, 'bob', 'owned']);
});

test('an import is planned in parts of at most 200 steps, however much one group or assignment declares', async () => {
  await using instance = emptyInstance();
  const numbers = Array.from({ length: 300 }, (_, index) => index);
  const ids = numbers.map((number) => `"${String(number).padStart(12, '0')}"`);
  const text = `
users: [${numbers.map((number) => `{ userName: user${number} }`)}]
groups: [{ name: all, members: [${numbers.map((number) => `user${number}`)}] }]
accounts: [${ids.map((id) => `{ id: ${id}, name: Account }`)}]
permissionSets: [{ name: A }, { name: B }]
assignments: [{ groups: [all], accounts: [${ids}], permissionSets: [A, B] }]
`;
  const declaration = await readYamlDeclaration(text, 'people.yaml');
  const sizes = [];
  for await (const { steps, changes } of planImport(instance.directory, declaration)) {
    assert.equal(changes.length, steps.length);
    sizes.push(steps.length);
  }
  assert.equal(
    sizes.reduce((sum, size) => sum + size),
    300 + 1 + 300 + 300 + 2 + 600,
  );
  assert.ok(Math.max(...sizes) <= 200, String(sizes));
});

for (const [what, text, expected] of [
  [
    'a user name that is none',
    'users: [{ userName: "a b" }]',
    /people\.yaml:1:\d+: users\[0\]\.userName: expected/,
  ],
  ['a name twice', 'users: [{ userName: alice }, { userName: ALICE }]', /user "alice" is defined twice/],
  ['an unknown key', 'users: [{ userName: alice, mail: x }]', /unknown key "mail"/],
  [
    'two primary addresses',
    'users: [{ userName: alice, email: a@b, emails: [{ address: c@d, primary: true }] }]',
    /the user has a primary address already, which is email/,
  ],
  ['no mapping', '[]', /expected a mapping/],
] as const) {
  test(`YAML with ${what} is not imported, and the problem has its place`, async () => {
    await assert.rejects(readYamlDeclaration(text, 'people.yaml'), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, expected);
      return true;
    });
  });
}

test('settings that are no part of the directory are not imported, and are named', async () => {
  const { ignored, directory } = await readYamlDeclaration(
    'listen: { port: 1 }\nusers: [{ userName: al }]',
    'x',
  );
  assert.deepEqual(ignored, ['listen']);
  assert.equal(directory.users.length, 1);
});

for (const [what, text, expected] of [
  ['no header', '', /it is empty/],
  ['no user names', 'email\na@b\n', /userName is not among them/],
  ['an unknown column', 'userName,display\nal,x\n', /no column "display"; did you mean displayName\?/],
  ['a column twice', 'userName,user name\nal,al\n', /two columns userName/],
  ['a line that is too long', 'userName,email\nal,a@b,c\n', /line 2: it has more or fewer cells/],
  ['an open quotation mark', 'userName\n"al\n', /line 2: a quotation mark is opened/],
  [
    'something else than yes or no',
    'userName,disabled\nal,perhaps\n',
    /line 2: disabled: expected true or false/,
  ],
  ['a user name that is none', 'userName\na b\n', /people\.csv:2:1: userName: expected 2 to 64/],
  ['somebody twice', 'userName\nal\nAL\n', /people\.csv:3:1: user "AL" is there twice, first in line 2/],
] as const) {
  test(`CSV with ${what} is not imported, and the problem has its line`, () => {
    assert.throws(
      () => readCsvDeclaration(text, 'people.csv'),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, expected);
        return true;
      },
    );
  });
}

for (const [what, text] of [
  ['commas', 'user name,Display-Name,groups,disabled\nal,"A, L",a; b\\;c ,YES\n'],
  ['semicolons', '\ufeffuserName;displayName;groups;disabled\r\nal;A, L;"a; b\\;c";1\r\n'],
  ['tabs', 'userName\tdisplayName\tgroups\tdisabled\nal\tA, L\ta; b\\;c\ttrue\n'],
] as const) {
  test(`CSV whose cells are separated by ${what} is read as spreadsheets write it`, () => {
    const [person] = readPeopleCsv(text);
    assert.deepEqual(person, {
      ...{ userName: 'al', displayName: 'A, L', groups: ['a', 'b;c'], disabled: true, line: 2 },
    });
  });
}

test('text that is no CSV of people is a problem, and never a failure', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 100, unit: fc.constantFrom(...'userName,";\'\\\n\r\t=@ aé🗝') }),
      (text) => {
        try {
          readCsvDeclaration(text, 'people.csv');
        } catch (error) {
          assert.ok(error instanceof ConfigError, String(error));
        }
      },
    ),
    { numRuns: 500, seed: 20_260_101 },
  );
});
