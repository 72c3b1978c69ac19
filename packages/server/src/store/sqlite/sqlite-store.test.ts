import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { addressKey } from '../../limits/address-block.ts';
import { storeConformance } from '../conformance.ts';
import type { Store } from '../store.ts';
import {
  askFromDevice,
  findSession,
  MINUTE_MS,
  newAttempt,
  newAuthorization,
  newDeviceRequest,
  newSignInSession,
  rotate,
  START_MS,
  signInAlice,
  startSession,
} from '../testing/rows.ts';
import { isLostDatabase } from './database-file.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = temporaryFolder();
after(() => folder[Symbol.dispose]());
const newFile = () => join(folder.path, `${randomUUID()}.db`);

const pendingBoundLagMs = 0;
storeConformance({
  name: 'SQLite in memory',
  open: (options) => openSqliteStore(':memory:', options),
  pendingBoundLagMs,
});
storeConformance({
  name: 'SQLite on disk',
  open: (options) => openSqliteStore(newFile(), options),
  pendingBoundLagMs,
});

test('what was answered is there after a restart', async () => {
  const file = newFile();
  const before = openSqliteStore(file);
  const approval = await signInAlice(before);
  const id = await startSession(before, approval);
  await rotate(before, id, 1, { nowMs: START_MS + 1, earlierRotationsMs: [START_MS] });
  await before.endSignInSession(approval.signInSessionId, START_MS + 2);
  await before.close();
  const after = openSqliteStore(file);
  const row = await findSession(after, id);
  assert.equal(row.generation, 2);
  assert.deepEqual(row.earlierRotationsMs, [START_MS]);
  assert.equal(row.endedAtMs, START_MS + 2);
  await after.close();
});

test('a restart forgets no attempts and no waiting requests', async () => {
  const file = newFile();
  const attempts = [newAttempt(1)];
  const open = () => openSqliteStore(file, { maxPendingDeviceRequests: 1 });
  const before = open();
  const ask = async (store: Store) =>
    (await store.insertDeviceRequest(newAuthorization(), newDeviceRequest())).kind;
  await before.takeAttempt(attempts, START_MS);
  assert.equal(await ask(before), 'inserted');
  await before.close();
  const after = open();
  assert.equal(await ask(after), 'full');
  assert.equal(await after.takeAttempt(attempts, START_MS + 1), START_MS + MINUTE_MS);
  await after.close();
});

test('a restart forgets neither whose requests wait, nor which of them is the newest', async () => {
  const file = newFile();
  const dropped: string[] = [];
  const open = () =>
    openSqliteStore(file, {
      maxPendingDeviceRequests: 3,
      onDrop: (what, address) => dropped.push(`${what} of ${address}`),
    });
  const ask = async (store: Store, address: string) => {
    const outcome = await store.insertDeviceRequest(newAuthorization(), newDeviceRequest({ address }));
    assert.ok(outcome.kind === 'inserted');
    return outcome.id;
  };
  const before = open();
  const crowd = [];
  for (let i = 0; i < 3; i += 1) crowd.push(await ask(before, '203.0.113.1'));
  await before.close();
  const after = open();
  await ask(after, '192.0.2.1');
  const states = await Promise.all(crowd.map(async (id) => (await after.findAuthorization(id))?.state));
  assert.deepEqual(states, ['pending', 'pending', undefined]);
  assert.deepEqual(dropped, ['deviceAuthorization of 203.0.113.1']);
  await after.close();
});

test('a clock that is set back over a restart gives no id twice', async () => {
  const file = newFile();
  const before = openSqliteStore(file);
  const { signInSessionId } = await signInAlice(before);
  const { id } = await askFromDevice(before);
  await before.close();
  const after = openSqliteStore(file);
  const createdAtMs = START_MS - 60 * MINUTE_MS;
  assert.ok((await signInAlice(after, { createdAtMs })).signInSessionId > Math.max(signInSessionId, id));
  await after.close();
});

test('closing finishes what was asked for', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const inserted = store.insertSignInSession(newSignInSession());
  await store.close();
  const id = await inserted;
  const reopened = openSqliteStore(file);
  assert.notEqual(await reopened.findSignInSession(id), undefined);
  await reopened.close();
});

test('only its owner can read the database, and the log beside it (0600)', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  await signInAlice(store);
  for (const path of [file, `${file}-wal`]) assert.equal(statSync(path).mode & 0o777, 0o600);
  await store.close();
});

test('whether the store can be written is found out by writing', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const onlooker = new DatabaseSync(file);
  const version = () => onlooker.prepare('PRAGMA data_version').get()?.['data_version'];
  const before = version();
  await store.check();
  assert.notEqual(version(), before);
  onlooker.close();
  await store.close();
});

