import assert from 'node:assert/strict';
import fs, {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { type AwsConfig, renderAwsConfig } from './aws-config.ts';
import { writeBlock } from './write-block.ts';

function configOf(instance: number): AwsConfig {
  return {
    instanceId: `ssoins-${instance.toString(16).padStart(16, '0')}`,
    region: 'us-east-1',
    baseUrl: 'http://localhost:8484',
    sessionName: `s-${instance}`,
    servicesName: `s-${instance}`,
    profiles: [{ name: `p-${instance}`, accountId: '111122223333', roleName: 'Admin' }],
  };
}

const config = configOf(1);
const block = renderAwsConfig(config);
const skipOnWindows = process.platform === 'win32' && 'Windows has neither modes nor links for everyone';

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

test('a file that is missing is made with its folders, for the owner alone, and nothing else is left there', {
  skip: skipOnWindows,
}, async () => {
  using home = temporaryFolder();
  const file = join(home.path, 'a', '.aws', 'config');
  const { outcome, changes } = await writeBlock(file, config);
  assert.equal(outcome, 'added');
  assert.equal(readFileSync(file, 'latin1'), block);
  assert.equal(modeOf(file), 0o600);
  assert.equal(modeOf(join(home.path, 'a', '.aws')), 0o700);
  assert.deepEqual(readdirSync(join(home.path, 'a', '.aws')), ['config']);
  assert.deepEqual(
    changes,
    block
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `+ ${line}`),
  );
});

test('a file keeps its mode, and a second time nothing is written', { skip: skipOnWindows }, async () => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  writeFileSync(file, '[default]\r\n');
  chmodSync(file, 0o640);
  await writeBlock(file, config);
  assert.equal(modeOf(file), 0o640);
  const { ino, mtimeMs } = statSync(file);
  assert.deepEqual(await writeBlock(file, config), { outcome: 'unchanged', changes: [], unreadable: [] });
  const after = statSync(file);
  assert.deepEqual([after.ino, after.mtimeMs], [ino, mtimeMs]);
});

test('what changed in a block is shown by section: lines that are new, and lines that are gone', async () => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  await writeBlock(file, {
    ...config,
    profiles: [...config.profiles, { name: 'old', accountId: '111122223333', roleName: 'R' }],
  });
  const { outcome, changes } = await writeBlock(file, { ...config, region: 'eu-west-1' });
  assert.equal(outcome, 'changed');
  assert.deepEqual(changes, [
    '  [sso-session s-1]',
    '- sso_region = us-east-1',
    '+ sso_region = eu-west-1',
    '  [profile p-1]',
    '- region = us-east-1',
    '+ region = eu-west-1',
    '- [profile old]',
    '- sso_session = s-1',
    '- sso_account_id = 111122223333',
    '- sso_role_name = R',
    '- region = us-east-1',
    '- services = s-1',
  ]);
});

test('a link stays a link, and what it leads to is replaced, or made', { skip: skipOnWindows }, async () => {
  using home = temporaryFolder();
  mkdirSync(join(home.path, 'dotfiles'));
  mkdirSync(join(home.path, '.aws'));
  const file = join(home.path, '.aws', 'config');
  symlinkSync('../dotfiles/first', file);
  symlinkSync('aws-config', join(home.path, 'dotfiles', 'first'));
  const target = join(home.path, 'dotfiles', 'aws-config');
  for (const outcome of ['added', 'unchanged']) {
    assert.equal((await writeBlock(file, config)).outcome, outcome);
    assert.equal(readlinkSync(file), '../dotfiles/first');
    assert.ok(lstatSync(target).isFile());
    assert.equal(readFileSync(target, 'latin1'), block);
    assert.deepEqual(readdirSync(join(home.path, '.aws')), ['config']);
  }
});

