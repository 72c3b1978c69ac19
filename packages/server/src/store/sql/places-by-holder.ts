/** Rows of a table that are divided by `holder` (`addressKey`). */
export interface HeldRows {
  readonly table: string;
  readonly condition: string;
  readonly key: string;
  /** The order of the rows of a holder: the last ones leave first where there are too many. */
  readonly order: string;
}

/**
 * The query of rows with a `place` each: those with the highest places leave first where there are too many.
 *
 * It numbers the rows of each /64, then those of each /56 by these numbers, then those of each /48: the highest numbers are
 * those of the largest holders. An IPv4 address is shorter than any of the prefixes, so it is a holder at each width.
 */
export function placesByHolder({ table, condition, key, order }: HeldRows): string {
  const columns = [key, ...order.split(', ').map((each) => each.replace(' DESC', ''))];
  const list = [...new Set(columns)].join(', ');
  return `
    SELECT ${list}, row_number() OVER (PARTITION BY substr(holder, 1, 6) ORDER BY place, ${order}) AS place
    FROM (
      SELECT ${list}, holder, row_number() OVER (PARTITION BY substr(holder, 1, 7) ORDER BY place, ${order}) AS place
      FROM (
        SELECT ${list}, holder, row_number() OVER (PARTITION BY holder ORDER BY ${order}) AS place
        FROM ${table} WHERE ${condition}) in_64) in_56`;
}
