import { StoreUnavailable } from '../store-unavailable.ts';
import { failureKindOf, StatementFailure, settle } from './failure.ts';
import type { Lane } from './lane.ts';
import type { Link } from './link.ts';
import type { Row, Statement, Value } from './statement.ts';

/** What became of a statement. */
export interface Done {
  readonly rows: readonly Row[];
  /** Whether an earlier try may have happened without an answer: a write that changed nothing may be that one's repetition. */
  readonly afterLoss: boolean;
}

/**
 * Runs a statement on a lane, again where the contract of failures says so.
 *
 * @throws {StoreUnavailable}
 * @throws {StatementFailure} what the statement itself was refused for
 */
export async function runToEnd(lane: Lane, statement: Statement, values: readonly Value[]): Promise<Done> {
  const sinceMs = performance.now();
  let afterLoss = false;
  for (let tries = 1; ; tries += 1) {
    const link = await reach(lane);
    try {
      const { rows } = await link.run(statement, values);
      return { rows, afterLoss };
    } catch (error) {
      const failure = asFailure(error, link);
      const final = settle(failure, statement, { tries, sinceMs }, performance.now());
      if (final !== undefined) throw final;
      afterLoss ||= failureKindOf(failure).name === 'lost';
    }
    await pause(tries);
  }
}

/** Runs a statement as `runToEnd` does. @returns its rows */
export async function runStatement(
  lane: Lane,
  statement: Statement,
  values: readonly Value[],
): Promise<readonly Row[]> {
  const { rows } = await runToEnd(lane, statement, values);
  return rows;
}

/** A connection of the lane. @throws {StoreUnavailable} */
export async function reach(lane: Pick<Lane, 'link'>): Promise<Link> {
  try {
    return await lane.link();
  } catch (error) {
    throw new StoreUnavailable({ cause: error });
  }
}

/** What a link threw; a connection that is of no use after it is left. */
export function asFailure(error: unknown, link: Link): StatementFailure {
  if (!(error instanceof StatementFailure)) throw error;
  if (failureKindOf(error).leavesConnection && link.isOpen) link.giveUp();
  return error;
}

const PAUSE_MS = 20;

/** Lets those that were faster finish. Longer each time, and at random, so that two don't meet again. */
export function pause(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries * Math.random()));
}
