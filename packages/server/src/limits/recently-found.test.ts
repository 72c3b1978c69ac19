import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentlyFound } from './recently-found.ts';

test('what was found is not searched for again', () => {
  const clients = new RecentlyFound<{ name: string }>(2);
  const found = { name: 'a client' };
  assert.equal(
    clients.find('key', '192.0.2.1', () => found),
    found,
  );
  assert.equal(
    clients.find('key', '192.0.2.1', () => assert.fail('searched again')),
    found,
  );
});

test('what was not found is searched for each time, and pushes nothing out', () => {
  const clients = new RecentlyFound<{ name: string }>(1);
  const found = { name: 'a client' };
  clients.find('known', '192.0.2.1', () => found);
  let searches = 0;
  for (let i = 0; i < 5; i += 1) {
    clients.find('unknown', '192.0.2.2', () => {
      searches += 1;
      return undefined;
    });
  }
  assert.equal(searches, 5);
  assert.equal(
    clients.find('known', '192.0.2.1', () => undefined),
    found,
  );
});

test('no more is remembered than there is room for', () => {
  const clients = new RecentlyFound<{ name: string }>(2);
  for (const name of ['a', 'b', 'c']) clients.find(name, '192.0.2.1', () => ({ name }));
  const remembered = ['a', 'b', 'c'].filter(
    (name) => clients.find(name, '192.0.2.1', () => undefined) !== undefined,
  );
  assert.deepEqual(remembered, ['b', 'c']);
});

test('an address that finds more than there is room for pushes out its own, and nobody else’s', () => {
  const clients = new RecentlyFound<{ name: string }>(10);
  const others = ['192.0.2.1', '192.0.2.2', '2001:db8:2::1'];
  for (const address of others) clients.find(`of ${address}`, address, () => ({ name: address }));
  for (let index = 0; index < 200; index += 1) {
    clients.find(`${index}`, `2001:db8:1:${index.toString(16)}::1`, () => ({ name: 'a client' }));
  }
  for (const address of others) {
    assert.ok(
      clients.find(`of ${address}`, address, () => undefined),
      address,
    );
  }
});
