import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'packages/server/src/cli/main.js');
const documents = globSync(['*.md', 'docs/*.md'], { cwd: root })
  .filter((file) => file !== 'CHANGELOG.md')
  .toSorted()
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

interface DocumentedCommand {
  readonly file: string;
  readonly words: readonly string[];
}

/** The commands of Latchkey in code: lines to type, and those within a sentence. */
const commands = documents.flatMap(({ file, text }) => {
  const lines = text.matchAll(/(?:^ {4}|\(|`|')(?:npx )?latchkey((?: (?:(?!\n {4})[^`'#|)>;])+)+)/gm);
  return Array.from(lines, ([, line = '']): DocumentedCommand => ({ file, words: line.trim().split(/\s+/) }));
});

test('documents name only commands that the command line has, with options that each of them has', () => {
  const wrong = commands.flatMap(({ file, words }) => {
    const help = helpOf(commandIn(words));
    const options = words.flatMap((word) => /^--[a-z-]+/.exec(word) ?? []);
    const missing = options.filter((option) => !new RegExp(`${option}[ ,\\n]`).test(help));
    return help === '' || missing.length > 0 ? [`${file}: latchkey ${words.join(' ')}`] : [];
  });
  assert.ok(commands.length > 30, `only ${commands.length} commands were found`);
  assert.deepEqual(wrong, []);
});

test('documents name only environment variables and settings that docs/configuration.md has', () => {
  const configuration = readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');
  const names = documents.flatMap(({ file, text }) => [
    ...Array.from(text.matchAll(/\bLATCHKEY_[A-Z_]+\b/g), ([name]) => ({ file, name })),
    ...Array.from(
      text.matchAll(/`((?:lifetimes|limits|grants|listen|tls|cors|log)\.[a-zA-Z]+)`/g),
      ([, name = '']) => ({
        file,
        name,
      }),
    ),
  ]);
  assert.ok(names.length > 80);
  assert.deepEqual(
    names.filter(({ name }) => !configuration.includes(`\`${name}\``)),
    [],
  );
});

for (const { file, text } of documents) {
  const files = Array.from(text.matchAll(/^```yaml\n(.*?)^```$/gms), ([, yaml = '']) => yaml).filter((yaml) =>
    /^users:$/m.test(yaml),
  );
  for (const [index, yaml] of files.entries()) {
    test(`the configuration in ${file}${files.length > 1 ? ` (${index + 1})` : ''} passes latchkey check`, () => {
      using folder = mkdtempDisposableSync(path.join(tmpdir(), 'latchkey-documents-'));
      const configFile = path.join(folder.path, 'latchkey.yaml');
      const hash = run('user', 'hash').stdout.trim();
      writeFileSync(
        configFile,
        yaml.replaceAll(/\$argon2id\$\S*…/g, () => hash),
      );
      const { status, stdout, stderr } = run('check', '--config', configFile, '--data-dir', folder.path);
      assert.equal(status, 0, stdout + stderr);
    });
  }
}

/** The command with its subcommand, if it has some: e.g. `user add`. */
function commandIn(words: readonly string[]): string {
  const [first = '', second = ''] = words.filter((word, index) => {
    const isValue = /^(?:--data-dir|--config)$/.test(words[index - 1] ?? '');
    return !word.startsWith('-') && !isValue;
  });
  const isGroup = helpOf(first).startsWith(`Usage: latchkey ${first} [options] [command]`);
  return isGroup ? `${first} ${second}` : first;
}

const helps = new Map<string, string>();

/** @returns what `--help` prints; empty where there is no such command */
function helpOf(command: string): string {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const { status, stdout } = run(...command.split(' ').filter(Boolean), '--help');
  const help = status === 0 && stdout.startsWith(`Usage: latchkey ${command}`) ? stdout : '';
  helps.set(command, help);
  return help;
}

function run(...args: readonly string[]) {
  const input = 'correct horse battery\n';
  return spawnSync(process.execPath, [cli, ...args], { cwd: tmpdir(), encoding: 'utf8', input });
}
