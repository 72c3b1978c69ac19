import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();
const init = (...args: readonly string[]) => runLatchkey(folder, ['init', ...args]);
const manifestOf = async (project: string) =>
  JSON.parse(await readFile(path.join(folder, project, 'package.json'), 'utf8'));

test('init makes a project with the name of its folder, and with the typed clients that its program imports', async () => {
  const { code, stdout } = await init('my-program');
  assert.equal(code, 0);
  assert.match(stdout, /^Wrote my-program\. Next:\n\n {2}cd my-program\n {2}npm install$/m);
  const files = await readdir(path.join(folder, 'my-program'), { recursive: true });
  assert.deepEqual(files.toSorted(), [
    ...[
      '.gitignore',
      'README.md',
      'package.json',
      'src',
      'src/list-accounts.test.ts',
      'src/list-accounts.ts',
    ],
    ...['src/main.ts', 'src/services', 'src/services/sso.ts', 'src/services/ssooidc.ts', 'tsconfig.json'],
  ]);
  const { dependencies, name } = await manifestOf('my-program');
  const own = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.deepEqual([name, dependencies], ['my-program', { '@latchkey/client': own.version }]);
});

test('init --packages makes a project that installs the packages of a build', async () => {
  for (const built of ['client', 'server']) {
    await mkdir(path.join(folder, 'dist', built), { recursive: true });
    await writeFile(path.join(folder, 'dist', built, 'package.json'), '{}');
  }
  assert.equal((await init('some/where', '--packages', 'dist')).code, 0);
  const { dependencies, devDependencies } = await manifestOf('some/where');
  assert.deepEqual(
    [dependencies['@latchkey/client'], devDependencies.latchkey],
    ['file:../../dist/client', 'file:../../dist/server'],
  );
});

for (const [what, args, code, said] of [
  ['no folder', [], 2, /missing required argument 'folder'/],
  ['a name that npm refuses', ['My Program'], 2, /^"My Program" is not a name for a project: found other/],
  ['a folder with files in it', ['filled'], 1, /^Cannot make filled: it has files in it; give a folder/],
  ['a folder that is a file', ['filled/file'], 1, /^Cannot make filled\/file: .*(?:file|folder|directory)/],
  ['packages that are not there', ['other', '--packages', 'nope'], 1, /^--packages: nope.*npm run build/],
] as const) {
  test(`init with ${what} fails with a message that says what to do, and writes nothing`, async () => {
    await mkdir(path.join(folder, 'filled'), { recursive: true });
    await writeFile(path.join(folder, 'filled/file'), 'mine');
    const finished = await init(...args);
    assert.equal(finished.code, code);
    assert.match(finished.stderr, said);
    assert.equal(await readFile(path.join(folder, 'filled/file'), 'utf8'), 'mine');
    assert.equal((await readdir(folder)).includes('other'), false);
  });
}
