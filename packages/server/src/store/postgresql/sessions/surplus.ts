/**
 * The query of the keys of rows that are too many, of a table that is divided by `holder` (`addressKey`): the last ones of the holder
 * that has the most go first. They are counted by the same statement, so that two processes that remove them one after the other
 * remove no more than one does; rows that another one holds are left to it.
 *
 * It numbers the rows of each /64, then those of each /56 by these numbers, then those of each /48: the highest numbers are
 * those of the largest holders. An IPv4 address is shorter than any of the prefixes, so it is a holder at each width.
 *
 * @param parts.order - of the rows of a holder: the last ones leave first
 * @param parts.most - how many rows may stay: a parameter of the statement
 */
export function surplusRows(parts: {
  readonly table: string;
  readonly condition: string;
  readonly key: string;
  readonly order: string;
  readonly most: string;
}): string {
  const { table, condition, key, order, most } = parts;
  const columns = [key, ...order.split(', ').map((each) => each.replace(' DESC', ''))];
  const list = [...new Set(columns)].join(', ');
  return `
    SELECT ${key} FROM ${table} WHERE ${key} IN (
      SELECT ${key} FROM (
        SELECT ${key}, row_number() OVER (ORDER BY place DESC, ${key} DESC) AS leaves, count(*) OVER () AS present
        FROM (
          SELECT ${list}, row_number() OVER (
            PARTITION BY substr(holder, 1, 6) ORDER BY place, ${order}) AS place
          FROM (
            SELECT ${list}, holder, row_number() OVER (
              PARTITION BY substr(holder, 1, 7) ORDER BY place, ${order}) AS place
            FROM (
              SELECT ${list}, holder, row_number() OVER (PARTITION BY holder ORDER BY ${order}) AS place
              FROM ${table} WHERE ${condition}) in_64) in_56) in_48) ranked
      WHERE leaves <= present - ${most})
    ORDER BY ${key} FOR UPDATE SKIP LOCKED`;
}
