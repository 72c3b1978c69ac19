import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConnectionPool } from './connection-pool.ts';

/** A connection that is open until the pool or its client closes it. */
class Connection extends EventEmitter {
  readonly remoteAddress: string;
  isOpen = true;
  isServed = false;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): this {
    assert.ok(!this.isServed, 'a connection that is served is not closed');
    if (this.isOpen) setImmediate(() => this.emit('close'));
    this.isOpen = false;
    return this;
  }
}

function openPool(max: number) {
  const closed: string[] = [];
  const pool = new ConnectionPool(max, (address) => closed.push(address));
  const enter = (address: string) => {
    const connection = new Connection(address);
    const place = pool.enter(connection as never);
    return { connection, place };
  };
  return { enter, closed };
}

test('however many addresses of a /48 have a connection, it is one of these that is closed for another network', () => {
  const { enter, closed } = openPool(100);
  for (let subnet = 0; subnet < 98; subnet += 1) enter(`2001:db8:1:${subnet.toString(16)}00::1`);
  const one = enter('2001:db8:2::1');
  const other = enter('192.0.2.1');
  for (let last = 2; last < 50; last += 1) enter(`192.0.2.${last}`);
  assert.equal(closed.length, 48);
  assert.ok(closed.every((address) => address.startsWith('2001:db8:1:')));
  assert.ok(one.connection.isOpen && other.connection.isOpen);
});

test('a pool never has more connections than its limit, closes none that is served, and forgets those that are lost', () => {
  const address = fc.constantFrom(
    '192.0.2.1',
    '192.0.2.2',
    '2001:db8::1',
    '2001:db8:0:1::1',
    '2001:db8:1::1',
  );
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ does: fc.constant('enter'), address }) },
    fc.record({ does: fc.constantFrom('serve', 'wait', 'lose'), at: fc.nat() }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (max, steps) => {
      const { enter } = openPool(max);
      const all: ReturnType<typeof enter>[] = [];
      const open = () => all.filter(({ connection }) => connection.isOpen);
      for (const each of steps) {
        if ('address' in each) {
          const before = open().length;
          all.push(enter(each.address));
          assert.equal(open().length, Math.min(before + 1, max), 'a place is used while there is one');
          continue;
        }
        const guest = open()[each.at % Math.max(open().length, 1)];
        if (guest === undefined) continue;
        if (each.does === 'lose') {
          guest.connection.isOpen = false;
          guest.connection.emit('close');
        } else {
          guest.connection.isServed = each.does === 'serve';
          guest.place[guest.connection.isServed ? 'serve' : 'wait']();
        }
      }
    }),
  );
});