test('what is asked of a closed store fails, and says so', async () => {
  const store = openSqliteStore(newFile());
  await store.close();
  await assert.rejects(store.check(), /could not commit/);
});

/** A store that keeps 100 attempt windows, and an address that has opened so many. */
async function openFull(windows: readonly (readonly [address: string, count: number])[]) {
  const dropped: string[] = [];
  const store = openSqliteStore(':memory:', { maxAttemptWindows: 100, onDrop: (what) => dropped.push(what) });
  for (const [address, count] of windows) {
    const attempts = Array.from({ length: count }, () => newAttempt(1, { holder: addressKey(address) }));
    await store.takeAttempt(attempts, START_MS);
  }
  return { store, dropped };
}

test('of more attempt windows than are kept, the address that opened the most loses some, and no other does', async () => {
  const { store, dropped } = await openFull([['203.0.113.1', 96]]);
  const others = Array.from({ length: 4 }, (_, index) =>
    newAttempt(1, { holder: addressKey(`192.0.2.${index}`), windowMs: MINUTE_MS / 2 }),
  );
  for (const attempt of others) await store.takeAttempt([attempt], START_MS);
  for (let index = 0; index < 500; index += 1) {
    await store.takeAttempt([newAttempt(1, { holder: addressKey('203.0.113.1') })], START_MS);
  }
  for (const attempt of others) {
    assert.equal(await store.takeAttempt([attempt], START_MS), START_MS + MINUTE_MS / 2, 'still counted');
  }
  assert.deepEqual(dropped, Array(500).fill('failureWindow'));
  const { removed } = await store.sweep(START_MS + 2 * MINUTE_MS, 10_000);
  assert.ok(removed <= 100, `${removed} windows were kept`);
  await store.close();
});

test('a guesser does not shake off a window with many attempts by opening others', async () => {
  const { store } = await openFull([['203.0.113.2', 40]]);
  const holder = addressKey('203.0.113.1');
  const guessed = newAttempt(3, { holder });
  for (let tries = 0; tries < 2; tries += 1) await store.takeAttempt([guessed], START_MS);
  for (let index = 0; index < 300; index += 1) await store.takeAttempt([newAttempt(1, { holder })], START_MS);
  assert.equal(await store.takeAttempt([guessed], START_MS), undefined, 'the third');
  assert.equal(await store.takeAttempt([guessed], START_MS), START_MS + MINUTE_MS);
  await store.close();
});

test('a /48 is one holder of attempt windows, and so is a /56 in it, however many networks open them', async () => {
  const { store } = await openFull([]);
  const neighbour = newAttempt(1, { holder: addressKey('2001:db8:1:100::1') });
  const stranger = newAttempt(1, { holder: addressKey('192.0.2.1') });
  for (const attempt of [neighbour, stranger]) await store.takeAttempt([attempt], START_MS);
  for (let index = 0; index < 500; index += 1) {
    const holder = addressKey(`2001:db8:1:${(index % 256).toString(16)}::1`);
    await store.takeAttempt([newAttempt(1, { holder })], START_MS);
  }
  for (const attempt of [neighbour, stranger]) {
    assert.equal(await store.takeAttempt([attempt], START_MS), START_MS + MINUTE_MS, 'still counted');
  }
  await store.close();
});

test('whatever strangers open, addresses with fewer attempt windows than their share keep all', async () => {
  const opened = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 })), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(opened, async (strangers) => {
      const { store } = await openFull([]);
      const own = Array.from({ length: 4 }, () => newAttempt(1, { holder: addressKey('192.0.2.1') }));
      await store.takeAttempt(own, START_MS);
      for (const [host, count] of strangers) {
        const holder = addressKey(`203.0.113.${host}`);
        for (let index = 0; index < count; index += 1) {
          await store.takeAttempt([newAttempt(1, { holder })], START_MS);
        }
      }
      for (const attempt of own)
        assert.equal(await store.takeAttempt([attempt], START_MS), START_MS + MINUTE_MS);
      await store.close();
    }),
    { numRuns: 20 },
  );
});

test('a database is lost when its file is missing, or empty, or nothing was ever put into it', async () => {
  const file = newFile();
  assert.equal(isLostDatabase(file), true);
  writeFileSync(file, '');
  assert.equal(isLostDatabase(file), true);
  const bare = newFile();
  new DatabaseSync(bare).exec('VACUUM');
  assert.equal(isLostDatabase(bare), true);
  writeFileSync(file, 'not a database');
  assert.equal(isLostDatabase(file), false);
});

test('a database is not lost while all of it is in its log, as after a first start that was killed', async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  const copy = newFile();
  for (const end of ['', '-wal']) copyFileSync(file + end, copy + end);
  assert.equal(isLostDatabase(copy), false);
  await store.close();
  assert.equal(isLostDatabase(file), false);
});
