import type { CopyNote, TableProgress } from './row-reader.ts';
import type { Table } from './tables.ts';

/** The name of the row of the table of a copy that says what is copied. The others have names of tables. */
const SOURCE = 'source';

/** The rows of the table of a copy, as it begins. */
export function firstNote(source: string, tables: readonly Table[]): readonly (readonly [string, string])[] {
  return [[SOURCE, source], ...tables.map(({ name }) => [name, renderProgress(NOTHING)] as const)];
}

/** What the table of a copy says. @returns absent: it is empty, so that nothing was copied yet */
export function parseNote(
  rows: readonly { readonly name: string; readonly value: string }[],
): CopyNote | undefined {
  const source = rows.find(({ name }) => name === SOURCE);
  if (source === undefined) return undefined;
  const progress = rows.filter(({ name }) => name !== SOURCE);
  return {
    source: source.value,
    tables: Object.fromEntries(progress.map(({ name, value }) => [name, JSON.parse(value) as TableProgress])),
  };
}

export function renderProgress({ rows, sha256, lastKey }: TableProgress): string {
  return JSON.stringify({ rows, sha256, ...(lastKey && { lastKey }) });
}

const NOTHING: TableProgress = { rows: 0, sha256: '00'.repeat(32) };
