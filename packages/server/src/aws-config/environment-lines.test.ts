import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderEnvironment, type Shell, shells, UnquotableError } from './environment-lines.ts';

/** Whatever a shell may take for its own, and letters. */
const hostile = `a'b"c$(echo x)\`echo y\`\${HOME}%PATH%!x!;|&<>*?[z]{1,2}~#\\ \\'@()^=,\u2018\u2019\u201bé`;

const values = fc.string({ unit: fc.constantFrom(...hostile), minLength: 1, maxLength: 20 });

test('each shell has its own way to set a variable', () => {
  const written = Object.fromEntries(
    shells.map((shell) => [
      shell,
      renderEnvironment(shell, { NAME: 'http://localhost:8484', B: 'http://[::1]' }),
    ]),
  );
  assert.deepEqual(written, {
    sh: "export NAME=http://localhost:8484\nexport B='http://[::1]'\n",
    powershell: "$env:NAME = 'http://localhost:8484'\n$env:B = 'http://[::1]'\n",
    fish: "set -gx NAME 'http://localhost:8484'\nset -gx B 'http://[::1]'\n",
    cmd: 'set "NAME=http://localhost:8484"\nset "B=http://[::1]"\n',
  });
});

test('quotes in a value are written as each shell reads them', () => {
  const value = "it's \\ \u2019";
  const written = (shell: Shell) => renderEnvironment(shell, { NAME: value });
  assert.equal(written('sh'), "export NAME='it'\\''s \\ \u2019'\n");
  assert.equal(written('powershell'), "$env:NAME = 'it''s \\ \u2019\u2019'\n");
  assert.equal(written('fish'), "set -gx NAME 'it\\'s \\\\ \u2019'\n");
  assert.equal(written('cmd'), `set "NAME=${value}"\n`);
});

test('cmd is given no value with a character that it cannot quote', () => {
  for (const value of ['a"b', '%PATH%', '!x!']) {
    assert.throws(() => renderEnvironment('cmd', { NAME: value }), UnquotableError);
  }
});

for (const [shell, command] of Object.entries({
  sh: ['sh', '-c'],
  fish: ['fish', '--no-config', '-c'],
  powershell: ['pwsh', '-NoProfile', '-Command'],
}) as [Shell, [string, ...string[]]][]) {
  const [program, ...args] = command;
  const isMissing = spawnSync(program, [...args, 'exit']).error !== undefined;
  test(`${program} reads back every value as it was`, {
    skip: isMissing && `${program} is not on the PATH`,
  }, () => {
    const all = Object.fromEntries(
      fc.sample(values, { numRuns: 200, seed: 1 }).map((value, index) => [`LK_${index}`, value]),
    );
    const print = `${JSON.stringify(process.execPath)} -p "JSON.stringify(process.env)"`;
    const script = `${renderEnvironment(shell, all)}${shell === 'powershell' ? '& ' : ''}${print}`;
    const { stdout, stderr } = spawnSync(program, [...args, script], { encoding: 'utf8' });
    assert.equal(stderr, '');
    const read: Record<string, string> = JSON.parse(stdout);
    assert.deepEqual(Object.fromEntries(Object.keys(all).map((name) => [name, read[name]])), all);
  });
}
