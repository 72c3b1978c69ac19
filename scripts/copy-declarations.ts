import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export interface Declarations {
  /** Folder of all compiled declarations, with one folder for each package. */
  readonly compiled: string;
  /** The package's folder of declarations. */
  readonly target: string;
  /** Files whose types are published, e.g. `client/src/mod`. */
  readonly entries: readonly string[];
  /** Packages that are bundled, e.g. `wire`: imports of them become relative paths. */
  readonly bundled: readonly string[];
}

/** Copies declarations, with all that they import. */
export function copyDeclarations({ bundled, compiled, entries, target }: Declarations): void {
  const files = new Set(entries.map((name) => `${name}.d.ts`));
  const specifiers = new RegExp(
    String.raw`['"](?:@latchkey/(${bundled.join('|')})(/[\w/-]+)?|(\.[^'"]+)\.[jt]s)['"]`,
    'g',
  );
  // Iteration over a set includes what is added meanwhile.
  for (const file of files) {
    const text = readFileSync(join(compiled, file), 'utf8').replaceAll(
      specifiers,
      (_, name: string | undefined, inside = '/mod', beside = '') => {
        const path = name === undefined ? posix.join(posix.dirname(file), beside) : `${name}/src${inside}`;
        files.add(`${path}.d.ts`);
        const specifier = posix.relative(posix.dirname(file), `${path}.js`);
        return `'${specifier.startsWith('.') ? '' : './'}${specifier}'`;
      },
    );
    const copy = join(target, file);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, text);
  }
}
