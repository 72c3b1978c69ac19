/** What the engines write differently in SQL. */
export interface Dialect {
  /** The expression of a JSON list of lists, one for each row of `from`: an empty one where there is no row. */
  jsonRows(columns: string, from: string, order: string): string;
  /** The query of the ids in a parameter: a JSON list of UUIDs. Its column is `id`. */
  idsIn(parameter: string): string;
}
