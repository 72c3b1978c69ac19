import { compareNames } from '../names.ts';
import type { Piece } from './piece.ts';

/**
 * Use of an import. It decides in which texts the import is printed:
 * - `value`: in expressions (TypeScript, JavaScript)
 * - `class`: in expressions and types (all three)
 * - `type`: in types (TypeScript, declarations)
 * - `hiddenType`: in types that the module does not export (TypeScript)
 */
export type ImportRole = 'value' | 'class' | 'type' | 'hiddenType';

/** Collects a module's imports from the runtime while the module is emitted. */
export interface Imports {
  /**
   * Adds an import.
   *
   * @param path path of the runtime file, without extension. Default: `mod`
   * @returns local name of the import in the module
   */
  use(role: ImportRole, name: string, path?: string): string;
  print(): Piece;
  /** Imports from `mod` in the declarations: exported name by local name. */
  declared(): ReadonlyMap<string, string>;
}

type Language = 'typescript' | 'javascript' | 'declarations';

/** Gives the import specifier of a runtime file from its path without extension, e.g. `protocols/rest-json1`. */
export type RuntimeSpecifier = (path: string) => string;

interface Import {
  readonly name: string;
  readonly local: string;
  readonly roles: Set<ImportRole>;
}

/** @param claim reserves local names. An import gets another name where a shape has its name */
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
