import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { findNearMatch } from '../config/near-match.ts';
import type { CommandDirectory } from '../control/command-directory.ts';
import { pagesOf } from '../control/pages.ts';
import { declaredUserId } from '../directory/ids.ts';
import { nameKey } from '../directory/name-key.ts';
import { type ExportOptions, isDisabled } from './export-yaml.ts';

/** A person as a line of CSV (RFC 4180) has them. */
export interface CsvPerson {
  readonly userName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
  readonly id?: string;
  readonly passwordHash?: string;
  /** Number of the line, from 1. */
  readonly line: number;
}

const COLUMNS = ['userName', 'displayName', 'email', 'groups', 'disabled', 'id'] as const;
const CREDENTIALS = 'passwordHash';

/** The text is no CSV of people. The message says where and why. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem';
}

/**
 * Writes people as CSV with a header, in parts: what spreadsheets and scripts read. Further addresses and external ids have
 * no column; the YAML export has them.
 */
export async function* exportPeopleCsv(
  directory: CommandDirectory,
  { withCredentials, onProgress = () => {} }: ExportOptions,
): AsyncGenerator<string> {
  const { instanceId } = await directory.describe();
  yield render([withCredentials ? [...COLUMNS, CREDENTIALS] : [...COLUMNS]]);
  let done = 0;
  for await (const page of pagesOf(directory, 'user')) {
    const users = page.filter(({ leftAtMs }) => leftAtMs === undefined);
    const hashes = withCredentials ? await directory.findPasswordHashes(users.map(({ id }) => id)) : [];
    yield render(
      users.map((user, index) => [
        escapeFormula(user.userName),
        user.displayName === user.userName ? '' : escapeFormula(user.displayName),
        escapeFormula(user.emails.find(({ primary }) => primary)?.address ?? ''),
        escapeFormula(joinGroups(user.groups)),
        isDisabled(user) ? 'true' : '',
        user.id === declaredUserId(instanceId, nameKey(user.userName)) ? '' : user.id,
        ...(withCredentials ? [hashes[index] ?? ''] : []),
      ]),
    );
    done += page.length;
    onProgress(done);
  }
}

/** Cells with spaces at their ends are quoted, or they would be lost. */
function render(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { quoted_match: /^\s|\s$/ });
}

/**
 * A cell that begins like a formula is run by spreadsheets (CWE-1236), so it begins with an apostrophe, which spreadsheets do
 * not show. One more is put before those that are there, so that nothing is lost.
 */
function escapeFormula(cell: string): string {
  return /^'*[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function unescapeFormula(cell: string): string {
  return /^'+[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

/** Names of groups are separated by semicolons; a backslash keeps the character after it as it is. */
function joinGroups(groups: readonly string[]): string {
  return groups.map((name) => name.replaceAll(/[\\;]|^\s|\s$/gu, String.raw`\$&`)).join(';');
}

function splitGroups(cell: string): readonly string[] {
  const names: string[][] = [[]];
  for (const [character] of cell.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (character === ';') names.push([]);
    else names.at(-1)?.push(character);
  }
  return names.map(joinName).filter((name) => name !== '');
}

/** Spaces around a name do not count, unless they have a backslash. */
function joinName(characters: readonly string[]): string {
  const isKept = (character: string) => character.trim() !== '';
  const kept = characters.slice(
    Math.max(0, characters.findIndex(isKept)),
    characters.findLastIndex(isKept) + 1,
  );
  return kept
    .map((character) => (character.length > 1 && character.startsWith('\\') ? character.slice(1) : character))
    .join('');
}

/**
 * Reads people from CSV: a header with `userName` and any of the other columns, in any order, and a line for each person.
 * Cells are separated by commas, or by semicolons or tabs where the header is.
 *
 * @throws {CsvProblem}
 */
export function readPeopleCsv(text: string): readonly CsvPerson[] {
  const [header = ''] = text.split('\n', 1);
  const delimiter = [',', ';', '\t'].find((each) => header.includes(each)) ?? ',';
  let rows: readonly Row[];
  try {
    const options = { bom: true, delimiter, info: true, skip_empty_lines: true, trim: true };
    // With `info`, rows come with it, which the types of the library do not say.
    rows = parse(text, options) as unknown as readonly Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CsvProblem(`line ${error['lines'] ?? '?'}: ${explain(error)}`);
  }
  const [first, ...people] = rows;
  if (first === undefined) {
    throw new CsvProblem(`it is empty: the first line names the columns, such as ${COLUMNS.join(',')}`);
  }
  const columns = first.record.map(toColumn);
  if (!columns.includes('userName')) {
    throw new CsvProblem('the first line names the columns, and userName is not among them');
  }
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new CsvProblem(`there are two columns ${twice}`);
  return people.map(({ record, info }) => toPerson(columns, record, info.lines));
}

interface Row {
  readonly record: readonly string[];
  /** `lines`: number of the last line. */
  readonly info: { readonly lines: number };
}

type Column = (typeof COLUMNS)[number] | typeof CREDENTIALS;

const known: readonly Column[] = [...COLUMNS, CREDENTIALS];

function toColumn(cell: string): Column {
  const simple = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '');
  const column = known.find((each) => simple(each) === simple(cell));
  if (column !== undefined) return column;
  const near = findNearMatch(cell, known);
  throw new CsvProblem(
    `there is no column ${JSON.stringify(cell)}${near === undefined ? `; known are ${known.join(', ')}` : `; did you mean ${near}?`}`,
  );
}

function toPerson(columns: readonly Column[], record: readonly string[], line: number): CsvPerson {
  const cells = new Map(columns.map((column, index) => [column, unescapeFormula(record[index] ?? '')]));
  const cell = (column: Column) => cells.get(column) || undefined;
  const [displayName, email, id, passwordHash] = (
    ['displayName', 'email', 'id', 'passwordHash'] as const
  ).map(cell);
  return {
    userName: cell('userName') ?? '',
    ...(displayName !== undefined && { displayName }),
    ...(email !== undefined && { email }),
    ...(id !== undefined && { id }),
    ...(passwordHash !== undefined && { passwordHash }),
    groups: splitGroups(cell('groups') ?? ''),
    disabled: parseYesOrNo(cell('disabled') ?? '', line),
    line,
  };
}

function parseYesOrNo(cell: string, line: number): boolean {
  if (/^(?:true|yes|1)$/i.test(cell)) return true;
  if (/^(?:false|no|0)?$/i.test(cell)) return false;
  throw new CsvProblem(`line ${line}: disabled: expected true or false, got ${JSON.stringify(cell)}`);
}

/** What is wrong, without the text there, which may be a hash. */
function explain({ code }: CsvError): string {
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return 'it has more or fewer cells than the header';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quotation mark is opened and never closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return 'a cell with quotation marks must be in quotation marks as a whole, those in it doubled';
    default:
      return 'it is no CSV';
  }
}
