import type { Work, Statement as WorkStatement } from '../sql/work.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { failureKindOf, GIVE_UP_AFTER_MS, StatementFailure, settle } from './failure.ts';
import type { Lane } from './lane.ts';
import type { Link } from './link.ts';
import { asFailure, pause, reach } from './run-statement.ts';
import { type Statement, workStatement } from './statement.ts';

/** Runs transactions one after the other, as all of a process use one connection. */
export class Transactions {
  readonly #lane: Lane;
  #last: Promise<unknown> = Promise.resolve();

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  /**
   * Runs work in a transaction (READ COMMITTED), again from its beginning where others were faster, or where the connection
   * was lost before the commit.
   *
   * @param begin - begins the work; called once a try. A statement that is refused is thrown at it, as a `StatementFailure`: it may
   *   have set a savepoint to go on from
   * @param afterLoss - when the connection is lost at the commit: `repeat` where work that happened before finds that out
   * @throws {StoreUnavailable}
   * @throws whatever the work throws: nothing happened then
   */
  run<Result>(begin: () => Work<Result>, afterLoss: Statement['afterLoss']): Promise<Result> {
    const sinceMs = performance.now();
    const run = this.#last.then(() => this.#run(begin, afterLoss, sinceMs));
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Resolves when all transactions that were asked for have ended. */
  async finish(): Promise<void> {
    await this.#last;
  }

  async #run<Result>(
    begin: () => Work<Result>,
    afterLoss: Statement['afterLoss'],
    sinceMs: number,
  ): Promise<Result> {
    if (performance.now() - sinceMs >= GIVE_UP_AFTER_MS) throw new StoreUnavailable();
    for (let tries = 1; ; tries += 1) {
      const link = await reach(this.#lane);
      let isCommitting = false;
      try {
        await link.command('BEGIN ISOLATION LEVEL READ COMMITTED');
        const result = await drive(link, begin());
        isCommitting = true;
        await commit(link);
        return result;
      } catch (error) {
        await rollBack(link, isCommitting);
        const failure = asFailure(error, link);
        // Before the commit, a lost connection is a transaction that was rolled back.
        const final = settle(
          failure,
          { afterLoss: isCommitting ? afterLoss : 'repeat' },
          { tries, sinceMs },
          performance.now(),
        );
        if (final !== undefined) throw final;
      }
      await pause(tries);
    }
  }
}

async function drive<Result>(link: Link, work: Work<Result>): Promise<Result> {
  let next = work.next();
  while (next.done !== true) {
    let found: unknown;
    try {
      found = await take(link, next.value);
    } catch (error) {
      const isRefused = error instanceof StatementFailure && failureKindOf(error).name === 'refused';
      if (!isRefused) throw error;
      next = work.throw(error);
      continue;
    }
    next = work.next(found);
  }
  return next.value;
}

async function take(link: Link, { sql, values, wants }: WorkStatement): Promise<unknown> {
  const { rows, changes } = await link.run(workStatement(sql), values);
  return wants === 'rows' ? rows : changes;
}

async function commit(link: Link): Promise<void> {
  const { command } = await link.command('COMMIT');
  // PostgreSQL answers so where a statement failed that the work went on after without a savepoint.
  if (command !== 'COMMIT')
    throw new TypeError('The transaction was rolled back: a statement of it had failed');
}

/** A connection that cannot be brought out of the transaction is ended: the server then rolls back. */
async function rollBack(link: Link, isCommitting: boolean): Promise<void> {
  if (isCommitting || !link.isOpen) return;
  await link.command('ROLLBACK').catch(() => link.destroy());
}
