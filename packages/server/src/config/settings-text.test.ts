import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { SettingsText } from './settings-text.ts';

/** What is kept of a text that comes in pieces of a length. */
function keptOf(text: string, pieceLength = text.length) {
  const settings = new SettingsText(['users', 'groups']);
  for (let start = 0; start < text.length; start += pieceLength)
    settings.add(text.slice(start, start + pieceLength));
  const kept = settings.finish();
  const numbers = kept.split('\n').map((_, index) => settings.lineOf(index + 1));
  return { kept, numbers, isSecret: settings.isSecret };
}

test('the settings of a configuration are without the items of the directory, and know the numbers of their lines', () => {
  const text = [
    '# A team',
    'users: # all of them',
    '  - userName: alice',
    '    passwordHash: $argon2id$',
    '',
    'listen: { port: 1 }',
    'groups:',
    '- name: admins',
    '# not the listen: of above',
    '  members: [alice]',
    'usersOf: 3',
    'notice: |',
    '  users:',
    '  - all',
  ];
  const numbers = [1, 2, 6, 7, 11, 12, 13, 14];
  const kept = numbers.map((number) => text[number - 1]).join('\n');
  assert.deepEqual(keptOf(text.join('\n')), { kept, numbers, isSecret: true });
});

for (const text of [
  'users: [{ userName: alice }]\nlisten: 1\n',
  '{ "users":\n[{}],\n"listen": 1 }',
  'users: &all\n  - alice\n',
  '"users":\n  - alice\n',
  'log:\n  users:\n    - alice\n',
]) {
  test(`a configuration is kept wholly where the list of the directory is not plain: ${JSON.stringify(text)}`, () => {
    assert.equal(keptOf(text).kept, text);
  });
}

test('the settings of a configuration are the same in whatever pieces it is read, and mean the same as in the whole text', () => {
  const line = fc.constantFrom(
    ...[
      'users:',
      'groups: # some',
      'listen: 1',
      'log: { level: 2 }',
      '',
      '# users:',
      '- a: 1',
      '  - b: 2',
      '    c: 3',
    ],
  );
  const texts = fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (lf, length, end) => {
      const whole = lf.replaceAll('\n', end);
      assert.deepEqual(keptOf(whole, length), keptOf(whole));
      const lines = whole.split('\n');
      const { kept: text, numbers } = keptOf(whole);
      for (const [index, line] of text.split('\n').entries())
        if (line !== '') assert.equal(lines[(numbers[index] ?? 0) - 1], line);
      let content: unknown;
      try {
        content = parse(whole);
      } catch {
        return;
      }
      const { users, groups, ...settings } = Object(content);
      const kept = Object(parse(text));
      assert.deepEqual({ ...kept, users, groups }, { ...settings, users, groups });
    }),
    { numRuns: 500 },
  );
});
