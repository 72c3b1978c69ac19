import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';

const checker = path.join(import.meta.dirname, '../scripts/check-imports.ts');

/** Names of the packages, by folder. The last one is unknown to the check. */
const packages = {
  wire: '@latchkey/wire',
  smithy: '@latchkey/smithy',
  client: '@latchkey/client',
  codegen: '@latchkey/codegen',
  server: 'latchkey',
  extra: 'extra',
};

/** How `a.ts` can import `b.ts`, which imports the type `A` of `a.ts`. */
const forms = {
  'a type-only import': `import type { B } from './b.ts'; export type A = B;`,
  'an import of a type by name': `import { type B } from './b.ts'; export type A = B;`,
  'an import of a value': `import { b } from './b.ts'; export type A = typeof b;`,
  'an import over several lines': `import {\n  b,\n} from './b.ts';\nexport type A = typeof b;`,
  'an import in double quotes': `import type { B } from "./b.ts"; export type A = B;`,
  'an import for its effects': `import './b.ts'; export type A = 1;`,
  'an import of a namespace': `import * as b from './b.ts'; export type A = typeof b;`,
  'a re-export': `export { b } from './b.ts'; export type A = 1;`,
  'a re-export of a type': `export type { B } from './b.ts'; export type A = 1;`,
  'a re-export of everything': `export * from './b.ts'; export type A = 1;`,
  'a re-export of all types': `export type * from './b.ts'; export type A = 1;`,
  'an import expression': `export const a = () => import('./b.ts'); export type A = 1;`,
  'a type in an import expression': `export type A = import('./b.ts').B;`,
  'the type of an import expression': `export type A = typeof import('./b.ts');`,
  'a reference comment': `/// <reference path="./b.ts" />\nexport type A = 1;`,
  'the name of its own package': `import type { B } from '@latchkey/wire/the-name-of-its-own-package/b';\nexport type A = B;`,
};

/** Imports that are refused, by the file that has them: what it imports, and what is said about it. */
const refused: Readonly<Record<string, readonly [imported: string, said: string]>> = {
  'packages/wire/src/up.ts': ['@latchkey/client/mod', 'wire may import no other package'],
  'packages/wire/src/up.test.ts': ['@latchkey/client/mod', 'wire may import no other package'],
  'packages/wire/src/beside.ts': ['@latchkey/smithy/mod', 'wire may import no other package'],
  'packages/smithy/src/up.ts': ['@latchkey/codegen/mod', 'smithy may import no other package'],
  'packages/client/src/up.ts': ['@latchkey/codegen/mod', 'client may import wire'],
  'packages/client/src/relative-up.ts': ['../../codegen/src/mod.ts', 'client may import wire'],
  'packages/codegen/src/up.ts': ['latchkey/mod', 'codegen may import client, wire, smithy'],
  'packages/codegen/src/deep/relative.test.ts': [
    '../../../wire/src/mod.ts',
    'import wire by its package name',
  ],
  'packages/server/src/out.ts': ['../../../test/shared.ts', 'test/shared.ts is in none'],
  'packages/extra/src/mod.ts': ['@latchkey/wire/mod', 'has no floor for extra'],
  'packages/wire/src/published.ts': ['./testing/helper.ts', 'testing/helper.ts is for tests only'],
  'packages/server/src/deep/published.ts': ['../fixtures/helper.ts', 'fixtures/helper.ts is for tests only'],
  'packages/server/src/deep/also-published.ts': ['./conformance.ts', 'conformance.ts is for tests only'],
};

const allowed: Readonly<Record<string, string>> = {
  'packages/wire/src/testing/helper.ts': '../mod.ts',
  'packages/wire/src/published.test.ts': './testing/helper.ts',
  'packages/server/src/fixtures/helper.ts': '../down.ts',
  'packages/server/src/deep/conformance.ts': '../fixtures/helper.ts',
  'packages/client/src/down.ts': '@latchkey/wire/mod',
  'packages/codegen/src/down.test.ts': '@latchkey/client/mod',
  'packages/server/src/down.ts': '@latchkey/codegen/mod',
  'packages/server/src/deep/sideways.ts': '../down.ts',
  'test/of-all.test.ts': '../packages/server/src/down.ts',
};

const withRefused = check(refusedFiles());

