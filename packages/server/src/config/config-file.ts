import { createReadStream } from 'node:fs';
import type { Document } from 'yaml';
import { explainFileError } from '../files/file-error.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { Path } from './settings-tree.ts';
import { yamlErrors } from './yaml-errors.ts';

/** A file that is well-formed YAML. Its content is not validated yet. */
export interface ConfigFile {
  readonly content: unknown;
  /** @returns the position of a key or value; of the nearest one around it when the path does not exist */
  locate(path: Path, part: 'key' | 'value'): Position;
  /** @returns a scalar as the file has it, e.g. a number with its leading zeros; `undefined` when the path has none */
  findSource(path: Path): string | undefined;
}

/** Counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const maxBytes = 10 * 1024 * 1024;

/** Syntax errors shown; later ones mostly follow from the first. */
const maxSyntaxErrors = 10;

/**
 * Reads the text of a configuration file. The file may be a pipe.
 *
 * @param source - the file as the person would name it, or what named the file, for messages
 * @param subject - the file, with a space behind it, where the source is not the file itself
 * @throws {ConfigError} when it cannot be read, is over 10 MB, or is not UTF-8
 */
export async function readConfigText(path: string, source: string, subject = ''): Promise<string> {
  const fault = (message: string) => new ConfigError([{ source, message: `${subject}${message}` }]);
  const bytes = await readUpTo(path, maxBytes + 1).catch((error: unknown) => {
    throw fault(`cannot be read: ${explainFileError(error)}`);
  });
  if (bytes.length > maxBytes) throw fault('is larger than 10 MB, the limit of a configuration file');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fault('is not UTF-8 text');
  }
}

/**
 * Parses YAML 1.2, which includes JSON.
 *
 * @throws {ConfigError} with the position of each syntax error, without the text there, which may be a password
 */
export async function parseConfigFile(text: string, name: string): Promise<ConfigFile> {
  const { LineCounter, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    prettyErrors: false,
    resolveKnownTags: false,
  });

  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problemAt = (offset: number, message: string): ConfigProblem => ({
    source: name,
    ...positionOf(offset),
    message,
  });

  const problems = [...document.errors, ...document.warnings].map(({ code, pos }) =>
    problemAt(pos[0], yamlErrors[code]),
  );
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      problems.push(problemAt(alias.range?.[0] ?? 0, yamlErrors.BAD_ALIAS));
    },
  });
  if (problems.length > 0) throw new ConfigError(problems.slice(0, maxSyntaxErrors));

  const startOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);

  /** @returns the node at a path, if there is one, and the offset of the last node that was found on the way */
  const walk = (path: Path, part: 'key' | 'value') => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, key] of path.entries()) {
      const container = isAlias(node) ? node.resolve(document) : node;
      if (isSeq(container)) {
        node = container.items[Number(key)];
      } else {
        const pair = isMap(container) ? container.items.find((item) => String(item.key) === key) : undefined;
        node = part === 'key' && depth === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
      }
      offset = startOf(node) ?? offset;
    }
    return { node, offset };
  };

  return {
    content: toContent(document, name),
    locate: (path, part) => positionOf(walk(path, part).offset),
    findSource(path) {
      const { node } = walk(path, 'value');
      return isScalar(node) ? node.source : undefined;
    },
  };
}

function toContent(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new ConfigError([
      { source: name, message: 'has too many aliases (*name): write the repeated values out' },
    ]);
  }
}

async function readUpTo(path: string, byteLength: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: byteLength - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}
