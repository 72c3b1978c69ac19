import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AwsConfig, renderAwsConfig } from './aws-config.ts';
import { mergeBlock } from './merge-block.ts';
import { readStrictly } from './testing/strict-ini.ts';

const ID = 'ssoins-0123456789abcdef';
const OTHER_ID = 'ssoins-fedcba9876543210';

/** The block of an instance on this port, with a profile for each of these roles. */
function blockOf(roles: readonly string[], port = 8484, instanceId = ID): string {
  const config: AwsConfig = {
    instanceId,
    region: 'us-east-1',
    baseUrl: `http://localhost:${port}`,
    sessionName: `s-${port}`,
    servicesName: `s-${port}`,
    profiles: roles.map((roleName) => ({ name: `${roleName}@${port}`, accountId: '111122223333', roleName })),
  };
  return renderAwsConfig(config);
}

const block = blockOf(['Admin']);
const other = blockOf(['Admin'], 9000, OTHER_ID);

function merged(text: string, added = block, instanceId = ID): string {
  return mergeBlock(text, instanceId, added).text;
}

test('a block is put at the end, after an empty line, and into an empty file at its beginning', () => {
  assert.equal(merged(''), block);
  assert.equal(merged('[default]\nregion = x\n'), `[default]\nregion = x\n\n${block}`);
  assert.equal(merged('[default]\nregion = x\n\n'), `[default]\nregion = x\n\n${block}`);
  assert.equal(merged('[default]\nregion = x'), `[default]\nregion = x\n\n${block}`);
});

test('a block that is there is replaced where it is, and one that is the same changes nothing', () => {
  const around = (inner: string) => `[default]\nregion = x\n${inner}[profile after]\nregion = y\n`;
  const changed = blockOf(['Reader', 'Writer']);
  assert.equal(merged(around(block), changed), around(changed));
  const { text, before, after } = mergeBlock(around(block), ID, block);
  assert.equal(text, around(block));
  assert.deepEqual(before, after);
});

test('blocks of several instances stand in one file, and each is replaced by itself', () => {
  const both = merged(merged('[default]\n'), other, OTHER_ID);
  assert.equal(both, `[default]\n\n${block}\n${other}`);
  const changed = blockOf(['Reader']);
  assert.equal(merged(both, changed), `[default]\n\n${changed}\n${other}`);
  assert.equal(readStrictly(both).size, 7);
});

test('a block gets the line ends that most lines of the file have', () => {
  const windows = (text: string) => text.replaceAll('\n', '\r\n');
  assert.equal(merged('[default]\r\nregion = x\r\n'), `[default]\r\nregion = x\r\n\r\n${windows(block)}`);
  assert.equal(merged('[a]\r\n[b]\n[c]\r\n'), `[a]\r\n[b]\n[c]\r\n\r\n${windows(block)}`);
  assert.equal(merged('[a]\rregion=x\r'), `[a]\rregion=x\r\r${block.replaceAll('\n', '\r')}`);
  // Nothing else is in the file: the block goes on as it is.
  assert.equal(merged(windows(block), blockOf(['Reader'])), windows(blockOf(['Reader'])));
  // Only its line ends differ: there is nothing to change.
  assert.equal(merged(`[a]\r\n[b]\r\n${block}`), `[a]\r\n[b]\r\n${block}`);
});

test('a file that ends with the block and without a line end goes on doing so', () => {
  const changed = blockOf(['Reader']);
  assert.equal(merged(`[a]\n${block.trimEnd()}`, changed), `[a]\n${changed.trimEnd()}`);
});

test('every byte outside the block is kept, whatever it is, and a second time nothing changes', () => {
  const character = fc.oneof(
    fc.constantFrom('\n', '\r', '\r\n', '[', ']', '#', ' ', '=', 'profile', '\u00ef\u00bb\u00bf', '\0'),
    fc.nat(255).map((byte) => String.fromCharCode(byte)),
  );
  const bytes = fc.string({ unit: character, maxLength: 200 });
  fc.assert(
    fc.property(bytes, bytes, (head, tail) => {
      const added = merged(head);
      assert.ok(added.startsWith(head));
      assert.equal(added.slice(head.length).trim().replace(/\r\n?/g, '\n'), block.trim());
      assert.equal(merged(added), added);

      const start = head === '' || /[\r\n]$/.test(head) ? head : `${head}\n`;
      const replaced = merged(`${start}${block}${tail}`, blockOf(['Reader']));
      assert.ok(replaced.startsWith(start) && replaced.endsWith(tail));
    }),
  );
});

const id = ID;
const begin = block.split('\n')[0];
const end = `# END latchkey ${id}`;
const otherBegin = other.split('\n')[0];
const otherEnd = `# END latchkey ${OTHER_ID}`;

