import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { explainFileError } from '../files/file-error.ts';
import { ConfigError } from './config-error.ts';
import { parseCutText } from './cut-config-file.ts';
import { type ConfigFile, ParsedYaml } from './parse-yaml.ts';

/** Room for 100,000 people with password hashes, twice. */
const MAX_MIB = 64;

/** Syntax errors shown; later ones mostly follow from the first. */
const maxSyntaxErrors = 10;

export interface ConfigText {
  readonly text: string;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly digest: string;
}

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
export async function readConfigText(path: string, source: string, subject = ''): Promise<ConfigText> {
  const fault = (message: string) => new ConfigError([{ source, message: `${subject}${message}` }]);
  const maxBytes = MAX_MIB * 1024 * 1024;
  const bytes = await readUpTo(path, maxBytes + 1).catch((error: unknown) => {
    throw fault(`cannot be read: ${explainFileError(error)}`);
  });
  if (bytes.length > maxBytes)
    throw fault(`is larger than ${MAX_MIB} MiB, the limit of a configuration file`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, digest: hash('sha256', bytes) };
  } catch {
    throw fault('is not UTF-8 text');
  }
}

export interface ParseOptions {
  /** Lists of the top level that need not be parsed. The content may have them all the same. */
  readonly without?: ReadonlySet<string>;
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
  { without = new Set(), bounds }: ParseOptions = {},
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

async function readUpTo(path: string, byteLength: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: byteLength - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}
