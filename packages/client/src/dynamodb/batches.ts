import type { CallOptions } from '../call-options.ts';
import { ClientError } from '../client-error.ts';
import { type Clock, systemClock } from '../clock.ts';
import { backoffMs } from '../retry/backoff.ts';
import type { Document } from './document.ts';

/** Keys that one BatchGetItem takes, and requests that one BatchWriteItem takes. */
const keysAtOnce = 100;
const writesAtOnce = 25;
/** Answers in a row that did nothing of what was asked, until it is given up. */
const maxIdle = 10;

/** Options of `batchGetAll` and `batchWriteAll`. */
export interface BatchOptions extends CallOptions {
  /** Clock that waits between requests, for tests. */
  readonly clock?: Pick<Clock, 'random' | 'sleep'>;
}

/** What `batchGetAll` reads of each item. */
export interface BatchGetOptions extends BatchOptions {
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [placeholder: string]: string };
}

/** What to write: a whole item to put, or the key of one to delete. */
export type BatchWrite = { readonly put: object } | { readonly delete: object };

/** A document client with `batchGetItem`, so that a module with `actions=BatchGetItem` will do. */
export interface BatchGettingClient {
  batchGetItem(params: never, options?: CallOptions): Promise<object>;
}

/** A document client with `batchWriteItem`. */
export interface BatchWritingClient {
  batchWriteItem(params: never, options?: CallOptions): Promise<object>;
}

/**
 * Reads any number of items of a table by their keys: a hundred a request. Keys that DynamoDB had no room for are asked for
 * again after a delay. Items come in no order, and those that are not there don't come.
 *
 * @param documents made by `documentClient`
 * @param keys plain objects; two equal ones in a hundred are refused by DynamoDB
 * @throws {ClientError} `badResponse` where ten answers in a row have no item, and don't say that there is none
 */
export async function* batchGetAll(
  documents: BatchGettingClient,
  tableName: string,
  keys: Iterable<object> | AsyncIterable<object>,
  { clock = systemClock, signal, timeoutMs, attemptTimeoutMs, ...reading }: BatchGetOptions = {},
): AsyncGenerator<{ [key: string]: Document }, void, undefined> {
  const batchGetItem = documents.batchGetItem.bind(documents) as unknown as (
    params: object,
    options: CallOptions,
  ) => Promise<{
    readonly Responses?: Readonly<Record<string, { [key: string]: Document }[]>> | null;
    readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly object[] }>> | null;
  }>;
  for await (const some of batches(keys, keysAtOnce)) {
    let waiting: readonly object[] = some;
    for (let idle = 0; waiting.length > 0; ) {
      const RequestItems = { [tableName]: { ...reading, Keys: waiting } };
      const answer = await batchGetItem({ RequestItems }, { signal, timeoutMs, attemptTimeoutMs });
      const { Responses, UnprocessedKeys } = answer;
      yield* Responses?.[tableName] ?? [];
      const left = UnprocessedKeys?.[tableName]?.Keys ?? [];
      idle = left.length < waiting.length ? 0 : idle + 1;
      waiting = left;
      if (waiting.length > 0) await pause(idle, waiting.length, clock, signal);
    }
  }
}

/**
 * Puts and deletes any number of items of a table: 25 a request. What DynamoDB had no room for is written again after a delay.
 *
 * @param documents made by `documentClient`
 * @param writes two of the same key in 25 are refused by DynamoDB
 * @throws {ClientError} `badResponse` where ten answers in a row say that nothing was written
 */
export async function batchWriteAll(
  documents: BatchWritingClient,
  tableName: string,
  writes: Iterable<BatchWrite> | AsyncIterable<BatchWrite>,
  { clock = systemClock, ...options }: BatchOptions = {},
): Promise<void> {
  const batchWriteItem = documents.batchWriteItem.bind(documents) as unknown as (
    params: object,
    options: CallOptions,
  ) => Promise<{ readonly UnprocessedItems?: Readonly<Record<string, readonly object[]>> | null }>;
  for await (const some of batches(writes, writesAtOnce)) {
    let waiting: readonly object[] = some.map((write) =>
      'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
    );
    for (let idle = 0; waiting.length > 0; ) {
      const { UnprocessedItems } = await batchWriteItem({ RequestItems: { [tableName]: waiting } }, options);
      const left = UnprocessedItems?.[tableName] ?? [];
      idle = left.length < waiting.length ? 0 : idle + 1;
      waiting = left;
      if (waiting.length > 0) await pause(idle, waiting.length, clock, options.signal);
    }
  }
}

async function* batches<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  size: number,
): AsyncGenerator<readonly Item[], void, undefined> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function pause(
  idle: number,
  left: number,
  clock: Pick<Clock, 'random' | 'sleep'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (idle >= maxIdle) {
    throw new ClientError(
      'badResponse',
      `DynamoDB left ${left} undone in ${maxIdle} answers in a row: it has no capacity for them`,
    );
  }
  await clock.sleep(backoffMs('transient', idle + 1, clock.random(), undefined), signal);
}
