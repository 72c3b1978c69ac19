/** What the packages say of themselves: npm publishes it as it is. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const own = read('package.json');
const folders = globSync('packages/*', { cwd: root }).toSorted();
const manifests = folders.map((folder) => read(`${folder}/package.json`));
const template = read('packages/server/templates/typescript/package.json');

/** Dependencies of a manifest, of every kind. */
const dependenciesOf = ({ dependencies, devDependencies }: Record<string, object>) =>
  Object.entries<string>({ ...dependencies, ...devDependencies });

test('all packages have the version of the repository, and depend on each other in that version', () => {
  const names = new Set(manifests.map(({ name }) => name));
  const found = [own, ...manifests].map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(
    found,
    [own, ...manifests].map(({ name }) => `${name} ${own.version}`),
  );
  const others = [...manifests, template].flatMap((manifest) =>
    dependenciesOf(manifest)
      .filter(([name, version]) => names.has(name) && version !== own.version)
      .map(([name, version]) => `${manifest.name} depends on ${name} ${version}`),
  );
  assert.deepEqual(others, []);
  const userAgent = readFileSync(join(root, 'packages/client/src/call/user-agent.ts'), 'utf8');
  assert.match(userAgent, new RegExp(`^const version = '${own.version}';$`, 'm'));
});

test('all packages have a description, the licence of the repository, and a README that names them', () => {
  for (const [index, { description, license, name, type }] of manifests.entries()) {
    const readme = join(root, folders[index] ?? '', 'README.md');
    assert.ok(existsSync(readme), `${name} has no README.md`);
    assert.match(readFileSync(readme, 'utf8'), new RegExp(`^# ${name}\n`));
    assert.deepEqual([license, type], [own.license, 'module'], name);
    assert.ok(description.length > 20, name);
  }
});

test('dependencies of packages and of the template of `latchkey init` are pinned, the latter as in the repository', () => {
  const loose = [...manifests, template].flatMap((manifest) =>
    dependenciesOf(manifest).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
  );
  assert.deepEqual(loose, []);
  for (const name of ['typescript', '@types/node'])
    assert.equal(template.devDependencies[name], own.devDependencies[name], name);
});
