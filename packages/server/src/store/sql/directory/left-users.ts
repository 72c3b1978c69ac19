import { all, type Work } from '../work.ts';
import { deleteUser } from './user-rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long users who left are kept, and the outcomes of changes. */
export const KEPT_MS = 30 * DAY_MS;

/**
 * A walk along the users who left long ago. It removes those to whom nothing is left: no membership, assignment or
 * password of another source, nor a block.
 */
export class LeftUsers {
  #position: readonly [leftAtMs: number, id: Uint8Array] = START;
  #finished = false;

  get finished(): boolean {
    return this.#finished;
  }

  /** Looks at the next `limit` of them. @returns how many users went */
  *advance(nowMs: number, limit: number): Work<number> {
    if (this.#finished) return 0;
    const users = yield* all<LeftUser>(NEXT, nowMs - KEPT_MS, ...this.#position, limit);
    const unneeded = users.filter(({ needed }) => needed === 0);
    for (const { id } of unneeded) yield* deleteUser({ nowMs }, id);
    const last = users.at(-1);
    if (last !== undefined) this.#position = [last.leftAtMs, last.id];
    this.#finished = users.length < limit;
    return unneeded.length;
  }

  restart(): void {
    this.#position = START;
    this.#finished = false;
  }
}

interface LeftUser {
  readonly id: Uint8Array;
  readonly leftAtMs: number;
  readonly needed: 0 | 1;
}

const START: readonly [leftAtMs: number, id: Uint8Array] = [-1, Buffer.alloc(16)];

const NEXT = `
  SELECT id, left_at_ms AS "leftAtMs",
         CASE WHEN blocked_by IS NOT NULL
           OR EXISTS (SELECT 1 FROM user_password WHERE user_id = directory_user.id)
           OR EXISTS (SELECT 1 FROM membership WHERE user_id = directory_user.id)
           OR EXISTS (SELECT 1 FROM user_assignment WHERE user_id = directory_user.id) THEN 1 ELSE 0 END AS needed
  FROM directory_user WHERE left_at_ms <= ? AND (left_at_ms, id) > (?, ?) ORDER BY left_at_ms, id LIMIT ?`;
