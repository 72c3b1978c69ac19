import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

interface Change {
  run(): void;
  settle(failure: Error | undefined): void;
}

/**
 * Commits changes that are asked for in the same turn of the event loop together: one fsync for many requests. A change
 * that fails is rolled back by itself; a commit that fails, fails every change in it.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  readonly #rollbackTo: StatementSync;
  #changes: Change[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#savepoint = database.prepare('SAVEPOINT change');
    this.#release = database.prepare('RELEASE change');
    this.#rollbackTo = database.prepare('ROLLBACK TO change');
  }

  /** Runs `change` in the next commit; resolves to its result once that is durable. */
  change<T>(change: () => T): Promise<T> {
    return this.#enqueue((attempt) => {
      this.#savepoint.run();
      if (!attempt(change)) this.#rollbackTo.run();
      this.#release.run();
    });
  }

  /**
   * Runs one statement in the next commit. It costs less than a `change`: SQLite takes back by itself what a statement that
   * fails has done, so no savepoint is needed.
   *
   * @returns number of rows that it changed, once that is durable
   */
  run(statement: StatementSync, ...values: readonly SQLInputValue[]): Promise<number> {
    return this.#enqueue((attempt) => {
      attempt(() => Number(statement.run(...values).changes));
    });
  }

  /** @param run - is given a function that runs the change, and says whether the change succeeded */
  #enqueue<T>(run: (attempt: (change: () => T) => boolean) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T;
      let failure: unknown;
      const attempt = (change: () => T) => {
        try {
          result = change();
          return true;
        } catch (error) {
          failure = error;
          // After some errors, a full disk among them, SQLite has rolled everything back by itself.
          if (!this.#database.isTransaction) throw error;
          return false;
        }
      };
      this.#changes.push({
        run: () => run(attempt),
        settle: (commitFailure) => {
          const reason = failure ?? commitFailure;
          if (reason === undefined) resolve(result);
          else reject(reason);
        },
      });
      if (this.#changes.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Commits what has been asked for so far. */
  flush(): void {
    const changes = this.#changes;
    if (changes.length === 0) return;
    this.#changes = [];
    let failure: Error | undefined;
    try {
      this.#begin.run();
      for (const change of changes) change.run();
      this.#commit.run();
    } catch (error) {
      failure = new Error(`The database could not commit: ${(error as Error).message}`, { cause: error });
      if (this.#database.isOpen && this.#database.isTransaction) this.#rollback.run();
    }
    for (const change of changes) change.settle(failure);
  }
}
