import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddressRate } from './address-rate.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

function countTaken(rate: AddressRate, addresses: readonly string[], nowMs = START_MS): number {
  return addresses.filter((address) => rate.take(address, nowMs)).length;
}

function networks(count: number, prefix: string, step: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}:${(index * step).toString(16)}::1`);
}

test('an address may do something so often at once, and as often again in each minute', () => {
  const rate = new AddressRate({ perMinute: 6, maxBlocks: 100 });
  const address = Array<string>(20).fill('192.0.2.1');
  assert.equal(countTaken(rate, address), 6);
  assert.equal(countTaken(rate, address, START_MS + 10_000), 1);
  assert.equal(countTaken(rate, address, START_MS + 70_000), 6);
  assert.equal(countTaken(rate, ['192.0.2.2']), 1, 'another address has all of its own');
});

test('all of a /56 do something as often as four addresses, all of a /48 as sixteen', () => {
  assert.equal(
    countTaken(new AddressRate({ perMinute: 3, maxBlocks: 100 }), networks(100, '2001:db8:1', 1)),
    12,
  );
  assert.equal(
    countTaken(new AddressRate({ perMinute: 3, maxBlocks: 1000 }), networks(250, '2001:db8:1', 0x100)),
    48,
  );
});

test('an address that is refused takes nothing from its /48', () => {
  const rate = new AddressRate({ perMinute: 1, maxBlocks: 100 });
  countTaken(rate, Array<string>(100).fill('2001:db8:1::1'));
  assert.equal(countTaken(rate, networks(100, '2001:db8:1', 0x100)), 15, 'all of its 16 shares but one');
});
