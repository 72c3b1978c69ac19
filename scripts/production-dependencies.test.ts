import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { productionDependencies } from './production-dependencies.ts';

function foldersOf(packages: object, names: readonly string[]): readonly string[] {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'package-lock.json'), JSON.stringify({ packages }));
  return [...productionDependencies(folder.path, names).keys()];
}

test('a library comes with those it depends on, the one beside it first, also where a test asks for it, too', () => {
  const packages = {
    'node_modules/a': { dependencies: { b: '1', shared: '1' } },
    'node_modules/a/node_modules/b': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/shared': { dev: true, dependencies: { a: '1' } },
    'node_modules/of-tests': { dev: true },
  };
  assert.deepEqual(foldersOf(packages, ['a']), [
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/shared',
  ]);
});

test('peers are followed unless they are optional, and what is optional may be missing', () => {
  const peers = {
    peerDependencies: { peer: '1', ide: '1' },
    peerDependenciesMeta: { ide: { optional: true } },
  };
  const packages = {
    'node_modules/a': { ...peers, optionalDependencies: { native: '1', fast: '1' } },
    ...{ 'node_modules/fast': {}, 'node_modules/ide': {}, 'node_modules/peer': {} },
  };
  assert.deepEqual(foldersOf(packages, ['a']), ['node_modules/a', 'node_modules/fast', 'node_modules/peer']);
});

test('a dependency that the lock file lacks is told with who needs it', () => {
  const packages = { 'node_modules/a': { dependencies: { b: '1' } } };
  assert.throws(() => foldersOf(packages, ['a']), /package-lock\.json has no b, which node_modules\/a needs/);
});
