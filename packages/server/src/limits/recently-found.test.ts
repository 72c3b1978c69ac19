import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentlyFound } from './recently-found.ts';

test('what was found is not searched for again', () => {
  const clients = new RecentlyFound<{ name: string }>(2);
  const found = { name: 'a client' };
  assert.equal(
    clients.find('key', () => found),
    found,
  );
  assert.equal(
    clients.find('key', () => assert.fail('searched again')),
    found,
  );
});

test('what was not found is searched for each time, and pushes nothing out', () => {
  const clients = new RecentlyFound<{ name: string }>(1);
  const found = { name: 'a client' };
  clients.find('known', () => found);
  let searches = 0;
  for (let i = 0; i < 5; i += 1) {
    clients.find('unknown', () => {
      searches += 1;
      return undefined;
    });
  }
  assert.equal(searches, 5);
  assert.equal(
    clients.find('known', () => undefined),
    found,
  );
});

test('no more is remembered than there is room for', () => {
  const clients = new RecentlyFound<{ name: string }>(2);
  for (const name of ['a', 'b', 'c']) clients.find(name, () => ({ name }));
  const remembered = ['a', 'b', 'c'].filter((name) => clients.find(name, () => undefined) !== undefined);
  assert.deepEqual(remembered, ['b', 'c']);
});
