import type { Dialect } from '../sql/dialect.ts';

export const postgresqlDialect: Dialect = {
  jsonRows(columns, from, order) {
    return `(SELECT coalesce(json_agg(json_build_array(${columns}) ORDER BY ${order}), '[]') FROM ${from})`;
  },
  idsIn(parameter) {
    return `SELECT CAST(value AS uuid) AS id FROM json_array_elements_text(CAST(${parameter} AS json)) AS asked (value)`;
  },
};
