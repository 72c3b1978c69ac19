import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names by which what a package exports is imported, e.g. `@latchkey/wire/node`. */
export function entriesOf(installed: string): readonly string[] {
  const { exports, name } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  return Object.keys(exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => name + entry.slice(1));
}

/**
 * A program that imports every entry of packages, gets each by `require`, too, and compares: a class that there were two
 * of would break `instanceof`. Then it tries to import every file, which must fail.
 */
export function importingProgram(installed: readonly string[]): string {
  const entries = installed.flatMap(entriesOf);
  const files = installed.flatMap((folder) => {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return globSync('{src,web,types}/**/*.{js,cjs,ts,cts}', { cwd: folder }).map((file) => `${name}/${file}`);
  });
  return `
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const faults = [];
for (const entry of ${JSON.stringify(entries)}) {
  const imported = await import(entry);
  const required = require(entry);
  if (Object.keys(imported).length === 0) faults.push(entry + ' exports nothing');
  const isBoth = entry === 'latchkey/testing';
  for (const [name, value] of Object.entries(imported))
    if (isBoth ? typeof required[name] !== 'function' : required[name] !== value) faults.push(entry + ' has another ' + name + ' for require');
}
const files = ${JSON.stringify(files)};
for (const file of [...files, ...files.map((each) => each.replace(/\\/(?:src|types\\/[^/]+\\/src)\\//, '/').replace(/(?:\\.d)?\\.[jt]s$/, ''))]) {
  if (${JSON.stringify(entries)}.includes(file)) continue;
  try {
    import.meta.resolve(file);
    faults.push(file + ' can be imported');
  } catch (error) {
    if (error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') faults.push(file + ': ' + error.message);
  }
}
if (faults.length > 0) throw new Error(faults.join('\\n'));
console.log('${entries.length} entry points are imported and required;', files.length, 'files are not');
`;
}

/** A module that imports the types of every entry: as `.mts` by `import`, as `.cts` by `require`. */
export function typesProgram(installed: readonly string[], by: 'import' | 'require'): string {
  const entries = installed.flatMap(entriesOf);
  const lines = entries.map((entry, index) =>
    by === 'import' ? `import * as e${index} from '${entry}';` : `import e${index} = require('${entry}');`,
  );
  return `${lines.join('\n')}\nexport const all: readonly object[] = [${entries.map((_, index) => `e${index}`).join(', ')}];\n`;
}
