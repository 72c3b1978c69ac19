import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Statement, Work } from '../sql/work.ts';

/** SQL statements of one database that are asked now and then: each is prepared when it is first used, and kept. */
export class PreparedStatements {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Runs work in one go. */
  perform<T>(work: Work<T>): T {
    let step = work.next();
    while (step.done !== true) step = work.next(this.#run(step.value));
    return step.value;
  }

  #run({ sql, values, wants }: Statement): unknown {
    const statement = this.#prepared(sql);
    const parameters = values as readonly SQLInputValue[];
    return wants === 'rows' ? statement.all(...parameters) : Number(statement.run(...parameters).changes);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
