import type { Work } from '../sql/work.ts';
import { Batches, type BatchKind, type Write } from './batches.ts';
import type { ConnectionTarget } from './connection-url.ts';
import { type Connections, createConnections } from './connections.ts';
import { type Done, runStatement, runToEnd } from './run-statement.ts';
import { type Row, type Statement, type Value, workStatement } from './statement.ts';
import { Transactions } from './transactions.ts';

/**
 * A PostgreSQL database, as the store asks it: every way in follows the contract of failures (docs/decisions/0031), so a promise
 * that resolves means that it was done, and durably.
 */
export class Database {
  readonly connections: Connections;
  readonly #batches: Batches;
  readonly #transactions: Transactions;

  constructor(target: ConnectionTarget) {
    this.connections = createConnections(target);
    this.#batches = new Batches(this.connections.batches);
    this.#transactions = new Transactions(this.connections.changes);
  }

  /** Reads rows. @throws {StoreUnavailable} */
  async read(statement: Statement, values: readonly Value[]): Promise<readonly Row[]> {
    // PostgreSQL refuses text with U+0000, and keeps none: nothing is to be found by it.
    if (values.some((value) => typeof value === 'string' && value.includes('\0'))) return [];
    return runStatement(this.connections.reads, statement, values);
  }

  /** Runs work that only reads: each of its statements by itself. @throws {StoreUnavailable} */
  async perform<Result>(work: Work<Result>): Promise<Result> {
    let next = work.next();
    while (next.done !== true) {
      const { sql, values } = next.value;
      const statement: Statement = { ...workStatement(sql), kind: 'read', afterLoss: 'repeat' };
      next = work.next(await this.read(statement, values));
    }
    return next.value;
  }

  /**
   * Runs one write by itself. Those that come often go in batches.
   *
   * @returns the rows of its `RETURNING`
   * @throws {StoreUnavailable}
   * @throws {StatementFailure} what it was refused for, for example a constraint
   */
  write(statement: Statement, values: readonly Value[]): Promise<readonly Row[]> {
    return runStatement(this.connections.batches, statement, values);
  }

  /** Runs one write as `write` does, and tells whether an earlier try may have happened. */
  writeOnce(statement: Statement, values: readonly Value[]): Promise<Done> {
    return runToEnd(this.connections.batches, statement, values);
  }

  /** Makes a kind of write that goes in batches; once for each kind. */
  batch<Item>(kind: BatchKind<Item>): Write<Item> {
    return this.#batches.add(kind);
  }

  /** Runs work in a transaction; see `Transactions`. */
  transaction<Result>(begin: () => Work<Result>, afterLoss: Statement['afterLoss']): Promise<Result> {
    return this.#transactions.run(begin, afterLoss);
  }

  /** Finishes what was asked for, then ends the connections. */
  async close(): Promise<void> {
    await Promise.all([this.#batches.finish(), this.#transactions.finish()]);
    await this.connections.close();
  }
}
