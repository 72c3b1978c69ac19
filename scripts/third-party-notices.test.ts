import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { readThirdParty, renderNotices } from './third-party-notices.ts';

/** Reads a library that has these files. */
function read(license: string, files: Readonly<Record<string, string>>) {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'a'));
  const manifest = JSON.stringify({ name: 'a', version: '1.2.3', license });
  for (const [name, text] of Object.entries({ 'package.json': manifest, ...files }))
    writeFileSync(join(folder.path, 'a', name), text);
  return readThirdParty(folder.path, 'a');
}

test('the notices list each library with version and licence, and then the text of its licence', () => {
  const library = read('MIT', { 'LICENSE.md': 'Copyright Somebody\n', 'README.md': '# a\n' });
  assert.equal(
    renderNotices([library]).replace(/^.*\n/, ''),
    '\n- a 1.2.3 (MIT)\n\n---\n\na 1.2.3\n\nCopyright Somebody\n',
  );
});

test('the text of a licence may be a section of the README, and notices of Apache 2.0 are passed on', () => {
  const files = { 'README.md': '# a\n\n## License\n\nAs you like\n', NOTICE: 'Made by somebody\n' };
  assert.equal(read('Apache-2.0', files).text, 'As you like\n\nMade by somebody');
});

test('a library without the text of a licence, or with one that nobody has allowed, is not published', () => {
  assert.throws(() => read('MIT', { 'README.md': '# a\n' }), /has no licence to publish it with/);
  for (const license of ['GPL-3.0-only', 'UNLICENSED', ''])
    assert.throws(
      () => read(license, { LICENSE: '…' }),
      /has the licence ".*": publish it only once ALLOWED/,
    );
});
