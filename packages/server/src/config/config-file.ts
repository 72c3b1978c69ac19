import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { explainFileError } from '../files/file-error.ts';
import { ConfigError } from './config-error.ts';
import { parseCutText } from './cut-config-file.ts';
import { directoryLists } from './directory-schema.ts';
import { type ConfigFile, ParsedYaml } from './parse-yaml.ts';
import { SettingsText } from './settings-text.ts';

/** Room for 100,000 people with password hashes, twice. */
const MAX_MIB = 64;

/** Syntax errors shown; later ones mostly follow from the first. */
const maxSyntaxErrors = 10;

export interface ConfigText {
  readonly text: string;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly digest: string;
  /** Whether it has password hashes. */
  readonly isSecret: boolean;
  /** The number in the file of a line of the text, from 1. Absent: the same. */
  readonly lineOf?: (line: number) => number;
}

/** Reads the text of a configuration file. @throws {ConfigError} */
export type ReadText = (path: string, source: string, subject?: string) => Promise<ConfigText>;

/**
 * Finds out which content a configuration file has, without holding it in memory.
 *
 * @returns the digest that `readConfigText` gives
 * @throws when it cannot be read
 */
export async function digestConfigFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  return digest.digest('hex');
}

/**
 * Reads the text of a configuration file. The file may be a pipe.
 *
 * @param source - the file as the person would name it, or what named the file, for messages
 * @param subject - the file, with a space behind it, where the source is not the file itself
 * @throws {ConfigError} when it cannot be read, is over 64 MiB, or is not UTF-8
 */
export const readConfigText: ReadText = async (path, source, subject = '') => {
  const pieces: string[] = [];
  const digest = await readPieces(path, { source, subject }, (piece) => pieces.push(piece));
  const text = pieces.join('');
  return { text, digest, isSecret: text.includes('passwordHash') };
};

/**
 * Reads the text of a configuration file in the same way, but leaves out the items of the lists of the directory: a file of
 * 22 MB takes no memory then. Lists that are written in brackets, for example, stay in the text.
 */
export const readSettingsText: ReadText = async (path, source, subject = '') => {
  const settings = new SettingsText(directoryLists);
  const digest = await readPieces(path, { source, subject }, (piece) => settings.add(piece));
  return {
    ...{ text: settings.finish(), digest, isSecret: settings.isSecret },
    lineOf: (line) => settings.lineOf(line),
  };
};

/** @returns the digest of all bytes */
async function readPieces(
  path: string,
  { source, subject }: { readonly source: string; readonly subject: string },
  take: (piece: string) => void,
): Promise<string> {
  const fault = (message: string) => new ConfigError([{ source, message: `${subject}${message}` }]);
  const maxBytes = MAX_MIB * 1024 * 1024;
  const digest = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw fault('is not UTF-8 text');
    }
  };
  let byteLength = 0;
  try {
    for await (const chunk of createReadStream(path, { end: maxBytes }) as AsyncIterable<Buffer>) {
      byteLength += chunk.length;
      if (byteLength > maxBytes)
        throw fault(`is larger than ${MAX_MIB} MiB, the limit of a configuration file`);
      digest.update(chunk);
      take(decode(chunk));
    }
    take(decode());
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw fault(`cannot be read: ${explainFileError(error)}`);
  }
  return digest.digest('hex');
}

export interface ParseOptions {
  /** Lists of the top level that need not be parsed. The content may have them all the same. */
  readonly without?: ReadonlySet<string>;
  /** The number in the file of a line of the text, where it is another one. */
  readonly lineOf?: (line: number) => number;
  /** Where these differ from what is usual. */
  readonly bounds?: Partial<ParseBounds>;
}

interface ParseBounds {
  /** The most items of a list that are parsed at a time. */
  readonly maxItemsAtOnce: number;
  /** The longest text, in characters, that is parsed as a whole, with 140 times as much memory. */
  readonly maxWhole: number;
  /** The longest text that is parsed as a whole where it has syntax errors in one part, to find those in the others. */
  readonly maxWholeForErrors: number;
}

const BOUNDS: ParseBounds = { maxItemsAtOnce: 200, maxWhole: 10_000_000, maxWholeForErrors: 1_000_000 };

/**
 * Parses YAML 1.2, which includes JSON. A block mapping is parsed a part at a time; anything else as a whole.
 *
 * @throws {ConfigError} with the position of each syntax error; of the first one, where the text is very long
 */
export async function parseConfigFile(
  text: string,
  name: string,
  { lineOf, ...options }: ParseOptions = {},
): Promise<ConfigFile> {
  if (lineOf === undefined) return parseText(text, name, options);
  const inFile = <Place extends { readonly line?: number }>(place: Place) =>
    place.line === undefined ? place : { ...place, line: lineOf(place.line) };
  try {
    const parsed = await parseText(text, name, options);
    return { ...parsed, locate: (path, part) => inFile(parsed.locate(path, part)) };
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.problems.map(inFile)) : error;
  }
}

async function parseText(
  text: string,
  name: string,
  { without = new Set(), bounds }: Omit<ParseOptions, 'lineOf'>,
): Promise<ConfigFile> {
  const { maxItemsAtOnce, maxWhole, maxWholeForErrors } = { ...BOUNDS, ...bounds };
  const yaml = await import('yaml');
  const cut = parseCutText(yaml, text, { name, without, maxItemsAtOnce, maxWhole });
  if (cut.kind === 'parsed') return cut.file;
  if (cut.kind === 'wrong' && text.length > maxWholeForErrors) throw new ConfigError([cut.problem]);
  if (cut.kind === 'unsure' && text.length > maxWhole) {
    const message = `with more than ${maxWhole / 1_000_000} MB the file is parsed in parts, which is not possible here: write the keys of the top level plainly and once, in one document, no long list in brackets, and no anchors (&name), aliases (*name) or tags (!name)`;
    throw new ConfigError([{ source: name, line: cut.line, column: 1, message }]);
  }
  const parsed = new ParsedYaml(yaml, text, name);
  const { problems } = parsed;
  if (problems.length > 0) throw new ConfigError(problems.slice(0, maxSyntaxErrors));
  return {
    content: parsed.toContent(),
    locate: (path, part) => parsed.locate(path, part),
    findSource: (path) => parsed.findSource(path),
  };
}
