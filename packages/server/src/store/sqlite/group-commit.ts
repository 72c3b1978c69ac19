import type { DatabaseSync, StatementSync } from 'node:sqlite';

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
    return new Promise<T>((resolve, reject) => {
      let result: T;
      let failure: unknown;
      this.#changes.push({
        run: () => {
          this.#savepoint.run();
          try {
            result = change();
          } catch (error) {
            failure = error;
            // After some errors, a full disk among them, SQLite has rolled everything back by itself.
            if (!this.#database.isTransaction) throw error;
            this.#rollbackTo.run();
          }
          this.#release.run();
        },
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
