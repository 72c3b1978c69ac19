import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** SQL statements of one database that are asked now and then: each is prepared when it is first used, and kept. */
export class PreparedStatements {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The first row, if there is one. */
  get<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...parameters) as Row | undefined;
  }

  all<Row>(sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepared(sql).all(...parameters) as Row[];
  }

  /** @returns how many rows changed; those that a cascade removed do not count */
  run(sql: string, ...parameters: readonly SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...parameters).changes);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
