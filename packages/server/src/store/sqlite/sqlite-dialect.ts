import type { Dialect } from '../sql/dialect.ts';

export const sqliteDialect: Dialect = {
  jsonRows(columns, from, order) {
    return `(SELECT json_group_array(json_array(${columns}) ORDER BY ${order}) FROM ${from})`;
  },
  idsIn(parameter) {
    return `SELECT unhex(replace(value, '-', '')) AS id FROM json_each(${parameter})`;
  },
};