test('a folder that is a link is no obstacle', { skip: skipOnWindows }, async () => {
  using home = temporaryFolder();
  mkdirSync(join(home.path, 'elsewhere'));
  symlinkSync('elsewhere', join(home.path, '.aws'));
  await writeBlock(join(home.path, '.aws', 'config'), config);
  assert.equal(readFileSync(join(home.path, 'elsewhere', 'config'), 'latin1'), block);
});

test('what cannot be replaced is left alone, and the error says why', { skip: skipOnWindows }, async () => {
  using home = temporaryFolder();
  const at = (name: string) => join(home.path, name);
  mkdirSync(at('folder'));
  symlinkSync('circle', at('circle'));
  writeFileSync(at('plain'), '');
  writeFileSync(at('wide'), Buffer.from('\ufeff[default]\n', 'utf16le'));
  writeFileSync(at('wide-unmarked'), Buffer.from('[default]\n', 'utf16le'));
  writeFileSync(at('large'), '');
  truncateSync(at('large'), 64 * 1024 * 1024 + 1);
  writeFileSync(at('twice'), `${block}[services s-1]\n`);
  const refusals = {
    folder: /folder is not a file that can be replaced/,
    circle: /circle cannot be replaced: its links lead in a circle/,
    'plain/config': /config cannot be replaced: part of its path is not a folder/,
    wide: /wide is UTF-16 or UTF-32, which AWS clients cannot read: save it as UTF-8 first/,
    'wide-unmarked': /is UTF-16 or UTF-32/,
    large: /large is larger than 64 MiB/,
    twice: /twice, line 22: \[services s-1\] is there already/,
  };
  const before = readdirSync(home.path);
  for (const [name, message] of Object.entries(refusals)) {
    await assert.rejects(writeBlock(at(name), config), { name: 'SharedConfigError', message });
  }
  assert.deepEqual(readdirSync(home.path), before);
  assert.equal(readFileSync(at('twice'), 'latin1'), `${block}[services s-1]\n`);
});

test('a file that is marked as read-only is not replaced, though its folder would allow it', {
  skip: skipOnWindows || (process.getuid?.() === 0 && 'root may write every file'),
}, async () => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  writeFileSync(file, '[default]\n', { mode: 0o400 });
  await assert.rejects(writeBlock(file, config), /config cannot be replaced: permission denied/);
  assert.equal(readFileSync(file, 'latin1'), '[default]\n');
});

test('what makes a file unreadable to the AWS CLI is told, whoever wrote it, and kept', async () => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  const text = '\ufeff[profile a]\n[profile b]\n[profile a]\n[profile b]\n[profile c]\n';
  const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0xe9, 0x0a])]);
  writeFileSync(file, bytes);
  for (const outcome of ['added', 'unchanged']) {
    const written = await writeBlock(file, config);
    assert.equal(written.outcome, outcome);
    assert.deepEqual(written.unreadable, [
      `"${file}", line 1: the file begins with a byte order mark; save it as UTF-8 without one`,
      `"${file}", line 3: [profile a] is also in line 1; join both sections in one`,
      `"${file}", line 4: [profile b] is also in line 2; join both sections in one`,
      `"${file}", line 6: it is not UTF-8; save the file as UTF-8`,
    ]);
  }
  assert.ok(readFileSync(file).subarray(0, bytes.length).equals(bytes));
});

