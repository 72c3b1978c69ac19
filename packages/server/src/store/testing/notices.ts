import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Notice } from '../port/notices.ts';
import { apply, bobId, someEntries, uuid } from './directory/fixtures.ts';
import { aliceId, START_MS } from './rows.ts';
import type { StoreTest } from './store-test.ts';

const DAY_MS = 86_400_000;

function newNotice(atMs: number, change: Partial<Notice> = {}): Notice {
  return { id: randomUUID(), kind: 'passwordChanged', atMs, detail: '{}', toldAtMs: null, ...change };
}

/** What people are told of: the newest ones of each person, until they were told and beyond. */
export function noticesConformance(testStore: StoreTest): void {
  testStore('notices of a person are listed, the newest first, up to a bound', async (store) => {
    await apply(store, 'command', someEntries);
    const notices = [1, 2, 3, 4].map((ms) => newNotice(START_MS + ms));
    for (const notice of notices) assert.equal(await store.notices.addNotice(aliceId, notice, 3), true);
    assert.deepEqual(
      await store.notices.listNotices(aliceId, { limit: 10 }),
      notices.slice(1).toReversed(),
      'the oldest has gone',
    );
    assert.equal((await store.notices.listNotices(aliceId, { limit: 2 })).length, 2);
    assert.deepEqual(await store.notices.listNotices(bobId, { limit: 10 }), []);
    assert.equal(await store.notices.addNotice(uuid(0x99), newNotice(START_MS), 3), false);
  });

  testStore('notices of which a person was told are listed as such', async (store) => {
    await apply(store, 'command', someEntries);
    const [first, second, third] = [1, 2, 3].map((ms) => newNotice(START_MS + ms)) as [
      Notice,
      Notice,
      Notice,
    ];
    for (const notice of [first, second, third]) await store.notices.addNotice(aliceId, notice, 10);
    await store.notices.addNotice(bobId, newNotice(START_MS), 10);
    const untold = async () =>
      (await store.notices.listNotices(aliceId, { untold: true, limit: 10 })).map(({ id }) => id);
    await store.notices.noteTold(aliceId, { id: second.id }, START_MS + 10);
    assert.deepEqual(await untold(), [third.id, first.id]);
    await store.notices.noteTold(aliceId, { untilMs: START_MS + 2 }, START_MS + 20);
    assert.deepEqual(await untold(), [third.id]);
    const told = (await store.notices.listNotices(aliceId, { limit: 10 })).map(({ toldAtMs }) => toldAtMs);
    assert.deepEqual(told, [null, START_MS + 10, START_MS + 20]);
    assert.equal((await store.notices.listNotices(bobId, { untold: true, limit: 10 })).length, 1);
  });

  testStore('notices go after 90 days, and with their person', async (store) => {
    await apply(store, 'command', someEntries);
    await store.notices.addNotice(aliceId, newNotice(START_MS), 10);
    await store.notices.addNotice(bobId, newNotice(START_MS + 1), 10);
    assert.equal((await store.sweep(START_MS + 90 * DAY_MS, 100)).removed, 1);
    assert.deepEqual(await store.notices.listNotices(aliceId, { limit: 10 }), []);
    await apply(store, 'command', [{ kind: 'removeUser', id: bobId }]);
    assert.deepEqual(await store.notices.listNotices(bobId, { limit: 10 }), []);
  });
}
