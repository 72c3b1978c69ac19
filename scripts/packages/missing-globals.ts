import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/** Lists the functions of JavaScript's and the Web's own objects, e.g. `URL.parse` and `Set.prototype.union`. */
const LIST = `
const names = [];
for (const owner of Object.getOwnPropertyNames(globalThis)) {
  let value;
  try { value = globalThis[owner]; } catch {}
  if (!/^[A-Z]/.test(owner) || (typeof value !== 'function' && typeof value !== 'object') || value === null) continue;
  names.push(owner, ...Object.getOwnPropertyNames(value).map((name) => owner + '.' + name));
  names.push(...Object.getOwnPropertyNames(value.prototype ?? {}).map((name) => owner + '.prototype.' + name));
}
console.log(JSON.stringify(names));
`;

function globalsOf(node: string): readonly string[] {
  return JSON.parse(execFileSync(node, ['--no-warnings', '--eval', LIST], { encoding: 'utf8' }));
}

/**
 * Checks that a package uses nothing that the oldest Node lacks for which it is published. Functions of objects themselves,
 * such as `URL.parse`, are found wherever they are; methods, such as `union` of a set, unless some object that Node 20 has, or
 * the package itself, has one of that name, too.
 */
export function checkGlobals(installed: string, oldest: string): void {
  const old = new Set(globalsOf(oldest));
  const oldMethods = new Set(methodNames([...old]));
  const missing = globalsOf(process.execPath).filter((name) => !old.has(name));
  const isStatic = (name: string) => /^\w+\.\w+$/.test(name) && !name.endsWith('.prototype');
  const code = globSync('{src,web}/**/*.js', { cwd: installed }).map((file) => ({
    file,
    // Comments may name anything.
    text: transformSync(readFileSync(join(installed, file), 'utf8'), { legalComments: 'none' }).code,
  }));
  const all = code.map(({ text }) => text).join('\n');
  const patterns = [
    ...missing.filter(isStatic).map((name) => `\\b${name.replace('.', '\\.')}\\b`),
    ...new Set(
      methodNames(missing)
        .filter((name) => /^\w+$/.test(name) && !oldMethods.has(name))
        .filter(
          (name) =>
            !new RegExp(
              `(?:^|[\\s{,]|async )${name}\\s*\\([^)]*\\)\\s*\\{|\\b${name}:|\\b${name} = `,
              'm',
            ).test(all),
        )
        .map((name) => `\\.${name}\\(`),
    ),
  ];
  const expression = new RegExp(patterns.join('|'), 'g');
  const faults = code.flatMap(({ file, text }) =>
    [...text.matchAll(expression)].map(([found]) => `${file} uses ${found}`),
  );
  if (faults.length > 0)
    throw new Error(
      `${installed} is published for a Node that lacks this:\n${[...new Set(faults)].join('\n')}`,
    );
}

function methodNames(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => /\.prototype\.(.+)$/.exec(name)?.[1] ?? []);
}
