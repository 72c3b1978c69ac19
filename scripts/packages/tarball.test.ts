import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { checkContents, checkImports } from './tarball.ts';

const good = {
  LICENSE: '…',
  'README.md': '# a\n\n[Its licence](LICENSE), [below](#below), [elsewhere](https://example.com)\n',
  'package.json': '{ "name": "a", "dependencies": { "given": "1.0.0" } }',
  'sbom.cdx.json': '{}',
  'src/mod.js': "import { x } from 'given/deep';\nimport 'node:fs';\nimport './other.js';\nexport { x };\n",
  'src/mod.d.ts': "export type { Y } from './other.js';\nexport declare const x: import('given').X;\n",
  'src/other.d.ts': 'export type Y = string;\n',
};

/** Checks a package that has these files, too. */
function check(files: Readonly<Record<string, string>>): void {
  using folder = temporaryFolder();
  const all = { ...good, ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  const tarball = { name: 'a', source: folder.path, file: 'a.tgz', files: Object.keys(all) };
  checkContents(tarball, '/where/it/was/built');
  checkImports(folder.path);
}

test('a package in which everything that it refers to is there may be published', () => check({}));

for (const [what, files, said] of [
  ['a test', { 'src/mod.test.js': '' }, /src\/mod\.test\.js is of no use/],
  ['a helper of tests', { 'src/testing/stub.js': '' }, /src\/testing\/stub\.js is of no use/],
  [
    'the folder that it was built in',
    { 'src/a.js': "'/where/it/was/built/src'" },
    /src\/a\.js names \/where/,
  ],
  [
    'the folder of a person',
    { 'src/a.js': `'${homedir()}/.npmrc'` },
    /src\/a\.js names .*, a folder of this machine/,
  ],
  [
    'a link to what is not in it',
    { 'README.md': '[Guide](docs/guide.md)' },
    /links to docs\/guide\.md, which is not/,
  ],
  [
    'types of a file that is not in it',
    { 'src/b.d.ts': "export * from './c.js';" },
    /src\/b\.d\.ts imports \.\/c\.js/,
  ],
  [
    'types of a package that nobody gets',
    { 'src/b.d.ts': "import type { P } from 'pg';" },
    /src\/b\.d\.ts imports pg/,
  ],
  ['an import that nobody gets', { 'src/b.js': "import 'pg';" }, /src\/b\.js is published, but imports pg/],
  ['the test runner', { 'src/b.js': "export { test } from 'node:test';" }, /imports node:test/],
] as const) {
  test(`a package with ${what} is refused, with the file and the reason`, () => {
    assert.throws(() => check(files), said);
  });
}
