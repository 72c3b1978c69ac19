import { type HeldRows, placesByHolder } from '../../sql/places-by-holder.ts';

/**
 * The query of the keys of rows that are too many. They are counted by the same statement, so that two processes that remove them
 * one after the other remove no more than one does; rows that another one holds are left to it.
 *
 * @param most - how many rows may stay: a parameter of the statement
 */
export function surplusRows({ most, ...rows }: HeldRows & { readonly most: string }): string {
  const { table, key } = rows;
  return `
    SELECT ${key} FROM ${table} WHERE ${key} IN (
      SELECT ${key} FROM (
        SELECT ${key}, row_number() OVER (ORDER BY place DESC, ${key} DESC) AS leaves, count(*) OVER () AS present
        FROM (${placesByHolder(rows)}) placed) ranked
      WHERE leaves <= present - ${most})
    ORDER BY ${key} FOR UPDATE SKIP LOCKED`;
}
