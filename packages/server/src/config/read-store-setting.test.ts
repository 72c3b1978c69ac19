import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { changedSettings } from './changed-settings.ts';
import { ConfigError, renderProblem } from './config-error.ts';
import { type ConfigSources, loadConfig } from './load-config.ts';

const URL = 'postgres://latchkey:secret@db.example.com/latchkey';

/** What a configuration file with this text, and these variables, is refused for. */
async function problemsOf(sources: ConfigSources): Promise<string> {
  const error = await loadConfig(sources).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ConfigError ? error.problems.map(renderProblem).join('\n') : '';
}

test('the store is named by its URL, or by a file that has it, in the configuration file or by a variable', async () => {
  using folder = temporaryFolder();
  const urlFile = path.join(folder.path, 'store-url');
  writeFileSync(urlFile, `${URL}\n`);
  const sources = { cwd: folder.path, dataDir: folder.path };
  const file = path.join(folder.path, 'latchkey.yaml');
  for (const [text, env] of [
    [`store: ${URL}`, {}],
    ['storeFile: store-url', {}],
    ['{}', { LATCHKEY_STORE: URL }],
    ['{}', { LATCHKEY_STORE_FILE: 'store-url' }],
    ['store: postgres://other@h/d', { LATCHKEY_STORE: URL, LATCHKEY_MASTER_SECRET_COMMAND: 'true' }],
  ] as const) {
    writeFileSync(file, `${text}\n`);
    const { config } = await loadConfig({ ...sources, file, env });
    assert.equal(config.store, URL, text);
    assert.equal(
      config.storeFile,
      'LATCHKEY_STORE_FILE' in env || text.includes('File') ? urlFile : undefined,
    );
  }
});

test('what names no store is refused with its place and what to do, and nothing of a password', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'latchkey.yaml');
  const sources = { cwd: folder.path, dataDir: folder.path, env: {}, file };
  for (const [text, expected] of [
    ['store: mysql://u:hunter2@h/d', /^latchkey\.yaml:1:8: store: .*expected postgres:\/\/USER/],
    ['store: [hunter2]', /^latchkey\.yaml:1:8: store: expected a line of 1 to 8192 characters$/],
    ['store: "postgres://u:hunter2@"', /the host "" is none/],
    ['storeFile: nowhere', /storeFile: .*nowhere cannot be read: no such file or folder/],
    [`store: ${URL}\nstoreFile: latchkey.yaml`, /storeFile: store is set, too: set one of them/],
  ] as const) {
    writeFileSync(file, `${text}\n`);
    const said = await problemsOf(sources);
    assert.match(said, expected);
    assert.doesNotMatch(said, /hunter2|secret/);
  }
});

test('a password that is not encoded is in no message, whatever its characters', async () => {
  const anyPassword = fc
    .string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 20 })
    .map((rest) => `pw-${rest}`);
  await fc.assert(
    fc.asyncProperty(anyPassword, async (password) => {
      const env = { LATCHKEY_STORE: `postgres://latchkey:${password}@db.example.com/latchkey` };
      const said = await problemsOf({ cwd: '/', env });
      // Any four letters of it in turn.
      for (let at = 0; at + 6 <= password.length; at += 1)
        assert.ok(!said.includes(password.slice(at, at + 6)), said);
    }),
  );
});

test('another store needs a restart, which is told without the URL', async () => {
  using folder = temporaryFolder();
  const load = (store: string) =>
    loadConfig({ cwd: folder.path, dataDir: folder.path, env: { LATCHKEY_STORE: store } });
  const [before, after] = [await load(URL), await load('postgres://latchkey:other@db.example.com/latchkey')];
  assert.deepEqual(changedSettings(before.config, after.config), ['store']);
});