for (const [what, text, fault] of [
  ['a line without "=" and ":"', '[a]\nregion\n', /line 2: expected "key = value"/],
  ['a setting without a key', '[a]\n = 1\n', /line 2: expected "key = value"/],
  ['brackets around nothing', '[a]\n[]\n', /line 2: expected "key = value"/],
  ['a setting that comes twice', '[a]\nx = 1\nX : 2\n', /line 3: "x" is also in line 2/],
  ['a section that comes twice', '[a]\n[b]\n[a]\n', /line 3: \[a\] is also in line 1/],
  ['an indented section that comes twice', '[a]\n  [a]\n', /line 2: \[a\] is also in line 1/],
  ['a heading that does not close', '[a]\n[b\n', /line 2: expected a section/],
  ['a line before the first section', 'x = 1\n[a]\n', /line 1: expected a section/],
  ['a nested line without "="', '[a]\ns3 =\n  x : 1\n', /line 3: expected "key = value" under "s3"/],
  ['a fault in [DEFAULT]', '[DEFAULT]\nx\n[a]\n[b]\n', /line 2: expected "key = value"/],
  ['a nested fault in [DEFAULT]', '[DEFAULT]\ns3 =\n  x\n[a]\n[b]\n', /line 3: expected "key = value" under/],
] as const) {
  test(`that the AWS CLI cannot read a file for ${what} is told once, and the block is written`, async () => {
    using home = temporaryFolder();
    const file = join(home.path, 'config');
    writeFileSync(file, text);
    for (const outcome of ['added', 'unchanged']) {
      const written = await writeBlock(file, config);
      assert.equal(written.outcome, outcome);
      assert.equal(written.unreadable.length, 1, written.unreadable.join());
      assert.ok(written.unreadable[0]?.startsWith(`"${file}", line `));
      assert.match(written.unreadable[0] ?? '', fault);
    }
  });
}

test('what the AWS CLI reads in a file, though it looks odd, is not told as a fault', async () => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  writeFileSync(
    file,
    '# x\n[a] text\nx : 1\n  [a]\n  more\n[ a ]\n; y\ns3 =\n  x = 1\n[DEFAULT]\n[DEFAULT]\n',
  );
  assert.deepEqual((await writeBlock(file, config)).unreadable, []);
});

/** Does something once, after the new file has been written and before it takes the place of the old one. */
function whenWritten(t: TestContext, act: () => void): void {
  let isDone = false;
  const { fsyncSync } = fs;
  t.mock.method(fs, 'fsyncSync', (descriptor: number) => {
    fsyncSync(descriptor);
    if (isDone) return;
    isDone = true;
    act();
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

test('what another program writes into the file at the same time is kept', async (t) => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  writeFileSync(file, '[default]\n');
  whenWritten(t, () => writeFileSync(file, '[default]\nregion = eu-west-1\n'));
  await writeBlock(file, config);
  assert.equal(readFileSync(file, 'latin1'), `[default]\nregion = eu-west-1\n\n${block}`);
});

test('a file that another program makes at the same time is kept', async (t) => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  whenWritten(t, () => writeFileSync(file, '[default]\n'));
  await writeBlock(file, config);
  assert.equal(readFileSync(file, 'latin1'), `[default]\n\n${block}`);
});

test('a section that another program adds at the same time is refused like any other', async (t) => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  whenWritten(t, () => writeFileSync(file, '[services s-1]\n'));
  await assert.rejects(writeBlock(file, config), /line 1: \[services s-1\] is there already/);
  assert.equal(readFileSync(file, 'latin1'), '[services s-1]\n');
  assert.deepEqual(readdirSync(home.path), ['config']);
});

test('a file that never stops changing is given up', async (t) => {
  using home = temporaryFolder();
  const file = join(home.path, 'config');
  let changes = 0;
  const { fsyncSync } = fs;
  t.mock.method(fs, 'fsyncSync', (descriptor: number) => {
    fsyncSync(descriptor);
    changes += 1;
    writeFileSync(file, `# ${changes}\n`);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  await assert.rejects(writeBlock(file, config), /config is changed by another program again and again/);
  assert.equal(readFileSync(file, 'latin1'), '# 5\n');
});

test('blocks that are written at the same time are all there', async () => {
  using home = temporaryFolder();
  const file = join(home.path, '.aws', 'config');
  const configs = Array.from({ length: 8 }, (_, index) => configOf(index));
  await Promise.all(configs.map((each) => writeBlock(file, each)));
  const text = readFileSync(file, 'latin1');
  for (const each of configs) assert.ok(text.includes(renderAwsConfig(each)));
  assert.ok(!existsSync(join(home.path, '.aws', '.config.latchkey-lock')));
});
