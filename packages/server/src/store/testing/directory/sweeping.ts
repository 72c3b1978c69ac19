import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DirectoryStep } from '../../port/directory-change.ts';
import type { Store } from '../../store.ts';
import { START_MS } from '../rows.ts';
import type { StoreTest } from '../store-test.ts';
import {
  adminsId,
  apply,
  assign,
  conflictOf,
  directoryChange,
  newUser,
  READ_ONLY,
  SANDBOX,
  someEntries,
  uuid,
} from './fixtures.ts';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

async function sweepAll(store: Store, nowMs: number): Promise<void> {
  for (let batches = 0; batches < 1000; batches += 1) {
    if ((await store.sweep(nowMs, 4)).finished) return;
  }
  throw new Error('Sweeping never came to its end');
}

/** What the directory forgets in time. */
export function directorySweepingConformance(testStore: StoreTest): void {
  testStore('a user who left is removed after 30 days, unless something is left to them', async (store) => {
    const ids = Array.from({ length: 20 }, (_, index) => uuid(index));
    await apply(store, 'file', [
      ...someEntries,
      ...ids.map(
        (id): DirectoryStep => ({
          kind: 'addUser',
          user: newUser(`u${id}`, { id, passwordHash: '$argon2id$1' }),
        }),
      ),
    ]);
    await apply(store, 'command', [
      { kind: 'addMembership', userId: uuid(1), groupId: adminsId },
      assign({ userId: uuid(2) }, SANDBOX, READ_ONLY),
      { kind: 'blockUser', userId: uuid(4) },
    ]);
    const leave = ids.map((id): DirectoryStep => ({ kind: 'letGo', entry: { kind: 'user', id } }));
    await apply(store, 'file', leave.slice(0, 19));
    await apply(store, 'command', [{ kind: 'setPassword', userId: uuid(3), hash: '$argon2id$2' }]);
    await apply(store, 'file', leave.slice(19), { nowMs: START_MS + 1 });
    const left = async () =>
      (await Promise.all(ids.map((id) => store.findEntry('user', { id })))).flatMap((user) => user?.id ?? []);
    await sweepAll(store, START_MS + MONTH_MS - 1);
    assert.equal((await left()).length, 20);
    await sweepAll(store, START_MS + MONTH_MS);
    assert.deepEqual(await left(), [uuid(1), uuid(2), uuid(3), uuid(4), uuid(19)]);
    const again: DirectoryStep = { kind: 'addUser', user: newUser('new', { id: uuid(0) }) };
    assert.deepEqual(await conflictOf(store, 'file', again), { kind: 'spent', id: uuid(0) });
    await apply(store, 'command', [
      { kind: 'removeMembership', userId: uuid(1), groupId: adminsId },
      { kind: 'setPassword', userId: uuid(3), hash: null },
      { kind: 'unblockUser', userId: uuid(4) },
    ]);
    await sweepAll(store, START_MS + MONTH_MS);
    assert.deepEqual(await left(), [uuid(2), uuid(19)]);
  });

  testStore('users who have not left stay for ever, though disabled', async (store) => {
    await apply(store, 'file', someEntries);
    const [user] = await store.listEntries('user', { limit: 1 });
    await apply(store, 'file', [{ kind: 'changeUser', id: user!.id, values: { status: 'disabled' } }]);
    await sweepAll(store, START_MS + 100 * MONTH_MS);
    assert.equal((await store.countEntries()).user, 2);
  });

  testStore('the outcome of a change is known for 30 days', async (store) => {
    const id = randomUUID();
    const change = directoryChange('command', [{ kind: 'addUser', user: newUser('alice') }], { id });
    const first = await store.changeDirectory(change);
    await sweepAll(store, START_MS + MONTH_MS - 1);
    assert.deepEqual(await store.changeDirectory(change), first);
    await sweepAll(store, START_MS + MONTH_MS);
    assert.equal((await store.changeDirectory(change)).kind, 'refused');
  });
}
