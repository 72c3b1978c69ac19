import { StoreUnavailable } from '../store-unavailable.ts';
import { failureKindOf, GIVE_UP_AFTER_MS, StatementFailure, settle, type Tried } from './failure.ts';
import type { Lane } from './lane.ts';
import type { Link } from './link.ts';
import { asFailure, pause, reach } from './run-statement.ts';
import type { Row, Statement, Value } from './statement.ts';

/** A kind of write, many of which go into one statement. */
export interface BatchKind<Item> {
  /**
   * Takes an array for each value of an item, and makes them rows by `unnest($1::bigint[], …)`, which it sorts by key again: an
   * order that all processes keep is what makes deadlocks rare. It returns the key of each row that was written.
   */
  readonly statement: Statement;
  /** The column of the returned rows that has the key. */
  readonly keyColumn: string;
  /** The key of an item. A batch has each key once; a second item of the key waits for the next batch. */
  readonly key: (item: Item) => number | Uint8Array;
  /** The values of an item, in the order of the parameters. An id of `uuid[]` is given by `uuidInArray`. */
  readonly values: (item: Item) => readonly Value[];
}

/** What became of an item of a batch. */
export interface Written {
  /** The row that the statement returned for the item; `undefined`: its conditions were not met. */
  readonly row: Row | undefined;
  /**
   * Whether an earlier try may have happened without an answer. Where there is no row then, it is not known whether the
   * conditions were never met, or not any more: a read tells.
   */
  readonly afterLoss: boolean;
}

/** Adds an item to the next batch of its kind. @throws {StoreUnavailable} @throws {StatementFailure} of this item */
export type Write<Item> = (item: Item) => Promise<Written>;

const MOST_ROWS = 256;

interface Waiting<Item> extends Tried {
  readonly item: Item;
  readonly key: number | Uint8Array;
  tries: number;
  afterLoss: boolean;
  /** Whether it was in a batch that was refused: then it goes by itself. */
  isAlone: boolean;
  readonly done: PromiseWithResolvers<Written>;
}

/** The items of a kind that are in no batch yet. */
interface Queue<Item> {
  readonly kind: BatchKind<Item>;
  items: Waiting<Item>[];
}

/** The writes of one process, a queue for each kind. Each connection that is free takes the next batch. */
export class Batches {
  readonly #lane: Lane;
  // biome-ignore lint/suspicious/noExplicitAny: a queue gives its items to its own kind alone
  readonly #queues: Queue<any>[] = [];
  readonly #busy: Promise<void>[] = [];
  #turn = 0;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  /** Makes a queue for a kind. */
  add<Item>(kind: BatchKind<Item>): Write<Item> {
    const queue: Queue<Item> = { kind, items: [] };
    this.#queues.push(queue);
    return (item) => {
      const done = Promise.withResolvers<Written>();
      const sinceMs = performance.now();
      queue.items.push({
        item,
        key: kind.key(item),
        tries: 0,
        sinceMs,
        afterLoss: false,
        isAlone: false,
        done,
      });
      this.#wake();
      return done.promise;
    };
  }

  /** Writes what is waiting. */
  async finish(): Promise<void> {
    while (this.#busy.length > 0) await Promise.all(this.#busy);
  }

  /** Lets a connection begin that has no batch. */
  #wake(): void {
    if (this.#busy.length === this.#lane.slots.length) return;
    // At the end of this turn, so that what is asked for in it goes together.
    const work: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#work())
      .finally(() => {
        this.#busy.splice(this.#busy.indexOf(work), 1);
        if (this.#queues.some(({ items }) => items.length > 0)) this.#wake();
      });
    this.#busy.push(work);
  }

  async #work(): Promise<void> {
    for (let queue = this.#nextQueue(); queue !== undefined; queue = this.#nextQueue()) {
      let link: Link;
      try {
        link = await reach(this.#lane);
      } catch (error) {
        for (const { done } of queue.items.splice(0)) done.reject(error);
        continue;
      }
      const batch = takeBatch(queue);
      if (batch.length > 0) await this.#write(link, queue, batch);
    }
  }

  /** Kinds take turns. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  #nextQueue(): Queue<any> | undefined {
    for (let tried = 0; tried < this.#queues.length; tried += 1) {
      const queue = this.#queues[this.#turn++ % this.#queues.length]!;
      if (queue.items.length > 0) return queue;
    }
    return undefined;
  }

  async #write<Item>(link: Link, queue: Queue<Item>, batch: readonly Waiting<Item>[]): Promise<void> {
    for (const waiting of batch) waiting.tries += 1;
    try {
      const rows = await send(link, queue.kind, batch);
      for (const { key, afterLoss, done } of batch) done.resolve({ row: rows.get(keyText(key)), afterLoss });
    } catch (error) {
      if (error instanceof StatementFailure) await this.#settle(asFailure(error, link), queue, batch);
      else for (const { done } of batch) done.reject(error);
    }
  }

  /** Does what the contract of failures says, for each item. */
  async #settle<Item>(
    failure: StatementFailure,
    queue: Queue<Item>,
    batch: readonly Waiting<Item>[],
  ): Promise<void> {
    const kind = failureKindOf(failure);
    if (kind.name === 'refused' && batch.length > 1) {
      // One item is to blame, and the others are not. Nothing of the batch has happened.
      for (const waiting of batch) Object.assign(waiting, { isAlone: true, tries: waiting.tries - 1 });
      queue.items.unshift(...batch);
      return;
    }
    const again: Waiting<Item>[] = [];
    for (const waiting of batch) {
      const final = settle(failure, queue.kind.statement, waiting, performance.now());
      if (kind.name === 'lost') waiting.afterLoss = true;
      if (final === undefined) again.push(waiting);
      else waiting.done.reject(final);
    }
    if (again.length === 0) return;
    await pause(again[0]!.tries);
    queue.items.unshift(...again);
  }
}

/** Takes items of different keys from the front of the queue, in the order of their keys. */
function takeBatch<Item>(queue: Queue<Item>): readonly Waiting<Item>[] {
  const taken = new Map<string, Waiting<Item>>();
  const left: Waiting<Item>[] = [];
  const most = queue.items[0]?.isAlone ? 1 : MOST_ROWS;
  for (const waiting of queue.items) {
    if (performance.now() - waiting.sinceMs >= GIVE_UP_AFTER_MS) waiting.done.reject(new StoreUnavailable());
    else if (taken.size === most || taken.has(keyText(waiting.key))) left.push(waiting);
    else taken.set(keyText(waiting.key), waiting);
  }
  queue.items = left;
  return [...taken.values()].sort((a, b) => compareKeys(a.key, b.key));
}

async function send<Item>(
  link: Link,
  { statement, keyColumn, values }: BatchKind<Item>,
  batch: readonly Waiting<Item>[],
): Promise<ReadonlyMap<string, Row>> {
  const rows = batch.map(({ item }) => values(item));
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null));
  const answer = await link.run(statement, columns);
  return new Map(answer.rows.map((row) => [keyText(row[keyColumn] as number | Uint8Array), row]));
}

function keyText(key: number | Uint8Array): string {
  return typeof key === 'number' ? String(key) : Buffer.from(key).toString('hex');
}

function compareKeys(a: number | Uint8Array, b: number | Uint8Array): number {
  return typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : Buffer.compare(a, b);
}
