import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { adminsId, aliceId, apply, bobId, someEntries } from '../store/testing/directory/fixtures.ts';
import { openStoreDirectory } from './store-directory.ts';

test('a page of people asks the store for the groups of all of them at once', async () => {
  const store = openSqliteStore(':memory:');
  await apply(store, 'command', someEntries);
  await apply(
    store,
    'command',
    [aliceId, bobId].map((userId) => ({ kind: 'addMembership', userId, groupId: adminsId })),
  );
  const asked: string[] = [];
  const counting = new Proxy(store, {
    get(target, name) {
      asked.push(String(name));
      return Reflect.get(target, name).bind(target);
    },
  });
  const directory = openStoreDirectory({
    ...{ store: counting, audit: { record: assert.fail }, now: () => 0 },
    ...{ host: {} as never, baseUrl: '' },
  });
  const people = await directory.listEntries('user', { limit: 10 });
  assert.deepEqual(
    people.map(({ userName, groups }) => [userName, groups]),
    [
      ['alice', ['admins']],
      ['bob', ['admins']],
    ],
  );
  assert.deepEqual(asked, ['listEntries', 'listGroupNames']);
  await store.close();
});