for (const [what, text, message] of [
  [
    'begins and does not end',
    `[a]\n${begin}\n[b]\n`,
    /^line 2: the block of ssoins-0\w+ begins, but no line "# END /,
  ],
  ['ends and has not begun', `[a]\n${end}\n`, /^line 2: the block of ssoins-0\w+ ends, but it has not begun/],
  [
    'begins twice',
    `${begin}\n${begin}\n${end}\n`,
    /^line 2: .* begins, though the block of ssoins-0.*in line 1, has not ended/,
  ],
  ['ends twice', `${begin}\n${end}\n${end}\n`, /^line 3: .* ends, but it has not begun/],
  [
    'is there twice',
    `${block}\n${block}`,
    /^line 23: .* begins a second time; there is one already, from line 1 to line 21/,
  ],
  [
    'is inside another',
    `${otherBegin}\n${begin}\n${end}\n${otherEnd}\n`,
    /^line 2: .*0123456789abcdef begins, though the block of ssoins-fedcba9876543210/,
  ],
  [
    'overlaps another',
    `${otherBegin}\n${otherEnd}\n${begin}\n${otherEnd}\n`,
    /^line 4: the block of ssoins-fed\w+ ends, but the block that has begun, in line 3, is of ssoins-0/,
  ],
  [
    'is whole, but another is not',
    `${block}${otherBegin}\n`,
    /^line 22: the block of ssoins-fed\w+ begins, but no line/,
  ],
  ['has lost its id', `# BEGIN latchkey\n${end}\n`, /^line 1: .*"BEGIN latchkey", but names no instance/],
  ['has a part of its id', `# BEGIN latchkey ssoins-0123\n${end}\n`, /^line 1: .* names no instance/],
  ['has too long an id', `# BEGIN latchkey ${id}0\n${end}\n`, /^line 1: .* names no instance/],
] as const) {
  test(`a file is refused when a block ${what}`, () => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      assert.throws(() => merged(text.replaceAll('\n', lineEnd)), { name: 'SharedConfigError', message });
    }
  });
}

test('markers are found though an editor has indented them, and other comments of the words are none', () => {
  const indented = `  ${begin}\n[a]\n\t#END   latchkey ${id} \n`;
  assert.equal(merged(indented), block);
  const comments = '# begin latchkey\n# BEGIN latchkey-like\n; BEGIN latchkey\nname = # BEGIN latchkey\n';
  assert.equal(merged(comments), `${comments}\n${block}`);
});

for (const heading of [
  '[sso-session s-8484]',
  '[sso-session  "s-8484"]',
  "[ sso-session 's-8484' ] ; mine",
  '  [sso-session s-8484]',
  '\u00ef\u00bb\u00bf[sso-session s-8484]',
]) {
  test(`a section of the block that is in the file already, as ${JSON.stringify(heading)}, is refused`, () => {
    assert.throws(() => merged(`${heading}\nsso_region = x\n`), {
      name: 'SharedConfigError',
      message:
        'line 1: [sso-session s-8484] is there already, outside the lines that latchkey keeps for this instance; a section that comes twice makes the file unreadable to the AWS CLI. Delete that section by hand, or choose another name with --session-name',
    });
  });
}

test('a byte order mark stays the first of all bytes, also before a block', () => {
  const mark = '\u00ef\u00bb\u00bf';
  assert.equal(merged(mark), `${mark}${block}`);
  assert.equal(merged(`${mark}${block}[a]\n`, blockOf(['Reader'])), `${mark}${blockOf(['Reader'])}[a]\n`);
});

test('a section of the block that is in the file already, after the block, is refused', () => {
  assert.throws(
    () => merged(`${block}[sso-session s-8484]\n`),
    /line 22: \[sso-session s-8484\] is there already/,
  );
});

test('[default] and [profile default] are one section', () => {
  const config = block.replace('[profile Admin@8484]', '[default]');
  for (const heading of ['default', 'profile default', 'profile "default"']) {
    assert.throws(
      () => merged(`[a]\n[${heading}]\n`, config),
      /^SharedConfigError: line 2: \[default\] is there already/,
    );
  }
});

test('sections of other names, kinds or case are no reason to refuse, nor is a heading in a comment', () => {
  const text = '[services S-8484]\n[profile s-8484]\n[s-8484]\n# [services s-8484]\n[services s-8484x]\n';
  assert.equal(merged(text), `${text}\n${block}`);
});

test('a block without markers, as an earlier release printed it, is refused with all of its sections', () => {
  const old = block.split('\n').slice(1, -2).join('\n');
  assert.throws(() => merged(`[a]\n${old}\n`), {
    message:
      /^line 2: \[sso-session s-8484\], line 7: \[profile Admin@8484\], line 14: \[services s-8484\] are there already, outside .* Delete those sections by hand, or choose other names with --session-name, --services-name, --profile or --profile-suffix$/,
  });
});

test('of many sections that are there already the first five are named, and how many more there are', () => {
  const roles = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
  const old = roles.map((role) => `[profile ${role}@8484]\n`).join('');
  assert.throws(() => merged(old, blockOf(roles)), /line 5: \[profile E@8484\] and 2 more are there already/);
});

test('a section that is in the block of another instance is refused, and the lines of that block are named', () => {
  const same = blockOf(['Admin'], 8484, OTHER_ID);
  assert.throws(() => merged(`[a]\n${same}`), {
    message:
      /^line 3: \[sso-session s-8484\], .* are there already, in the block of another instance, ssoins-fedcba9876543210; .* If that instance is gone, delete its lines 2 to 22 by hand, or choose other names with --session-name, --services-name, --profile or --profile-suffix$/,
  });
});
