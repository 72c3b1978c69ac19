import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, problemsIn } from './testing/load-text.ts';

test('a configuration file may be JSON, may begin with a byte order mark, and may be empty', async () => {
  assert.deepEqual(await problemsIn('{"listen": {"port": 80}}'), []);
  assert.deepEqual(await problemsIn('\uFEFFlisten:\n  port: 80\n'), []);
  assert.deepEqual(await problemsIn(''), []);
  assert.deepEqual(await problemsIn('# nothing yet\n'), []);
});

test('a configuration file may use an anchor several times', async () => {
  const config = await load(
    'trustedProxies: &all [10.0.0.1]\ninstance:\n  startUrls: []\nusers: []\ngroups: []\n',
  );
  assert.deepEqual(config.trustedProxies, ['10.0.0.1']);
  const { directory } = await load(
    'users: [{userName: alice}, {userName: bob}]\ngroups: [{name: x, members: &m [alice, bob]}, {name: y, members: *m}]\n',
  );
  assert.deepEqual(directory.groups[1]?.members, ['alice', 'bob']);
});

test('syntax errors of the configuration file are reported with their line', async () => {
  const places = {
    'listen:\n\tport: 1': /^latchkey\.yaml:2:1: a tab is used to indent/,
    'log:\n  level: info\n  level: warn': /^latchkey\.yaml:3:3: this key stands in the mapping twice/,
    'users: [\n': /^latchkey\.yaml:2:1: the indentation does not fit, or a bracket is not closed/,
    'log: *nothing': /^latchkey\.yaml:1:6: no anchor/,
    'log: !!set {}': /^latchkey\.yaml:1:6: an unknown tag/,
    'log: {}\n---\nlog: {}': /^latchkey\.yaml:2:1: a second document/,
  };
  for (const [text, expected] of Object.entries(places))
    assert.match((await problemsIn(text))[0] ?? '', expected);
});

test('a configuration file with exploding aliases or too deep nesting is refused', async () => {
  const levels = Array.from(
    { length: 20 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join()}]`,
  );
  assert.deepEqual(await problemsIn(`a0: &a0 [x]\n${levels.join('\n')}`), [
    'latchkey.yaml: has too many aliases (*name): write the repeated values out',
  ]);
  assert.match((await problemsIn('['.repeat(100_000))).join(), /^latchkey\.yaml:1:\d+: /);
  assert.match((await problemsIn('- '.repeat(100_000))).join(), /^latchkey\.yaml:1:\d+: /);
  assert.match((await problemsIn('users: &a [*a]')).join(), /users\[0\]: expected a mapping/);
});
