import assert from 'node:assert/strict';
import { MINUTE_MS, newAttempt, START_MS } from './rows.ts';
import type { StoreTest } from './store-test.ts';

export function attemptsConformance(testStore: StoreTest): void {
  testStore(
    'attempts are counted from the first on, and begin anew when its window has passed',
    async (store) => {
      const attempts = [newAttempt(2)];
      const take = (nowMs: number) => store.takeAttempt(attempts, nowMs);
      assert.equal(await take(START_MS), undefined);
      assert.equal(await take(START_MS + 30_000), undefined);
      assert.equal(await take(START_MS + 30_000), START_MS + MINUTE_MS);
      assert.equal(await take(START_MS + MINUTE_MS - 1), START_MS + MINUTE_MS);
      assert.equal(await take(START_MS + MINUTE_MS), undefined);
      assert.equal(await take(START_MS + MINUTE_MS), undefined);
      assert.equal(await take(START_MS + MINUTE_MS), START_MS + 2 * MINUTE_MS);
    },
  );

  testStore('attempts at once cannot slip under the limit', async (store) => {
    const attempts = [newAttempt(3)];
    const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeAttempt(attempts, START_MS)));
    assert.equal(taken.filter((untilMs) => untilMs === undefined).length, 3);
  });

  testStore('a clock that is set back lengthens no window that is full', async (store) => {
    const attempts = [newAttempt(1)];
    const take = (nowMs: number) => store.takeAttempt(attempts, nowMs);
    await take(START_MS);
    const setBackMs = START_MS - 60 * MINUTE_MS;
    assert.equal(await take(setBackMs), setBackMs + MINUTE_MS);
    assert.equal(await take(setBackMs + MINUTE_MS - 1), setBackMs + MINUTE_MS);
    assert.equal(await take(setBackMs + MINUTE_MS), undefined);
  });

  testStore('an attempt is taken from every subject or from none', async (store) => {
    const user = newAttempt(1);
    const address = newAttempt(2);
    assert.equal(await store.takeAttempt([user, address], START_MS), undefined);
    assert.equal(await store.takeAttempt([user, address], START_MS), START_MS + MINUTE_MS);
    assert.equal(await store.takeAttempt([address], START_MS), undefined, 'the address kept its second one');
    assert.equal(await store.takeAttempt([address], START_MS), START_MS + MINUTE_MS);
  });

  testStore('a refusal names the end of the window that lasts longest', async (store) => {
    const short = newAttempt(1, { windowMs: MINUTE_MS });
    const long = newAttempt(1, { windowMs: 5 * MINUTE_MS });
    await store.takeAttempt([short, long], START_MS);
    assert.equal(await store.takeAttempt([short, long], START_MS), START_MS + 5 * MINUTE_MS);
    assert.equal(
      await store.takeAttempt([short, long], START_MS + 2 * MINUTE_MS),
      START_MS + 5 * MINUTE_MS,
      'the short window has passed',
    );
  });

  testStore('an attempt that turned out well is given back, or all are where asked', async (store) => {
    const address = newAttempt(2);
    const user = newAttempt(2);
    const take = () => store.takeAttempt([address, user], START_MS);
    await take();
    await take();
    const { subject } = address;
    await store.returnAttempt([
      { subject, reset: false },
      { subject: user.subject, reset: true },
    ]);
    assert.equal(await take(), undefined);
    assert.equal(await take(), START_MS + MINUTE_MS, 'the address had one back');
    await store.returnAttempt([{ subject, reset: true }]);
    assert.equal(await take(), undefined, 'the user had both back');
    assert.equal(await take(), START_MS + MINUTE_MS);
  });

  testStore('giving back what was never taken gives no credit', async (store) => {
    const attempts = [newAttempt(1)];
    const [first] = attempts;
    assert.ok(first);
    for (const reset of [true, false]) await store.returnAttempt([{ subject: first.subject, reset }]);
    assert.equal(await store.takeAttempt(attempts, START_MS), undefined);
    assert.equal(await store.takeAttempt(attempts, START_MS), START_MS + MINUTE_MS);
  });
}
