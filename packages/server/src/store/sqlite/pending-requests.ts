import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { addressBlocks } from '../../limits/address-block.ts';
import { FairShares, type Held } from '../../limits/fair-shares.ts';

interface PendingRequest {
  /** Row id of the authorization. */
  readonly id: number;
  /** Address that the device asked from. */
  readonly address: string;
}

/** Which device requests wait for an answer, divided among the addresses that the devices asked from. */
export class PendingRequests {
  readonly #list: StatementSync;
  readonly #count: StatementSync;
  #shares = new FairShares<PendingRequest>();
  readonly #held = new Map<number, Held<PendingRequest>>();

  constructor(database: DatabaseSync) {
    this.#list = database.prepare('SELECT authorization_id AS id, address FROM device_request ORDER BY id');
    this.#count = database.prepare('SELECT count(*) AS count FROM device_request');
    this.#load();
  }

  /**
   * Adds a request.
   *
   * @param max - the most that may wait
   * @returns the request that has to leave where there are too many: this one, or the newest of a holder that has more
   */
  add(request: PendingRequest, max: number): PendingRequest | undefined {
    const holder = addressBlocks(request.address);
    this.#held.set(request.id, this.#shares.add(holder, request));
    const leaving = this.#shares.size > max ? this.#shares.takeFromLargest('newest', holder) : undefined;
    if (leaving !== undefined) this.#held.delete(leaving.id);
    return leaving;
  }

  /** Removes a request that was answered, or has expired. */
  remove(id: number): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    this.#shares.remove(held);
    this.#held.delete(id);
  }

  /** Reads them anew if the database has another number, as after a change that was rolled back. */
  reconcile(): void {
    const { count } = this.#count.get() as { count: number };
    if (count !== this.#held.size) this.#load();
  }

  #load(): void {
    this.#shares = new FairShares();
    this.#held.clear();
    for (const row of this.#list.iterate()) {
      const { id, address } = row as unknown as PendingRequest;
      this.#held.set(id, this.#shares.add(addressBlocks(address), { id, address }));
    }
  }
}