for (const form of Object.keys(forms)) {
  test(`the import check refuses a circle made by ${form}`, () => {
    const [a, b] = pairOf(form);
    assert.match(
      withRefused.said,
      new RegExp(`circle of 2: .*\n  ${a}:\\d imports ${b}\n  ${b}:1 imports ${a}\n`),
    );
  });
}

test('the import check shows a longer circle as one chain, and a file that imports itself', () => {
  assert.match(
    withRefused.said,
    /circle of 3: .*\n {2}\S+one.ts:2 imports \S+two.ts\n {2}\S+two.ts:2 imports \S+three.ts\n {2}\S+three.ts:2 imports \S+one.ts\n/,
  );
  assert.match(withRefused.said, /circle of 1: .*\n {2}\S+self.ts:2 imports \S+self.ts\n/);
});

for (const [file, [imported, said]] of Object.entries(refused)) {
  test(`the import check refuses ${imported} in ${file}`, () => {
    const at = withRefused.said.indexOf(`  ${file}:2 imports `);
    assert.notEqual(at, -1, withRefused.said);
    const [, explanation] = withRefused.said.slice(0, at).split('\n').toReversed();
    assert.ok(explanation?.includes(said), explanation);
  });
}

test('the import check fails on what it refuses, and names nothing else', () => {
  assert.equal(withRefused.status, 1);
  const named = withRefused.said.split('\n\n').filter((fault) => fault.trim() !== '');
  assert.equal(named.length, Object.keys(forms).length + 2 + Object.keys(refused).length, withRefused.said);
});

test('the import check passes imports of floors below, within a package, of packages by tests, and of test helpers by tests', () => {
  assert.deepEqual(check(importing(allowed)), { status: 0, said: '' });
});

test('the import check fails where the compiler does, rather than passing what it could not read', () => {
  const { status, said } = check({ ...importing(allowed), 'test/broken.ts': 'export const = 1;' });
  assert.equal(status, 1);
  assert.match(said, /test\/broken\.ts/);
});

function refusedFiles(): Readonly<Record<string, string>> {
  const circles = Object.entries(forms).flatMap(([form, text]) => {
    const [a, b] = pairOf(form);
    return [
      [a, text],
      [b, `import type { A } from './a.ts'; export type B = A[]; export const b = 1;`],
    ];
  });
  return {
    ...Object.fromEntries(circles),
    ...importing({
      'packages/codegen/src/long/one.ts': './two.ts',
      'packages/codegen/src/long/two.ts': './three.ts',
      'packages/codegen/src/long/three.ts': './one.ts',
      'packages/codegen/src/self.ts': './self.ts',
      ...Object.fromEntries(Object.entries(refused).map(([file, [imported]]) => [file, imported])),
      ...allowed,
    }),
  };
}

/** Runs the check in a workspace of these files. */
function check(files: Readonly<Record<string, string>>): {
  readonly status: number | null;
  readonly said: string;
} {
  using folder = temporaryFolder();
  const write = (file: string, text: string) => {
    const target = path.join(folder.path, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  const compilerOptions = { module: 'nodenext', noEmit: true, allowImportingTsExtensions: true, types: [] };
  write('package.json', '{ "type": "module" }');
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions, include: ['packages/*/src/**/*.ts', 'test/**/*.ts'] }),
  );
  for (const [name, packageName] of Object.entries(packages)) {
    write(
      `packages/${name}/package.json`,
      JSON.stringify({ name: packageName, type: 'module', exports: { './*': './src/*.ts' } }),
    );
    write(`packages/${name}/src/mod.ts`, 'export type Mod = 1;');
    const link = path.join(folder.path, 'node_modules', packageName);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(folder.path, 'packages', name), link, 'dir');
  }
  write('test/shared.ts', 'export type Shared = 1;');
  for (const [file, text] of Object.entries(files)) write(file, text);
  const { status, stderr } = spawnSync(process.execPath, [checker, folder.path], { encoding: 'utf8' });
  return { status, said: stderr };
}

function importing(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([file, imported]) => [
      file,
      `// The second line imports.\nimport type * as other from '${imported}';\nexport type Other = typeof other;`,
    ]),
  );
}

function pairOf(form: string): readonly [a: string, b: string] {
  const folder = `packages/wire/src/${form.replaceAll(' ', '-')}`;
  return [`${folder}/a.ts`, `${folder}/b.ts`];
}
