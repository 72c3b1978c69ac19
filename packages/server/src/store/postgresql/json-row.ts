import type { Row } from './statement.ts';

/** Columns that are read as one. */
export interface JsonRow {
  /** What the statement selects. */
  readonly selected: string;
  /** Reads a row of the statement, by the names of the columns. @throws {RangeError} for a number that is not exact */
  read(row: Row): Row;
}

/**
 * Makes columns one, a JSON array of them, for a statement that comes with every request: `pg` reads a description of each column
 * with each answer, which takes the server's process longer than to parse all of them as JSON.
 *
 * @param columns - SQL by name. JSON has no bytes, so of `bytea` select `encode(column, 'hex')`; `uuid` comes as text
 */
export function jsonRow(columns: Readonly<Record<string, string>>): JsonRow {
  const names = Object.keys(columns);
  return {
    selected: `json_build_array(${Object.values(columns).join(', ')}) AS columns`,
    read(row) {
      const values = JSON.parse(row['columns'] as string) as readonly unknown[];
      const named: Record<string, unknown> = {};
      for (const [index, value] of values.entries()) {
        if (typeof value === 'number' && !Number.isSafeInteger(value))
          throw new RangeError(`Read ${names[index]}: ${value} is not a safe integer`);
        named[names[index]!] = value;
      }
      return named;
    },
  };
}
