import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { KeyStore } from '../../packages/server/src/keys/key-store.ts';
import type { Keys } from '../../packages/server/src/keys/keys.ts';
import { MasterSecret } from '../../packages/server/src/keys/master-secret.ts';
import { openStoredKeys, resealKeys, type StoredKeys } from '../../packages/server/src/keys/stored-keys.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { Database } from '../../packages/server/src/store/postgresql/database.ts';
import { PostgresqlKeys } from '../../packages/server/src/store/postgresql/postgresql-keys.ts';
import { SchemaKeeper } from '../../packages/server/src/store/postgresql/schema-keeper.ts';
import { newDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');

const master = new MasterSecret(randomBytes(32));
const other = new MasterSecret(randomBytes(32));

type Masters = readonly [MasterSecret, ...MasterSecret[]];

/** A store in which replicas have their keys. */
class Stand {
  nowMs = START_MS;
  readonly #keys: StoredKeys[] = [];
  readonly #databases: Database[] = [];
  readonly #url: string;
  readonly sql: Awaited<ReturnType<typeof newDatabase>>['sql'];
  reads = 0;

  constructor({ url, sql }: Awaited<ReturnType<typeof newDatabase>>) {
    this.#url = url;
    this.sql = sql;
  }

  /** What a process has of the store; counts its readings. */
  connect(): KeyStore {
    const database = new Database(parseConnectionUrl(this.#url));
    this.#databases.push(database);
    const keys = new PostgresqlKeys(database);
    return {
      addKey: (key) => keys.addKey(key),
      replaceKey: (before, key) => keys.replaceKey(before, key),
      removeKey: (id) => keys.removeKey(id),
      listKeys: () => {
        this.reads += 1;
        return keys.listKeys();
      },
    };
  }

  async replica(masters: Masters = [master], store = this.connect()): Promise<StoredKeys> {
    const keys = await openStoredKeys(store, masters, {
      now: () => this.nowMs,
      onFailure: (error) => assert.fail(String(error)),
    });
    this.#keys.push(keys);
    return keys;
  }

  async migrate(): Promise<void> {
    const database = new Database(parseConnectionUrl(this.#url));
    this.#databases.push(database);
    const keeper = new SchemaKeeper(database.connections, {
      ...{ replicaId: randomBytes(16), release: 'test', now: () => this.nowMs },
      onOutdated: assert.fail,
      onFailure: (error) => assert.fail(String(error)),
    });
    await keeper.open();
  }

  async close(): Promise<void> {
    for (const keys of this.#keys) keys.close();
    await Promise.all(this.#databases.map((database) => database.close()));
  }
}

function testKeys(name: string, body: (stand: Stand, t: TestContext) => Promise<void>): void {
  test(name, { skip: skipWithoutPostgresql }, async (t) => {
    await using database = await newDatabase();
    const stand = new Stand(database);
    try {
      await stand.migrate();
      await body(stand, t);
    } finally {
      await stand.close();
    }
  });
}

/** Whether keys take what other keys made. */
function takes(keys: Keys, maker: Keys): boolean {
  return (
    keys.unseal('test', maker.seal('test', Buffer.from('x'))) !== undefined &&
    keys.verifyMac(maker.mac('test', 'x'), 'test', 'x')
  );
}

testKeys(
  'processes that open an empty store at once make one key, and each takes what another made',
  async (stand) => {
    const replicas = await Promise.all(Array.from({ length: 5 }, () => stand.replica()));
    for (const { keys } of replicas) {
      assert.deepEqual(keys.ids, [1]);
      assert.ok(replicas.every((each) => takes(each.keys, keys)));
    }
    const later = await stand.replica();
    assert.ok(takes(later.keys, replicas[0]!.keys));
  },
);

testKeys(
  'processes that find the key to be 90 days old at once make one key, which makes nothing for 5 minutes',
  async (stand) => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => stand.replica()));
    const readAll = () => Promise.all(replicas.map((replica) => replica.read()));
    stand.nowMs += 90 * DAY_MS - 1;
    await readAll();
    assert.ok(replicas.every(({ keys }) => keys.ids.length === 1));
    const before = replicas[0]!.keys.mac('test', 'x');
    stand.nowMs += 1;
    await readAll();
    for (const { keys } of replicas) assert.deepEqual([keys.currentId, keys.ids], [1, [1, 2]]);
    stand.nowMs += 5 * MINUTE_MS;
    await replicas[0]!.read();
    const [ahead, behind] = replicas.map(({ keys }) => keys);
    assert.deepEqual([ahead!.currentId, ahead!.ids, behind!.currentId], [2, [2, 1], 1]);
    assert.ok(takes(ahead!, behind!) && takes(behind!, ahead!), 'also while not all have turned to it');
    await readAll();
    for (const { keys } of replicas) {
      assert.equal(keys.currentId, 2);
      assert.ok(keys.verifyMac(before, 'test', 'x'));
    }
  },
);

testKeys('a key goes 400 days after the one after it was made, and no sooner', async (stand) => {
  const replica = await stand.replica();
  for (let rotation = 1; rotation <= 5; rotation += 1) {
    stand.nowMs += 90 * DAY_MS;
    await replica.read();
  }
  assert.deepEqual(replica.keys.ids.toSorted(), [1, 2, 3, 4, 5, 6], '360 days after');
  stand.nowMs += 90 * DAY_MS;
  await replica.read();
  assert.deepEqual(replica.keys.ids.toSorted(), [2, 3, 4, 5, 6, 7]);
});

testKeys('the keys are read again each minute', async (stand, t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const replica = await stand.replica();
  const reads = stand.reads;
  t.mock.timers.tick(MINUTE_MS - 1);
  assert.equal(stand.reads, reads);
  t.mock.timers.tick(1);
  assert.equal(stand.reads, reads + 1);
  await replica.read();
});

testKeys(
  'an unknown key id has the keys read once, and made-up ids no more than once in 10 seconds',
  async (stand) => {
    const ahead = await stand.replica();
    const behind = await stand.replica();
    stand.nowMs += 90 * DAY_MS;
    await ahead.read();
    const reads = stand.reads;
    assert.equal(behind.keys.learn(1), undefined, 'a known id');
    assert.equal(stand.reads, reads);
    await Promise.all([behind.keys.learn(2), behind.keys.learn(2), behind.keys.learn(77)]);
    assert.deepEqual(behind.keys.ids, [1, 2]);
    assert.equal(stand.reads, reads + 1);
    for (let id = 3; id < 256; id += 1) assert.equal(behind.keys.learn(id), undefined);
    stand.nowMs += 9_999;
    assert.equal(behind.keys.learn(77), undefined);
    stand.nowMs += 1;
    await behind.keys.learn(77);
    assert.equal(stand.reads, reads + 2);
  },
);

testKeys('a master secret that did not seal the keys is refused, with the names of both', async (stand) => {
  await stand.replica();
  await assert.rejects(stand.replica([other]), (error: Error) => {
    assert.equal(error.name, 'MasterSecretError');
    assert.ok(error.message.includes(master.name) && error.message.includes(other.name), error.message);
    return true;
  });
});

testKeys(
  'keys that were sealed anew open with the new master secret alone, and make what they made before',
  async (stand) => {
    const before = await stand.replica();
    stand.nowMs += 90 * DAY_MS;
    await before.read();
    const both = await stand.replica([other, master]);
    assert.equal(await resealKeys(stand.connect(), [other, master]), 2);
    assert.equal(await resealKeys(stand.connect(), [other, master]), 0);
    const after = await stand.replica([other]);
    assert.ok(takes(after.keys, before.keys) && takes(before.keys, after.keys));
    await both.read();
    await assert.rejects(stand.replica([master]), /is sealed under the master secret/);
    await assert.rejects(before.read(), /is sealed under the master secret/);
    assert.ok(takes(after.keys, before.keys), 'it goes on with the keys that it has');
  },
);

testKeys('a key that was put in the place of another in the database is refused', async (stand) => {
  const replica = await stand.replica();
  stand.nowMs += 90 * DAY_MS;
  await replica.read();
  await stand.sql(
    'UPDATE stored_key SET sealed_secret = (SELECT sealed_secret FROM stored_key WHERE id = 1) WHERE id = 2',
  );
  await assert.rejects(stand.replica(), /^MasterSecretError: Key 2 in the store is damaged/);
});

testKeys(
  'a key is added once, and adding the same one again, as after a lost answer, is said to have worked',
  async (stand) => {
    const store = stand.connect();
    const key = {
      ...{ id: 7, createdAtMs: START_MS, currentFromMs: START_MS },
      ...{ masterId: Buffer.from(master.id), sealedSecret: randomBytes(60) },
    };
    assert.equal(await store.addKey(key), true);
    assert.equal(await store.addKey(key), true);
    assert.equal(await store.addKey({ ...key, sealedSecret: randomBytes(60) }), false);
    assert.deepEqual(
      (await store.listKeys()).map((row) => ({ ...row })),
      [key],
    );
    const anew = { ...key, masterId: Buffer.from(other.id), sealedSecret: randomBytes(60) };
    assert.equal(await store.replaceKey(key, anew), true);
    assert.equal(await store.replaceKey(key, anew), true);
    assert.equal(await store.replaceKey(key, { ...anew, sealedSecret: randomBytes(60) }), false);
    assert.deepEqual(
      (await store.listKeys()).map((row) => ({ ...row })),
      [anew],
    );
    await store.removeKey(7);
    assert.deepEqual(await store.listKeys(), []);
  },
);
