import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PreparedStatements } from '../prepared-statements.ts';
import { deleteUser } from './user-rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long users who left are kept, and the outcomes of changes. */
export const KEPT_MS = 30 * DAY_MS;

/**
 * A walk along the users who left long ago. It removes those to whom nothing is left: no membership, assignment or
 * password of another source, nor a block.
 */
export class LeftUsers {
  readonly #statements: PreparedStatements;
  readonly #next: StatementSync;
  #position: readonly [leftAtMs: number, id: Uint8Array] = START;
  #finished = false;

  constructor(database: DatabaseSync) {
    this.#statements = new PreparedStatements(database);
    this.#next = database.prepare(`
      SELECT left_at_ms, id,
             blocked_by IS NULL
             AND NOT EXISTS (SELECT 1 FROM user_password WHERE user_id = directory_user.id)
             AND NOT EXISTS (SELECT 1 FROM membership WHERE user_id = directory_user.id)
             AND NOT EXISTS (SELECT 1 FROM user_assignment WHERE user_id = directory_user.id)
      FROM directory_user WHERE left_at_ms <= ? AND (left_at_ms, id) > (?, ?) ORDER BY left_at_ms, id LIMIT ?`);
    this.#next.setReturnArrays(true);
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Looks at the next `limit` of them. @returns how many users went */
  advance(nowMs: number, limit: number): number {
    if (this.#finished) return 0;
    const users = this.#next.all(nowMs - KEPT_MS, ...this.#position, limit) as unknown as LeftUser[];
    const unneeded = users.filter(([, , isUnneeded]) => isUnneeded === 1);
    for (const [, id] of unneeded) deleteUser({ statements: this.#statements, nowMs }, id);
    const last = users.at(-1);
    if (last !== undefined) this.#position = [last[0], last[1]];
    this.#finished = users.length < limit;
    return unneeded.length;
  }

  restart(): void {
    this.#position = START;
    this.#finished = false;
  }
}

type LeftUser = readonly [leftAtMs: number, id: Uint8Array, isUnneeded: 0 | 1];

const START: readonly [leftAtMs: number, id: Uint8Array] = [0, Buffer.alloc(0)];
