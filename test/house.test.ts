import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Where the paths that documents name may begin. */
const BEGINNINGS = [
  '',
  'packages',
  'packages/server',
  ...['server', 'client', 'wire'].map((each) => `packages/${each}/src`),
];

test('CONTRIBUTING.md says of every folder and loose file of packages/server/src what it is for', () => {
  const words = read('CONTRIBUTING.md').split(/[\s,;:`]+/);
  const names = readdirSync(path.join(root, 'packages/server/src'), { withFileTypes: true })
    .filter(({ name }) => !name.endsWith('.test.ts'))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  assert.deepEqual(
    names.filter((name) => !words.includes(name)),
    [],
  );
});

test('no file of the repository is a symbolic link, which would lead to a path of one machine alone', {
  skip: existsSync(path.join(root, '.git')) ? false : 'no git repository here',
}, () => {
  const files = execFileSync('git', ['ls-files', '--stage'], { cwd: root, encoding: 'utf8' }).split('\n');
  assert.deepEqual(
    files.filter((line) => line.startsWith('120000 ')),
    [],
  );
});

for (const document of ['CONTRIBUTING.md', ...decisionFiles()]) {
  test(`every file that ${document} names is there`, () => {
    const named = read(document).matchAll(/(?<![\w/.@-])(?:[\w.-]+\/)+[\w.-]+\.(?:ts|js|md|json)\b/g);
    const missing = Array.from(named, ([file]) => file).filter(
      (file) =>
        ![path.dirname(document), ...BEGINNINGS].some((beginning) =>
          existsSync(path.join(root, beginning, file)),
        ),
    );
    assert.deepEqual(missing, []);
  });
}

test('every decision has a number of its own, which its heading repeats', () => {
  const numbers = decisionFiles().map((file) => Number(path.basename(file).slice(0, 4)));
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, index) => index + 1),
  );
  for (const [index, file] of decisionFiles().entries())
    assert.match(read(file), new RegExp(`^# ${numbers[index]}\\. `));
});

test('the index of decisions has a row for each, with its number, its title and a link to it', () => {
  const rows = read('docs/decisions/README.md').matchAll(/^\| (\d+) \| \[(.*)\]\((.*)\) \| .+ \|$/gm);
  assert.deepEqual(
    Array.from(rows, ([, number, title, file]) => ({ heading: `# ${number}. ${title}`, file })),
    decisionFiles().map((file) => ({ heading: read(file).split('\n')[0], file: path.basename(file) })),
  );
});

for (const document of documents()) {
  test(`every link of ${document} to a file or heading of the repository leads somewhere`, () => {
    const dead = linksOf(document).filter(({ file, heading }) => {
      if (!existsSync(path.join(root, file))) return true;
      return heading !== undefined && !headingsOf(file).includes(heading);
    });
    assert.deepEqual(dead, []);
  });
}

/** All documents of the repository. */
function documents(): readonly string[] {
  const files = globSync(['*.md', '{docs,packages,test}/**/*.md'], {
    cwd: root,
    exclude: ['**/node_modules/**', '**/.cache/**'],
  });
  return files.toSorted();
}

/** Links and pictures of a document, but for addresses of the Web. */
function linksOf(document: string) {
  const text = withoutCode(read(document));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return targets
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => {
      const [file = '', heading] = target.split('#');
      return { file: file === '' ? document : path.join(path.dirname(document), file), heading };
    });
}

/** The names by which links on GitHub lead to the headings of a document. */
function headingsOf(document: string): readonly string[] {
  const headings = withoutCode(read(document)).matchAll(/^#+ (.+)$/gm);
  return Array.from(headings, ([, text = '']) =>
    text
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```.*?^```/gms, '').replaceAll(/^ {4}.*$/gm, '');
}

function decisionFiles(): readonly string[] {
  const files = readdirSync(path.join(root, 'docs/decisions')).toSorted();
  return files.filter((name) => name !== 'README.md').map((name) => `docs/decisions/${name}`);
}
