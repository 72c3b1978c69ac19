import { compareNames } from '../names.ts';
import type { Piece } from './piece.ts';

/**
 * What an import is used for: a `value` in expressions, a `class` in expressions and declarations, a `type` in
 * declarations, a `hiddenType` only for what the module does not export.
 */
export type ImportRole = 'value' | 'class' | 'type' | 'hiddenType';

/** Gathers what a module imports from the runtime while the rest of it is emitted. */
export interface Imports {
  /**
   * @param path of a runtime file, without extension
   * @returns the name in the module of what the file exports under `name`
   */
  use(role: ImportRole, name: string, path?: string): string;
  print(): Piece;
  /** What declarations name of `mod`: its name there, by its name in the module. */
  declared(): ReadonlyMap<string, string>;
}

type Language = 'typescript' | 'javascript' | 'declarations';

/** The specifier of a runtime file, by its path without extension: `mod`, `protocols/rest-json1`. */
export type RuntimeSpecifier = (path: string) => string;

interface Import {
  readonly name: string;
  readonly local: string;
  readonly roles: Set<ImportRole>;
}

/** @param claim gives the local names: an import gives way to a shape that has its name */
export function gatherImports(runtime: RuntimeSpecifier, claim: (wanted: string) => string): Imports {
  const files = new Map<string, Map<string, Import>>();
  return {
    use(role, name, path = 'mod') {
      const file = files.get(path) ?? new Map<string, Import>();
      files.set(path, file);
      const used = file.get(name) ?? { name, local: claim(name), roles: new Set() };
      file.set(name, used);
      used.roles.add(role);
      return used.local;
    },
    declared: () =>
      new Map(
        [...(files.get('mod')?.values() ?? [])]
          .filter(({ roles }) => rolesIn.declarations.some((role) => roles.has(role)))
          .map(({ local, name }) => [local, name]),
      ),
    print() {
      const printIn = (language: Language) =>
        [...files]
          .map(([path, file]) => [runtime(path), [...file.values()]] as const)
          .toSorted(([a], [b]) => compareNames(a, b))
          .map(([specifier, imports]) => printImport(specifier, imports, language))
          .join('');
      return {
        typescript: printIn('typescript'),
        javascript: printIn('javascript'),
        declarations: printIn('declarations'),
      };
    },
  };
}

const rolesIn: Readonly<Record<Language, readonly ImportRole[]>> = {
  typescript: ['value', 'class', 'type', 'hiddenType'],
  javascript: ['value', 'class'],
  declarations: ['class', 'type'],
};

function printImport(specifier: string, imports: readonly Import[], language: Language): string {
  const present = imports
    .filter(({ roles }) => rolesIn[language].some((role) => roles.has(role)))
    .toSorted((a, b) => compareNames(a.name, b.name));
  if (present.length === 0) return '';
  const isType = ({ roles }: Import) => !roles.has('value') && !roles.has('class');
  const allTypes = present.every(isType);
  const names = present.map((each) => {
    const name = each.local === each.name ? each.name : `${each.name} as ${each.local}`;
    return isType(each) && !allTypes ? `type ${name}` : name;
  });
  const start = allTypes ? 'import type' : 'import';
  const onOneLine = `${start} { ${names.join(', ')} } from '${specifier}';\n`;
  if (onOneLine.length <= 111) return onOneLine;
  return `${start} {\n${names.map((name) => `  ${name},\n`).join('')}} from '${specifier}';\n`;
}
