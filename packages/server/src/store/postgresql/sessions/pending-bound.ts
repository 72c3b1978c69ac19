import type { StoreOptions } from '../../store.ts';
import type { Database } from '../database.ts';
import { readStatement, writeStatement } from '../statement.ts';
import { surplusRows } from './surplus.ts';

/** How old the number of waiting requests may be that an insert relies on. */
const COUNTED_FOR_MS = 5_000;

const countStatement = readStatement(
  'count_device_requests',
  'SELECT count(*) AS count FROM "authorization" WHERE user_code_digest IS NOT NULL',
);

const removeStatement = writeStatement(
  'remove_surplus_device_requests',
  `DELETE FROM "authorization" WHERE state = 'pending' AND id IN (${surplusRows({
    ...{ table: '"authorization"', condition: 'user_code_digest IS NOT NULL', key: 'id', order: 'id' },
    most: '$1',
  })})
   RETURNING address`,
  'repeat',
);

/**
 * Keeps the number of device requests that wait about where it may be. It is counted every five seconds, so it is a soft
 * bound: what was started in between, by any process, is removed at the next count, the newest of the largest holder first.
 */
export class PendingBound {
  readonly #database: Database;
  readonly #options: Required<Pick<StoreOptions, 'maxPendingDeviceRequests' | 'onDrop'>>;
  #countedAtMs = -Infinity;
  #counting: Promise<void> | undefined;

  constructor(
    database: Database,
    options: Required<Pick<StoreOptions, 'maxPendingDeviceRequests' | 'onDrop'>>,
  ) {
    this.#database = database;
    this.#options = options;
  }

  /** Removes what is too much before another request comes in, if it is time to count. */
  async makeRoom(nowMs: number): Promise<void> {
    // A clock that was set back must not stop the counting.
    const isFresh = Math.abs(nowMs - this.#countedAtMs) < COUNTED_FOR_MS;
    if (isFresh) return;
    this.#counting ??= this.#count(nowMs).finally(() => {
      this.#counting = undefined;
    });
    await this.#counting;
  }

  async #count(nowMs: number): Promise<void> {
    const { maxPendingDeviceRequests: max, onDrop } = this.#options;
    const [row] = await this.#database.read(countStatement, []);
    this.#countedAtMs = nowMs;
    if ((row?.['count'] as number) < max) return;
    const rows = await this.#database.write(removeStatement, [max - 1]);
    for (const { address } of rows) onDrop('deviceAuthorization', address as string);
  }
}
