/**
 * The query of the keys of rows that are divided by `holder` (`addressKey`), those first that leave first: the last ones of the
 * holder that has the most.
 *
 * It numbers the rows of each /64, then those of each /56 by these numbers, then those of each /48: the highest numbers are
 * those of the largest holders. An IPv4 address is shorter than any of the prefixes, so it is a holder at each width.
 *
 * @param parts.order - of the rows of a holder: the last ones leave first
 */
export function surplusFirst(parts: {
  readonly table: string;
  readonly condition: string;
  readonly key: string;
  readonly order: string;
}): string {
  const { table, condition, key, order } = parts;
  const columns = [key, ...order.split(', ').map((each) => each.replace(' DESC', ''))];
  const list = [...new Set(columns)].join(', ');
  return `
    SELECT ${key} FROM (
      SELECT ${list}, row_number() OVER (
        PARTITION BY substr(holder, 1, 6) ORDER BY place, ${order}) AS place
      FROM (
        SELECT ${list}, holder, row_number() OVER (
          PARTITION BY substr(holder, 1, 7) ORDER BY place, ${order}) AS place
        FROM (
          SELECT ${list}, holder, row_number() OVER (PARTITION BY holder ORDER BY ${order}) AS place
          FROM ${table} WHERE ${condition}) in_64) in_56) in_48
    ORDER BY place DESC, ${key} DESC`;
}
