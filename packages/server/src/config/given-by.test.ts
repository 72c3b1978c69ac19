import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { runLatchkey } from '../cli/testing/child-process.ts';
import type { ConfigError } from './config-error.ts';
import { environmentVariable } from './environment.ts';
import { type ConfigSources, loadConfig } from './load-config.ts';
import { settingsSchema } from './settings-schema.ts';
import { isListOfMappings, listSettings } from './settings-tree.ts';
import { folder } from './testing/load-text.ts';

/** No setting takes a control character. */
const WRONG = 'a\u0007';
const settings = listSettings(settingsSchema);

/** Settings beside another one, without which that one is not looked at. */
const needed: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
  'metrics.host': { port: 1 },
  'smtp.language': { url: 'smtp://localhost', from: 'sso@example.com' },
  'smtp.allowUnencrypted': { url: 'smtp://localhost', from: 'sso@example.com' },
};

/** A configuration file in which a setting has a value, at the line that is its depth and one more. */
function fileWith(setting: readonly string[], value: unknown): string {
  const inner = { [setting.at(-1) ?? '']: value, ...needed[setting.join('.')] };
  const content = setting.slice(0, -1).reduceRight<unknown>((within, key) => ({ [key]: within }), inner);
  return JSON.stringify(content, null, 2);
}

function environmentWith(setting: readonly string[], value: string): Record<string, string> {
  const others = Object.entries(needed[setting.join('.')] ?? {}).map(([name, other]) => [
    environmentVariable([...setting.slice(0, -1), name]),
    String(other),
  ]);
  return { [environmentVariable(setting)]: value, ...Object.fromEntries(others) };
}

async function sourcesOfProblems(sources: Partial<ConfigSources>): Promise<readonly string[]> {
  const error = await loadConfig({ env: {}, cwd: folder, isServing: true, ...sources }).then(
    () => assert.fail('the configuration was taken'),
    (error: ConfigError) => error,
  );
  return error.problems.map(({ source, line }) => (line === undefined ? source : `${source}:${line}`));
}

for (const { path: setting, schema } of settings) {
  const name = setting.join('.');
  const variable = environmentVariable(setting);
  test(`a wrong ${name} is reported by ${variable}, by the line of the file, or by the option, whichever gave it`, async () => {
    const file = path.join(folder, 'wrong.yaml');
    await writeFile(file, fileWith(setting, WRONG));
    // Some settings need others: those are then missing at the same place.
    const byFile = await sourcesOfProblems({ file });
    assert.deepEqual([...new Set(byFile.map((source) => source.replace(/:\d+$/, '')))], ['wrong.yaml']);
    assert.ok(byFile.includes(`wrong.yaml:${setting.length + 1}`), byFile.join());
    const env = environmentWith(setting, isListOfMappings(schema) ? JSON.stringify([WRONG]) : WRONG);
    assert.deepEqual([...new Set(await sourcesOfProblems({ env }))], [variable]);
    assert.deepEqual([...new Set(await sourcesOfProblems({ env, file }))], [variable]);
    const options = { [variable]: '--option' };
    assert.deepEqual([...new Set(await sourcesOfProblems({ env, file, options }))], ['--option']);
  });

  test(`where ${name} comes from is known`, async () => {
    const value =
      valid[name] ?? { number: 1, boolean: true }[String(typeof defaultOf(name))] ?? defaultOf(name);
    if (value === undefined || Array.isArray(value)) return;
    const file = path.join(folder, 'right.yaml');
    await writeFile(file, fileWith(setting, value));
    const { sourceOf } = await loadConfig({ file, env: {}, cwd: folder });
    assert.match(String(sourceOf(setting)), /^right\.yaml:\d+:\d+$/);
    const env = environmentWith(setting, String(value));
    const changed = await loadConfig({ file, env, cwd: folder });
    assert.equal(changed.sourceOf(setting), variable);
    const given = await loadConfig({ file, env, cwd: folder, options: { [variable]: '--option' } });
    assert.equal(given.sourceOf(setting), '--option');
    assert.equal((await loadConfig({ env: {}, cwd: folder })).sourceOf(setting), undefined);
  });
}

const valid: Readonly<Record<string, unknown>> = {
  baseUrl: 'http://localhost:1',
  'passwords.minLength': 8,
};

function defaultOf(name: string): unknown {
  return settings.find((setting) => setting.path.join('.') === name)?.default;
}

const WRONG_FILE = path.join(folder, 'no', 'such.yaml');

for (const [option, variable, value, said] of [
  ['--config', 'LATCHKEY_CONFIG', WRONG_FILE, `${WRONG_FILE} cannot be read: no such file or folder`],
  ['--config', 'LATCHKEY_CONFIG', '', 'expected the path of a file, got nothing'],
  ['--data-dir', 'LATCHKEY_DATA_DIR', WRONG, 'dataDir: expected a line of 1 to 4096 characters'],
  ['--host', 'LATCHKEY_LISTEN_HOST', 'a b', 'listen.host: expected an address or host name, got "a b"'],
  ['--host', 'LATCHKEY_LISTEN_HOST', '0.0.0.0', 'listen.host: plain http beyond this machine'],
] as const) {
  test(`latchkey serve names ${option}, or ${variable}, whichever gave it "${value}"`, async () => {
    const cwd = path.join(folder, 'empty');
    await mkdir(cwd, { recursive: true });
    const byVariable = await runLatchkey(cwd, ['serve'], { env: { [variable]: value } });
    const byOption = await runLatchkey(cwd, ['serve', option, value]);
    const overriding = await runLatchkey(cwd, ['serve', option, value], { env: { [variable]: 'b' } });
    assert.ok(byVariable.stderr.startsWith(`${variable}: ${said}`), byVariable.stderr);
    assert.ok(byOption.stderr.startsWith(`${option}: ${said}`), byOption.stderr);
    assert.ok(overriding.stderr.startsWith(`${option}: ${said}`), overriding.stderr);
    for (const { code } of [byVariable, byOption, overriding]) assert.equal(code, 3);
  });
}
