import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { get, run, type Work } from '../../packages/server/src/store/sql/work.ts';
import { StoreUnavailable } from '../../packages/server/src/store/store-unavailable.ts';
import { phases } from './harness/cutting-proxy.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';
import { count, countTwice, find, openStoreUnderTest } from './harness/store-under-test.ts';

const ROTATIONS = 300;
const AT_ONCE = 10;

function* countInTransaction(): Work<number | undefined> {
  yield* run('UPDATE session SET generation = generation + 1 WHERE id = ?', 1);
  const row = yield* get<{ generation: number }>('SELECT generation FROM session WHERE id = ?1', 1);
  return row?.generation;
}

/** As a change with an id: the second time it finds that it happened. */
function* changeOnce(id: number): Work<'changed' | 'again'> {
  const earlier = yield* get('SELECT id FROM session WHERE id = ?', id);
  if (earlier !== undefined) return 'again';
  yield* run('INSERT INTO session (id) VALUES (?)', id);
  return 'changed';
}

for (const phase of phases) {
  describe(`a connection that is cut ${phase}`, { skip: skipWithoutPostgresql }, () => {
    test(`${ROTATIONS} rotations, each in a batch that is cut, rise by one generation each`, async () => {
      await using under = await openStoreUnderTest();
      await under.sql(`INSERT INTO session SELECT generate_series(1, ${ROTATIONS})`);
      const written = [];
      for (let first = 1; first <= ROTATIONS; first += AT_ONCE) {
        under.proxy.cutNext(/UPDATE session/, phase);
        const ids = Array.from({ length: AT_ONCE }, (_, index) => first + index);
        written.push(...(await Promise.all(ids.map((id) => under.rotate({ id, generation: 0 })))));
      }
      assert.equal(under.proxy.cuts, ROTATIONS / AT_ONCE);
      const generations = await under.sql(
        'SELECT generation, count(*)::int AS count FROM session GROUP BY generation',
      );
      assert.deepEqual(generations, [{ generation: 1, count: ROTATIONS }]);
      assert.ok(
        written.every(({ afterLoss }) => afterLoss),
        'each says that an earlier try may have happened',
      );
      const done = written.filter(({ row }) => row !== undefined).length;
      if (phase === 'beforeSending') assert.equal(done, ROTATIONS);
      if (phase === 'atAnswer') assert.equal(done, 0, 'none finds its row once the lost try has happened');
    });

    test('a read is repeated', async () => {
      await using under = await openStoreUnderTest();
      await under.sql('INSERT INTO session VALUES (1, 7)');
      under.proxy.cutNext(/SELECT id, generation/, phase);
      const rows = await under.store.read(find, [1]);
      assert.equal(rows[0]?.['generation'], 7);
      assert.equal(under.proxy.cuts, 1);
    });

    test('reads that are in flight on the same connection are repeated, too', async () => {
      await using under = await openStoreUnderTest();
      await under.sql('INSERT INTO session SELECT generate_series(1, 200)');
      under.proxy.cutNext(/SELECT id, generation/, phase);
      const ids = Array.from({ length: 200 }, (_, index) => index + 1);
      const found = await Promise.all(ids.map((id) => under.store.read(find, [id])));
      assert.deepEqual(
        found.map(([row]) => row?.['id']),
        ids,
      );
    });

    test('a write that may not happen twice is not repeated', async () => {
      await using under = await openStoreUnderTest();
      await under.sql('INSERT INTO session VALUES (1)');
      under.proxy.cutNext(/UPDATE session/, phase);
      await assert.rejects(under.store.write(count, [1]), StoreUnavailable);
      // A statement that was sent on may be at work yet: this one waits for its row.
      const [row] = await under.sql('UPDATE session SET salt = NULL WHERE id = 1 RETURNING generation');
      if (phase === 'beforeSending') assert.equal(row?.['generation'], 0);
      if (phase === 'atAnswer') assert.equal(row?.['generation'], 1);
    });

    test('a write that may count twice is repeated', async () => {
      await using under = await openStoreUnderTest();
      await under.sql('INSERT INTO session VALUES (1)');
      under.proxy.cutNext(/UPDATE session/, phase);
      await under.store.write(countTwice, [1]);
      const [row] = await under.sql('SELECT generation FROM session');
      if (phase === 'beforeSending') assert.equal(row?.['generation'], 1);
      if (phase === 'atAnswer') assert.equal(row?.['generation'], 2);
    });

    test('an insert is repeated, and says where its row may be its own', async () => {
      await using under = await openStoreUnderTest();
      under.proxy.cutNext(/INSERT INTO session/, phase);
      const { row, afterLoss } = await under.insert({ id: 1, salt: 'mine' });
      assert.equal(afterLoss, true);
      if (phase === 'beforeSending') assert.notEqual(row, undefined);
      if (phase === 'atAnswer') assert.equal(row, undefined);
      assert.deepEqual(await under.sql('SELECT salt FROM session'), [{ salt: 'mine' }]);
    });

    for (const statement of [/^BEGIN/, /^UPDATE session/, /^SELECT generation/]) {
      test(`a transaction that is cut at ${statement} begins anew, and happens once`, async () => {
        await using under = await openStoreUnderTest();
        await under.sql('INSERT INTO session VALUES (1)');
        under.proxy.cutNext(statement, phase);
        assert.equal(await under.store.transaction(countInTransaction, 'giveUp'), 1);
        assert.equal(under.proxy.cuts, 1);
        assert.deepEqual(await under.sql('SELECT generation FROM session'), [{ generation: 1 }]);
      });
    }

    test('a transaction that is cut at its commit is not repeated without an id', async () => {
      await using under = await openStoreUnderTest();
      await under.sql('INSERT INTO session VALUES (1)');
      under.proxy.cutNext(/^COMMIT/, phase);
      await assert.rejects(under.store.transaction(countInTransaction, 'giveUp'), StoreUnavailable);
      const [row] = await under.sql('UPDATE session SET salt = NULL WHERE id = 1 RETURNING generation');
      if (phase === 'beforeSending') assert.equal(row?.['generation'], 0);
      if (phase === 'atAnswer') assert.equal(row?.['generation'], 1);
    });

    test('a change with an id that is cut at its commit is repeated, and happens once', async () => {
      await using under = await openStoreUnderTest();
      under.proxy.cutNext(/^COMMIT/, phase);
      const outcome = await under.store.transaction(() => changeOnce(1), 'repeat');
      if (phase === 'beforeSending') assert.equal(outcome, 'changed');
      if (phase === 'atAnswer') assert.equal(outcome, 'again');
      assert.deepEqual(await under.sql('SELECT id::int FROM session'), [{ id: 1 }]);
    });
  });
}
