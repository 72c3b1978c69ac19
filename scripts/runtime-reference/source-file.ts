import { existsSync, readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

/** A node of the syntax tree (ESTree with TypeScript), read by the names of its members. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tree has over two hundred kinds of nodes, of which few are looked at
  readonly [member: string]: any;
}

/** A declaration of a name; the type and the value of one name are two. */
export interface Declaration {
  readonly file: SourceFile;
  readonly name: string;
  readonly node: SyntaxNode;
  /** Where the statement begins, `export` included: its comment stands before it. */
  readonly start: number;
}

interface Reference {
  readonly file: string;
  readonly name: string;
}

/** A module of the runtime: what it declares, imports and exports. */
export interface SourceFile {
  /** In URLs, below `/v0.4/`: `client/mod.ts`. */
  readonly path: string;
  readonly text: string;
  readonly comments: readonly { readonly start: number; readonly end: number; readonly value: string }[];
  /** By local name. */
  readonly declarations: ReadonlyMap<string, readonly Declaration[]>;
  readonly imports: ReadonlyMap<string, Reference>;
  /** By exported name: a local name, or a name of another file. */
  readonly exports: ReadonlyMap<string, string | Reference>;
}

/** The source files of the runtime, each parsed once. */
export class SourceFiles {
  readonly #packages: URL;
  readonly #files = new Map<string, SourceFile>();

  /** @param packages folder of the packages */
  constructor(packages: URL) {
    this.#packages = packages;
  }

  /** @param path in URLs, below `/v0.4/` */
  read(path: string): SourceFile {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const url = new URL(path.replace('/', '/src/'), this.#packages);
    const file = parse(path, existsSync(url) ? readFileSync(url, 'utf8') : '');
    this.#files.set(path, file);
    return file;
  }

  /** Finds what a file exports under a name, through files that export it again. */
  resolveExport(path: string, name: string): readonly Declaration[] {
    const file = this.read(path);
    const target = file.exports.get(name);
    if (target === undefined) return [];
    return typeof target === 'string'
      ? this.resolveLocal(file, target)
      : this.resolveExport(target.file, target.name);
  }

  /** Finds what a name means in a file. */
  resolveLocal(file: SourceFile, name: string): readonly Declaration[] {
    const own = file.declarations.get(name);
    if (own !== undefined) return own;
    const imported = file.imports.get(name);
    return imported === undefined ? [] : this.resolveExport(imported.file, imported.name);
  }
}

function parse(path: string, text: string): SourceFile {
  const { comments, errors, program } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const declarations = new Map<string, Declaration[]>();
  const imports = new Map<string, Reference>();
  const exports = new Map<string, string | Reference>();
  const file: SourceFile = { path, text, comments, declarations, imports, exports };
  const declare = (node: SyntaxNode, start: number): readonly string[] => {
    const parts: readonly SyntaxNode[] = node.type === 'VariableDeclaration' ? node['declarations'] : [node];
    return parts.flatMap((part) => {
      const name: string | undefined = part['id']?.name;
      if (name === undefined) return [];
      declarations.set(name, [...(declarations.get(name) ?? []), { file, name, node: part, start }]);
      return [name];
    });
  };
  for (const statement of program.body as unknown as readonly SyntaxNode[]) {
    switch (statement.type) {
      case 'ImportDeclaration':
        for (const { imported, local } of statement['specifiers']) {
          if (imported)
            imports.set(local.name, { file: fileOf(statement['source'].value, path), name: imported.name });
        }
        break;
      case 'ExportNamedDeclaration': {
        const { declaration, source, specifiers } = statement;
        if (declaration) for (const name of declare(declaration, statement.start)) exports.set(name, name);
        for (const { exported, local } of specifiers) {
          exports.set(
            exported.name,
            source ? { file: fileOf(source.value, path), name: local.name } : local.name,
          );
        }
        break;
      }
      default:
        declare(statement, statement.start);
    }
  }
  return file;
}

/** @returns the path of an imported file, below `/v0.4/`; of another package than ours, one that no file has */
function fileOf(specifier: string, importer: string): string {
  const [, name, file = 'mod'] = /^@latchkey\/(client|codegen|smithy|wire)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name !== undefined) return `${name}/${file}.ts`;
  return specifier.startsWith('.')
    ? new URL(specifier, `file:///${importer}`).pathname.slice(1)
    : `none/${specifier}`;
}
