import type { Document, LineCounter } from 'yaml';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { Path } from './settings-tree.ts';
import { yamlErrors } from './yaml-errors.ts';

/** Counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A file that is well-formed YAML. Its content is not validated yet. */
export interface ConfigFile {
  readonly content: unknown;
  /** @returns the position of a key or value; of the nearest one around it when the path does not exist */
  locate(path: Path, part: 'key' | 'value'): Position;
  /** @returns a scalar as the file has it, e.g. a number with its leading zeros; `undefined` when the path has none */
  findSource(path: Path): string | undefined;
}

/** The library, which is imported where there is a file: most commands have none. */
export type Yaml = typeof import('yaml');

/** A text that was parsed as YAML 1.2, which includes JSON. */
export class ParsedYaml {
  readonly #yaml: Yaml;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #name: string;
  readonly #firstLine: number;
  /** Whether the text has a character with which anchors, aliases and tags begin. */
  readonly #hasMarks: boolean;

  /**
   * @param name - of the file, for messages
   * @param firstLine - number of the line in the file with which the text begins
   */
  constructor(yaml: Yaml, text: string, name: string, firstLine = 1) {
    this.#yaml = yaml;
    this.#name = name;
    this.#firstLine = firstLine;
    this.#hasMarks = /[&*!]/.test(text);
    this.#lines = new yaml.LineCounter();
    this.#document = yaml.parseDocument(text, {
      lineCounter: this.#lines,
      logLevel: 'error',
      prettyErrors: false,
      resolveKnownTags: false,
    });
  }

  /** Syntax errors, without the text there, which may be a password. */
  get problems(): readonly ConfigProblem[] {
    const { errors, warnings } = this.#document;
    const problems = [...errors, ...warnings].map(({ code, pos }) =>
      this.#problemAt(pos[0], yamlErrors[code]),
    );
    if (!this.#hasMarks) return problems;
    this.#yaml.visit(this.#document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) !== undefined) return;
        problems.push(this.#problemAt(alias.range?.[0] ?? 0, yamlErrors.BAD_ALIAS));
      },
    });
    return problems;
  }

  /** @returns the line of a node that may depend on the rest of a document: one with an anchor or a tag, or an alias */
  findDependentLine(): number | undefined {
    if (!this.#hasMarks) return undefined;
    let line: number | undefined;
    this.#yaml.visit(this.#document, {
      Node: (_, node) => {
        if (!this.#yaml.isAlias(node) && node.anchor === undefined && node.tag === undefined)
          return undefined;
        line = this.#positionOf(node.range?.[0] ?? 0).line;
        return this.#yaml.visit.BREAK;
      },
    });
    return line;
  }

  /** @throws {ConfigError} when it has too many aliases */
  toContent(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 });
    } catch {
      throw new ConfigError([
        { source: this.#name, message: 'has too many aliases (*name): write the repeated values out' },
      ]);
    }
  }

  /** @returns the position of a key or value; of the nearest one around it when the path does not exist */
  locate(path: Path, part: 'key' | 'value'): Position {
    return this.#positionOf(this.#walk(path, part).offset);
  }

  /** @returns a scalar as the file has it, e.g. a number with its leading zeros; `undefined` when the path has none */
  findSource(path: Path): string | undefined {
    const { node } = this.#walk(path, 'value');
    return this.#yaml.isScalar(node) ? node.source : undefined;
  }

  /** @returns the node at a path, if there is one, and the offset of the last node that was found on the way */
  #walk(path: Path, part: 'key' | 'value'): { readonly node: unknown; readonly offset: number } {
    const { isAlias, isMap, isNode, isSeq } = this.#yaml;
    const startOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, key] of path.entries()) {
      const container = isAlias(node) ? node.resolve(this.#document) : node;
      if (isSeq(container)) {
        node = container.items[Number(key)];
      } else {
        const pair = isMap(container) ? container.items.find((item) => String(item.key) === key) : undefined;
        node = part === 'key' && depth === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
      }
      offset = startOf(node) ?? offset;
    }
    return { node, offset };
  }

  #positionOf(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: line + this.#firstLine - 1, column: col };
  }

  #problemAt(offset: number, message: string): ConfigProblem {
    return { source: this.#name, ...this.#positionOf(offset), message };
  }
}
