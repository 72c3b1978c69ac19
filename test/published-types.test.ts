/** The types of what is published, as programs see them in editors. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ApiFactory, ServiceClient } from '@latchkey/client';
import type { FakeApiFactory } from '@latchkey/client/testing';
import { clientEntries } from '../scripts/client-entries.ts';
import { namesOfTypes } from '../scripts/runtime-reference/declaration.ts';
import { type Declaration, SourceFiles } from '../scripts/runtime-reference/source-file.ts';

const root = join(import.meta.dirname, '..');

/** Entry points of a package that have names, e.g. `wire/mod.ts`. */
function entriesOf(name: string): readonly string[] {
  if (name === 'client') return clientEntries(root).map((entry) => `client/${entry}.ts`);
  if (name === 'server') return ['server/testing-kit/mod.ts'];
  const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  return Object.values<string>(exports)
    .filter((file) => !file.includes('*'))
    .map((file) => file.replace('./src/', `${name}/`));
}

/** @param beside - packages that are installed with this one, whose types a program can import, too */
function hiddenTypes(name: string, beside: readonly string[]): readonly string[] {
  const files = new SourceFiles(pathToFileURL(join(root, 'packages/')));
  const exported = (entry: string) =>
    [...files.read(entry).exports.keys()]
      .flatMap((each) => files.resolveExport(entry, each))
      .filter(({ file, start }) => !/@internal\b[^/]*\*\/\s*$/.test(file.text.slice(0, start)));
  const keyOf = ({ file, name: declared }: Declaration) => `${declared} of ${file.path}`;
  const own = entriesOf(name).flatMap(exported);
  const known = new Set([...own, ...beside.flatMap(entriesOf).flatMap(exported)].map(keyOf));
  const hidden = own.flatMap((declaration) =>
    namesOfTypes(declaration.node)
      .flatMap((used) => files.resolveLocal(declaration.file, used))
      .filter((used) => used.file.exports.has(used.name) && !known.has(keyOf(used)))
      .map((used) => `${declaration.name} names ${keyOf(used)}`),
  );
  return [...new Set(hidden)];
}

for (const name of globSync('packages/*', { cwd: root }).map((folder) => folder.replace('packages/', ''))) {
  test(`every type that an export of packages/${name} names can be imported, too`, () => {
    assert.deepEqual(hiddenTypes(name, name === 'codegen' ? ['smithy'] : []), []);
  });
}

test('classes and interfaces that every program meets have no members but those for programs', () => {
  type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
  type OfFactory =
    | 'buildServiceClient'
    | 'close'
    | 'determineCurrentRegion'
    | 'ensureCredentialsAvailable'
    | 'makeNew'
    | typeof Symbol.asyncDispose;
  const same: [
    Same<keyof ApiFactory, OfFactory>,
    Same<keyof FakeApiFactory, OfFactory | 'answer' | 'attempts' | 'inputs'>,
    Same<keyof ServiceClient, 'call' | 'clock' | 'metadata'>,
  ] = [true, true, true];
  assert.ok(same.every(Boolean));
});
