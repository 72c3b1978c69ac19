import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import fc from 'fast-check';
import { type IniSection, parseIni } from '../../packages/client/src/config-files/ini.ts';
import {
  loadSharedConfig,
  type Section,
  type SharedConfig,
} from '../../packages/client/src/config-files/shared-config.ts';
import { staticKeys } from '../../packages/client/src/credentials/static-keys.ts';
import { readConfigFile } from '../../packages/client/src/platform/files.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { Botocore, type BotocoreReading, type Settings } from './harness/botocore.ts';
import { sdkForPython } from './harness/clients.ts';
import { faultySection, goodSection, oddIni } from './harness/odd-ini.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

/** `LATCHKEY_FUZZ_RUNS=100000` reads more files, and `LATCHKEY_FUZZ_SEED` others. */
const numRuns = Number(process.env['LATCHKEY_FUZZ_RUNS'] ?? 3000);
const seed = Number(process.env['LATCHKEY_FUZZ_SEED'] ?? 20_260_101);

const skip = await skipUnlessPrepared(sdkForPython);

suite('the typed clients and botocore, reading the same configuration files', { skip }, () => {
  const folder = temporaryFolder();
  const files = {
    config: path.join(folder.path, 'config'),
    credentials: path.join(folder.path, 'credentials'),
  };
  const env = (name: string) =>
    ({ AWS_CONFIG_FILE: files.config, AWS_SHARED_CREDENTIALS_FILE: files.credentials })[name];
  const botocore = new Botocore();
  after(async () => {
    await botocore[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  test('find the same sections and settings, and refuse the same files', async () => {
    const seen = { read: 0, refused: 0, profiles: 0, keys: 0 };
    await fc.assert(
      fc.asyncProperty(oddIni, oddIni, async (config, credentials) => {
        await writeFile(files.config, config);
        await writeFile(files.credentials, credentials);
        const theirs = await botocore.read(files);
        for (const file of ['config', 'credentials'] as const) {
          const { text, isUtf8 } = await readConfigFile(files[file]);
          const { sections, fault } = parseIni(text, files[file], isUtf8);
          const faults = [fault, ...sections.map((section) => section.fault)].filter(
            (each) => each !== undefined,
          );
          for (const each of faults) assertNamesLine(each, files[file], text);
          assert.deepEqual(
            faults.length > 0 ? null : byHeading(sections),
            theirs[file],
            `${file}: ${faults}`,
          );
          seen[theirs[file] === null ? 'refused' : 'read'] += 1;
        }
        if (theirs.profiles === null) return;
        const ours = await loadSharedConfig(env);
        assert.deepEqual(byName(ours.profiles), theirs.profiles);
        assert.deepEqual(byName(ours.ssoSessions), theirs.ssoSessions);
        assert.deepEqual(byName(ours.services), theirs.services);
        seen.profiles += ours.profiles.size;
        for (const name of ours.profiles.keys()) seen.keys += assertSameKeys(name, ours, theirs);
      }),
      { seed, numRuns },
    );
    assert.ok(
      Object.values(seen).every((count) => count > numRuns / 100),
      JSON.stringify(seen),
    );
  });

  test('take the keys of a profile from the same file, with what belongs to them there', async () => {
    const half = (file: string) =>
      fc
        .subarray([
          'aws_access_key_id',
          'aws_secret_access_key',
          'aws_session_token',
          'aws_security_token',
          'aws_account_id',
        ])
        .map((keys) => keys.map((key) => `${key} = ${file} ${key}`));
    let found = 0;
    await fc.assert(
      fc.asyncProperty(half('config'), half('credentials'), async (config, credentials) => {
        await writeFile(files.config, ['[profile a]', ...config].join('\n'));
        await writeFile(files.credentials, ['[a]', ...credentials].join('\n'));
        found += assertSameKeys('a', await loadSharedConfig(env), await botocore.read(files));
      }),
      { seed, numRuns: Math.ceil(numRuns / 10) },
    );
    assert.ok(found > numRuns / 100, String(found));
  });

  test('where botocore refuses a section, the typed clients read the others as botocore does without that section', async () => {
    const others = fc.tuple(...['default', 'profile a', 'profile "b c"', 'services s'].map(goodSection));
    await fc.assert(
      fc.asyncProperty(others, faultySection('profile faulty'), fc.nat(4), async (good, faulty, at) => {
        await writeFile(files.credentials, '');
        await writeFile(files.config, good.toSpliced(at, 0, faulty).flat().join('\n'));
        assert.equal((await botocore.read(files)).config, null);
        const ours = await loadSharedConfig(env);
        await writeFile(files.config, good.flat().join('\n'));
        const theirs = await botocore.read(files);
        const { faulty: refused, ...profiles } = byName(ours.profiles);
        assert.ok(refused !== undefined && ours.profiles.get('faulty')?.fault !== undefined);
        assert.deepEqual(profiles, theirs.profiles);
        assert.deepEqual(byName(ours.services), theirs.services);
        const faults = [...ours.profiles, ...ours.services].flatMap(([name, { fault }]) =>
          fault ? [name] : [],
        );
        assert.deepEqual(faults, ['faulty']);
      }),
      { seed, numRuns: Math.ceil(numRuns / 10) },
    );
  });
});

/** @returns the number of profiles compared: 0 where botocore finds no two keys, or nested settings in their place */
function assertSameKeys(name: string, ours: SharedConfig, theirs: BotocoreReading): number {
  const [id, secret, token, account] = theirs.keys?.[name] ?? [];
  if (!id || !secret || [id, secret, token, account].some(isBlock)) return 0;
  const profile = ours.profiles.get(name);
  assert.deepEqual(profile && staticKeys({ ...profile, name }), {
    accessKeyId: id,
    secretAccessKey: secret,
    ...(token && { sessionToken: token }),
    ...(account && { accountId: account }),
  });
  return 1;
}

function isBlock(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function assertNamesLine(fault: string, file: string, text: string): void {
  assert.ok(fault.startsWith(`"${file}", line `), fault);
  const line = Number(/, line (\d+): /.exec(fault)?.[1]);
  assert.ok(line >= 1 && line <= text.split(/\r\n|[\r\n]/).length, fault);
}

function byHeading(sections: readonly IniSection[]): Record<string, Settings> {
  return byName(new Map(sections.map((section) => [section.heading, section])));
}

function byName(sections: ReadonlyMap<string, Section>): Record<string, Settings> {
  return Object.fromEntries(Array.from(sections, ([name, section]) => [name, settingsOf(section)]));
}

function settingsOf({ values, nested }: Section): Settings {
  return Object.fromEntries(
    Array.from(values, ([key, value]) => {
      const inner = nested.get(key);
      return [key, inner === undefined ? value : Object.fromEntries(inner)];
    }),
  );
}
