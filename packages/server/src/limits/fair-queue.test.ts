import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBlocks } from './address-block.ts';
import { FairQueue } from './fair-queue.ts';

const push = (queue: FairQueue<string>, address: string, item = address) =>
  queue.push(addressBlocks(address), item).leaving;

test('one address waits for no more than its share, while there is room for others', () => {
  const queue = new FairQueue<string>({ maxWaiting: 10, maxWaitingPerAddress: 2 });
  assert.deepEqual(
    ['a', 'b', 'c'].map((item) => push(queue, '192.0.2.1', item)),
    [undefined, undefined, 'c'],
  );
  assert.equal(push(queue, '192.0.2.2'), undefined);
  assert.equal(queue.size, 3);
});

test('an address without a place in a full queue takes that of the newest of the largest holder', () => {
  const queue = new FairQueue<string>({ maxWaiting: 3, maxWaitingPerAddress: 2 });
  push(queue, '192.0.2.1', 'a');
  push(queue, '192.0.2.1', 'b');
  push(queue, '192.0.2.2');
  assert.equal(push(queue, '192.0.2.3'), 'b');
  assert.equal(push(queue, '192.0.2.4'), '192.0.2.4', 'nobody has more than it would');
  assert.deepEqual(
    Array.from({ length: 4 }, () => queue.takeTurn()),
    ['a', '192.0.2.2', '192.0.2.3', undefined],
  );
});

test('however others fill the queue, an address with no place gets one as soon as any holder has two', () => {
  const strangers = fc.array(fc.tuple(fc.nat(20), fc.nat(3)), { maxLength: 200 });
  fc.assert(
    fc.property(strangers, (others) => {
      const queue = new FairQueue<string>({ maxWaiting: 30, maxWaitingPerAddress: 4 });
      for (const [network, host] of others) push(queue, `2001:db8:${network.toString(16)}:${host}::1`);
      assert.ok(queue.size <= 30);
      const dropped = push(queue, '192.0.2.1');
      assert.notEqual(dropped, '192.0.2.1', '21 holders leave room for one more among 30');
      const turns = Array.from({ length: queue.size }, () => queue.takeTurn());
      assert.ok(turns.slice(0, 22).includes('192.0.2.1'), 'after one turn of each of the others');
    }),
  );
});
