import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

/** One import of one file: a statement, a type (`import('…').Name`), a re-export, a call, or a reference comment. */
export interface Import {
  /** Path of the importing file below the root, with `/`. */
  readonly from: string;
  /** Path of the imported file below the root, with `/`. */
  readonly to: string;
  /** As the importing file writes it, without quotes. */
  readonly specifier: string;
}

const tsc = path.join(
  path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);

/** A line such as `   Imported via './b.ts' from file 'packages/wire/src/a.ts' with packageId …`. */
const REASON = /^ {3}(?:Imported|Referenced) via (['"`])(.*)\1 from file '([^']*)'/;

/**
 * Lists all imports between files of the workspace, as the compiler resolves them. So every form of import counts: types,
 * re-exports, `import('…')`, reference comments, and the package's own name. Packages from registries are left out.
 *
 * @param root directory of a `tsconfig.json`
 * @throws {Error} with the compiler's output when it fails, or when it names no import at all
 */
export function readImports(root: string): readonly Import[] {
  const args = [tsc, '-p', 'tsconfig.json', '--noCheck', '--allowJs', '--explainFiles'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(
      `Read the imports below ${root}: tsc ended with ${status}\n${stdout.slice(0, 4_000)}${stderr}`,
    );
  }
  const imports = parseExplanation(stdout);
  if (imports.length === 0) {
    throw new Error(
      `Read the imports below ${root}: tsc --explainFiles names none, expected "Imported via" lines`,
    );
  }
  return imports;
}

function parseExplanation(text: string): readonly Import[] {
  const imports: Import[] = [];
  let to = '';
  for (const line of text.split(/\r?\n/)) {
    if (line !== '' && !line.startsWith(' ')) to = line;
    const [, , specifier, from] = REASON.exec(line) ?? [];
    if (specifier === undefined || from === undefined) continue;
    if (isOurs(from) && isOurs(to)) imports.push({ from, to, specifier });
  }
  return imports;
}

function isOurs(file: string): boolean {
  return !file.startsWith('..') && !path.isAbsolute(file) && !file.split('/').includes('node_modules');
}
