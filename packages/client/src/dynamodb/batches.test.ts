import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testClock } from '../testing/test-clock.ts';
import { batchGetAll, batchWriteAll } from './batches.ts';

const range = (length: number) => Array.from({ length }, (_, id) => ({ id }));

/** Does half of what it is asked to, rounded up, and leaves the rest. */
function halving() {
  const sizes: number[] = [];
  const done: unknown[] = [];
  const half = (all: readonly unknown[]) => {
    sizes.push(all.length);
    const some = all.slice(0, Math.ceil(all.length / 2));
    done.push(...some);
    return [some, all.slice(some.length)] as const;
  };
  return {
    ...{ sizes, done },
    async batchGetItem({ RequestItems: { notes } }: { RequestItems: { notes: { Keys: unknown[] } } }) {
      const [some, left] = half(notes.Keys);
      return {
        Responses: { notes: some },
        UnprocessedKeys: left.length > 0 ? { notes: { Keys: left } } : {},
      };
    },
    async batchWriteItem({ RequestItems: { notes } }: { RequestItems: { notes: unknown[] } }) {
      const [, left] = half(notes);
      return { UnprocessedItems: left.length > 0 ? { notes: left } : {} };
    },
  };
}

test('batchGetAll asks for a hundred keys at once, and again for those that are left', async () => {
  const documents = halving();
  const clock = testClock();
  const items = await Array.fromAsync(batchGetAll(documents, 'notes', range(102), { clock }));
  assert.deepEqual(items, range(102));
  assert.deepEqual(documents.sizes, [100, 50, 25, 12, 6, 3, 1, 2, 1]);
  assert.equal(clock.sleeps.length, 7);
});

test('batchWriteAll writes 25 at once, and again what is left', async () => {
  const documents = halving();
  const clock = testClock();
  async function* writes() {
    yield { put: { id: 1 } };
    for (const key of range(25)) yield { delete: key };
  }
  await batchWriteAll(documents, 'notes', writes(), { clock });
  assert.deepEqual(documents.sizes, [25, 12, 6, 3, 1, 1]);
  assert.deepEqual(documents.done[0], { PutRequest: { Item: { id: 1 } } });
  assert.deepEqual(documents.done[1], { DeleteRequest: { Key: { id: 0 } } });
});

test('a batch of which nothing is done in ten answers in a row is given up, after longer and longer waits', async () => {
  const idle = {
    batchGetItem: async ({ RequestItems }: { RequestItems: object }) => ({ UnprocessedKeys: RequestItems }),
  };
  const clock = testClock();
  const reading = Array.fromAsync(batchGetAll(idle, 'notes', range(3), { clock }));
  await assert.rejects(reading, { code: 'badResponse', message: /left 3 undone in 10 answers/ });
  assert.deepEqual(clock.sleeps.slice(0, 4), [200, 400, 800, 1600]);
  assert.equal(clock.sleeps.length, 9);
});
