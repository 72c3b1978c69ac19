import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EntryPage, ListedOf, NamedKind } from '../../control/command-directory.ts';
import { pagesOf } from '../../control/pages.ts';
import { nameKey } from '../../directory/name-key.ts';
import { entryKey } from '../../store/port/entry-key.ts';
import type { CommandModule } from '../lazy-commands.ts';
import { type Columns, columnsOf } from './columns.ts';
import { describeEntry } from './describe-entry.ts';
import { commandOf, kindNames } from './find-entry.ts';
import { type OpenedDirectory, withDirectory } from './open-directory.ts';
import { tablePrinter } from './render-table.ts';

export interface ListOptions {
  readonly limit?: number;
  readonly after?: string;
  readonly json?: true;
}

/**
 * Adds the options that every list has.
 *
 * @param key - what `--after` takes, e.g. `a user name`
 */
export function addListOptions(command: Command, key: string): Command {
  return command
    .addOption(new Option('--limit <number>', 'list at most so many; default: all').argParser(parseLimit))
    .option('--after <key>', `begin after ${key}; a list that was cut by --limit says which`)
    .option('--json', 'print the list as JSON');
}

function parseLimit(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

/** The command that lists the entries of a kind, of all sources. */
export function listCommand(kind: NamedKind): CommandModule {
  const name = kindNames[kind];
  return {
    define(command) {
      addListOptions(
        command.description(
          `Lists the ${name}s of all sources, by ${kind === 'account' ? 'id' : 'name'}, with the source of each.`,
        ),
        kind === 'account' ? 'an account id' : `the name of a ${name}`,
      )
        .addHelpText(
          'after',
          `
Examples:
  latchkey ${commandOf[kind]} list
  latchkey ${commandOf[kind]} list --limit 50 --json`,
        )
        .action((options: ListOptions) =>
          withDirectory(command, (opened) => printList(opened, [{ kind }], columnsOf[kind], options)),
        );
    },
  };
}

/** A list, or one of several that are printed one after the other. */
export interface ListPart<K extends keyof ListedOf> {
  readonly kind: K;
  readonly of?: NonNullable<EntryPage['of']>;
}

/** Prints a list, page by page: as a table, or as JSON. */
export async function printList<K extends keyof ListedOf>(
  { directory }: Pick<OpenedDirectory, 'directory'>,
  parts: readonly ListPart<K>[],
  columns: Columns<K>,
  { limit = Number.POSITIVE_INFINITY, after, json }: ListOptions,
): Promise<void> {
  const print = json ? jsonPrinter<K>() : rowPrinter(columns);
  let left = limit;
  let lastKey = '';
  for (const { kind, of, after: first } of partsAfter(parts, after)) {
    // One more than is wanted says that there is more.
    for await (const page of pagesOf(directory, kind, { limit: left + 1, of, after: first })) {
      const shown = page.slice(0, left);
      print.page(kind, shown);
      left -= shown.length;
      const last = shown.at(-1);
      if (last !== undefined) lastKey = withKind(parts, kind, entryKey(kind, last));
      if (shown.length === page.length) continue;
      print.end();
      console.error(`There is more: --after '${lastKey.replaceAll("'", "'\\''")}'`);
      return;
    }
  }
  print.end();
}

/** The key of a list of several parts begins with the part. */
function withKind<K extends keyof ListedOf>(parts: readonly ListPart<K>[], kind: K, key: string): string {
  return parts.length > 1 ? `${kind} ${key}` : key;
}

/** The parts that a list has after a key, and the key in the first of them. */
function partsAfter<K extends keyof ListedOf>(
  parts: readonly ListPart<K>[],
  key: string | undefined,
): readonly (ListPart<K> & { readonly after?: string })[] {
  const [first] = parts;
  if (key === undefined || first === undefined) return parts;
  if (parts.length === 1) return [{ ...first, after: nameKey(key) }];
  const index = parts.findIndex(({ kind }) => key.startsWith(`${kind} `));
  return parts
    .slice(Math.max(0, index))
    .map((part, at) =>
      at === 0 && index !== -1 ? { ...part, after: key.slice(part.kind.length + 1) } : part,
    );
}

interface Printer<K extends keyof ListedOf> {
  page(kind: K, entries: readonly ListedOf[K][]): void;
  end(): void;
}

function rowPrinter<K extends keyof ListedOf>({ header, row }: Columns<K>): Printer<K> {
  const table = tablePrinter(header, (line) => void process.stdout.write(`${line}\n`));
  return { page: (_, entries) => table.print(entries.map(row)), end: () => table.print([]) };
}

function jsonPrinter<K extends keyof ListedOf>(): Printer<K> {
  const { row, end } = jsonWriter();
  return {
    page(kind, entries) {
      const describe = describeEntry[kind] as (entry: ListedOf[K]) => unknown;
      for (const entry of entries) row(describe(entry));
    },
    end,
  };
}

/** Writes one JSON list to standard output, an item a line. */
export function jsonWriter(): { readonly row: (item: unknown) => void; readonly end: () => void } {
  let separator = '[\n';
  return {
    row(item) {
      process.stdout.write(`${separator}${JSON.stringify(item)}`);
      separator = ',\n';
    },
    end: () => void process.stdout.write(separator === '[\n' ? '[]\n' : '\n]\n'),
  };
}
