import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { DirectoryChange } from '../../packages/server/src/store/port/directory-change.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { Database } from '../../packages/server/src/store/postgresql/database.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import { PostgresqlKeys } from '../../packages/server/src/store/postgresql/postgresql-keys.ts';
import { knownStatements } from '../../packages/server/src/store/postgresql/statement.ts';
import type { Approval, Store } from '../../packages/server/src/store/store.ts';
import { StoreUnavailable } from '../../packages/server/src/store/store-unavailable.ts';
import { directoryChange, newUser } from '../../packages/server/src/store/testing/directory/fixtures.ts';
import { directoryHistoryConformance } from '../../packages/server/src/store/testing/directory/history.ts';
import {
  approveOnTheSpot,
  askFromDevice,
  codeBinding,
  MINUTE_MS,
  newAnswer,
  newAttempt,
  newAuthorization,
  newDeviceRequest,
  newSignInSession,
  redeem,
  rotate,
  START_MS,
  signInAlice,
  startSession,
} from '../../packages/server/src/store/testing/rows.ts';
import { type CuttingProxy, type Phase, phases, startCuttingProxy } from './harness/cutting-proxy.ts';
import { emptyDatabase, newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

/** What a write needs, and what a test looks at. */
interface Stand {
  readonly store: Store;
  readonly keys: PostgresqlKeys;
  readonly alice: Approval;
  /** The first column of the only row. */
  one(text: string, ...values: readonly unknown[]): Promise<unknown>;
}

/** A write of the store, as it is tried with a connection that is cut. */
interface Write {
  readonly name: string;
  /** The statement at which it is cut. */
  readonly cut: RegExp;
  /** Prepares it. @returns the write, and what finds out that it happened once: it is told what the write resolved to */
  readonly prepare: (
    stand: Stand,
  ) => Promise<{ readonly act: () => Promise<unknown>; readonly check: (result: never) => Promise<void> }>;
}

const COUNT_BY_SALT = 'SELECT count(*)::int FROM "authorization" WHERE salt = $1';

const transactionCuts: readonly (readonly [string, RegExp])[] = [
  ['its beginning', /^BEGIN/],
  ['its commit', /^COMMIT/],
];

const writes: readonly Write[] = [
  {
    name: 'a sign-in',
    cut: /^INSERT INTO sign_in_session/,
    async prepare({ store, one }) {
      const session = newSignInSession();
      return {
        act: () => store.insertSignInSession(session),
        async check(id: number) {
          assert.equal((await store.findSignInSession(id))?.createdAtMs, START_MS);
          assert.equal(
            await one('SELECT count(*)::int FROM sign_in_session WHERE salt = $1', session.salt),
            1,
          );
        },
      };
    },
  },
  ...[...transactionCuts, ['the end of the other', /^UPDATE sign_in_session/] as const].map(
    ([where, cut]): Write => ({
      name: `a sign-in in place of another, cut at ${where}`,
      cut,
      async prepare({ store, one }) {
        const before = await signInAlice(store);
        const id = await startSession(store, before);
        const session = newSignInSession({ userVersion: before.userVersion });
        return {
          act: () => store.insertSignInSession(session, [before.signInSessionId]),
          async check(newId: number) {
            const count = await one(
              'SELECT count(*)::int FROM sign_in_session WHERE salt = $1',
              session.salt,
            );
            assert.equal(count, 1);
            assert.equal((await store.findSignInSession(before.signInSessionId))?.endedAtMs, START_MS);
            const found = await store.findAuthorization(id);
            assert.ok(found?.state === 'active');
            assert.deepEqual([found.signInSessionId, found.endedAtMs], [newId, null]);
          },
        };
      },
    }),
  ),
  {
    name: 'the start of a device authorization',
    cut: /^INSERT INTO "authorization"/,
    async prepare({ store, one }) {
      const authorization = newAuthorization();
      return {
        act: () => store.insertDeviceRequest(authorization, newDeviceRequest()),
        async check(outcome: Awaited<ReturnType<Store['insertDeviceRequest']>>) {
          assert.ok(outcome.kind === 'inserted');
          assert.equal((await store.findAuthorization(outcome.id))?.state, 'pending');
          assert.equal(await one(COUNT_BY_SALT, authorization.salt), 1);
        },
      };
    },
  },
  {
    name: 'the approval of a device request',
    cut: /UPDATE "authorization" a\s+SET state = 'approved'/,
    async prepare({ store, alice }) {
      const { id } = await askFromDevice(store);
      const answer = newAnswer();
      return {
        act: () => store.approveDeviceRequest(id, alice, answer, START_MS),
        async check(outcome: string) {
          assert.equal(outcome, 'approved');
          assert.equal((await store.findAuthorization(id))?.state, 'approved');
          assert.equal((await store.findAnswer(answer.questionDigests, START_MS))?.authorizationId, id);
        },
      };
    },
  },
  {
    name: 'the denial of a device request',
    cut: /SET state = 'denied'/,
    async prepare({ store }) {
      const { id } = await askFromDevice(store);
      const answer = newAnswer();
      return {
        act: () => store.denyDeviceRequest(id, answer, START_MS),
        async check(isDenied: boolean) {
          assert.equal(isDenied, true);
          assert.equal((await store.findAuthorization(id))?.state, 'denied');
          assert.equal((await store.findAnswer(answer.questionDigests, START_MS))?.decision, 'deny');
        },
      };
    },
  },
  {
    name: 'the approval of a program',
    cut: /INSERT INTO "authorization"/,
    async prepare({ store, alice, one }) {
      const authorization = newAuthorization();
      const answer = newAnswer();
      return {
        act: () => store.insertApprovedAuthorization(authorization, alice, codeBinding, answer),
        async check(outcome: Awaited<ReturnType<Store['insertApprovedAuthorization']>>) {
          assert.ok(outcome.kind === 'approved');
          assert.equal((await store.findAuthorization(outcome.id))?.state, 'approved');
          assert.equal(await one(COUNT_BY_SALT, authorization.salt), 1);
        },
      };
    },
  },
  {
    name: 'the denial of a program',
    cut: /^INSERT INTO answer/,
    async prepare({ store }) {
      const answer = newAnswer();
      return {
        act: () => store.insertDenial(answer, START_MS),
        async check(before: undefined) {
          assert.equal(before, undefined);
          assert.equal((await store.findAnswer(answer.questionDigests, START_MS))?.decision, 'deny');
        },
      };
    },
  },
  {
    name: 'a redemption',
    cut: /SET state = 'active'/,
    async prepare({ store, alice }) {
      const id = await approveOnTheSpot(store, alice);
      return {
        act: () => redeem(store, id),
        async check(isRedeemed: boolean) {
          const found = await store.findAuthorization(id);
          assert.ok(found?.state === 'active');
          assert.deepEqual([isRedeemed, found.generation], [true, 1]);
          assert.equal(await redeem(store, id), false);
        },
      };
    },
  },
  {
    name: 'a rotation',
    cut: /SET generation = t.generation \+ 1/,
    async prepare({ store, alice }) {
      const id = await startSession(store, alice);
      return {
        act: () => rotate(store, id, 1),
        async check(isRotated: boolean) {
          const found = await store.findAuthorization(id);
          assert.ok(found?.state === 'active');
          assert.deepEqual([isRotated, found.generation], [true, 2]);
          assert.equal(await rotate(store, id, 1), false);
        },
      };
    },
  },
  {
    name: 'the end of a session',
    cut: /^UPDATE "authorization" SET ended_at_ms/,
    async prepare({ store, alice }) {
      const id = await startSession(store, alice);
      return {
        act: () => store.endAuthorization(id, START_MS + 1),
        async check(isEnded: boolean) {
          const found = await store.findAuthorization(id);
          assert.ok(found?.state === 'active');
          assert.deepEqual([isEnded, found.endedAtMs], [true, START_MS + 1]);
        },
      };
    },
  },
  {
    name: 'signing out',
    cut: /^UPDATE sign_in_session SET ended_at_ms/,
    async prepare({ store }) {
      const { signInSessionId } = await signInAlice(store);
      return {
        act: () => store.endSignInSession(signInSessionId, START_MS + 1),
        async check(isEnded: boolean) {
          assert.equal(isEnded, true);
          assert.equal((await store.findSignInSession(signInSessionId))?.endedAtMs, START_MS + 1);
        },
      };
    },
  },
  ...[...transactionCuts, ['one of its statements', /^INSERT INTO directory_user/] as const].map(
    ([where, cut]): Write => ({
      name: `a change of the directory with an id, cut at ${where}`,
      cut,
      async prepare({ store }) {
        const userName = `user ${randomUUID()}`;
        const revision = async () => (await store.findSource('command'))?.revision ?? 0;
        const before = await revision();
        const change = directoryChange('command', [{ kind: 'addUser', user: newUser(userName) }], {
          id: randomUUID(),
        });
        return {
          act: () => store.changeDirectory(change),
          async check(outcome: Awaited<ReturnType<Store['changeDirectory']>>) {
            assert.ok(outcome.kind === 'changed');
            assert.deepEqual([outcome.sourceRevision, outcome.results[0]?.did], [before + 1, 'added']);
            assert.equal(await revision(), before + 1);
            assert.notEqual(await store.findUserByName(userName), undefined);
          },
        };
      },
    }),
  ),
  {
    name: 'a walk of the sweeper',
    cut: /DELETE FROM "authorization"/,
    async prepare({ store, one }) {
      const { id } = await askFromDevice(store);
      const { id: live } = await askFromDevice(store, { codeExpiresAtMs: START_MS + 60 * MINUTE_MS });
      return {
        act: async () => {
          while (!(await store.sweep(START_MS + 11 * MINUTE_MS, 1_000)).finished);
        },
        async check() {
          assert.equal(await one('SELECT count(*)::int FROM "authorization" WHERE id = $1', id), 0);
          assert.equal(await one('SELECT count(*)::int FROM "authorization" WHERE id = $1', live), 1);
        },
      };
    },
  },
  {
    name: 'the removal of expired answers',
    cut: /^DELETE FROM answer/,
    async prepare({ store, one }) {
      await store.insertDenial(newAnswer({ expiresAtMs: START_MS + 1 }), START_MS);
      return {
        act: () => store.sweep(START_MS + 2, 1_000),
        async check() {
          assert.equal(
            await one('SELECT count(*)::int FROM answer WHERE expires_at_ms <= $1', START_MS + 2),
            0,
          );
        },
      };
    },
  },
  {
    name: 'the check of the store',
    cut: /^DELETE FROM attempt_window WHERE subject/,
    async prepare({ store, one }) {
      return {
        act: () => store.check(),
        async check() {
          const subject = Buffer.alloc(16);
          assert.equal(await one('SELECT count(*)::int FROM attempt_window WHERE subject = $1', subject), 0);
        },
      };
    },
  },
  {
    name: 'a new key',
    cut: /^INSERT INTO stored_key/,
    async prepare({ keys }) {
      const key = {
        ...{ id: randomBytes(1)[0]!, createdAtMs: START_MS, currentFromMs: START_MS },
        ...{ masterId: randomBytes(8), sealedSecret: randomBytes(60) },
      };
      await keys.removeKey(key.id);
      return {
        act: () => keys.addKey(key),
        async check(isAdded: boolean) {
          assert.equal(isAdded, true);
          const found = (await keys.listKeys()).find(({ id }) => id === key.id);
          assert.deepEqual(found?.sealedSecret, key.sealedSecret);
        },
      };
    },
  },
];

describe('the store, whose connection is cut', { skip: skipWithoutPostgresql }, () => {
  let database: TestDatabase;
  let proxy: CuttingProxy;
  let toKeys: Database;
  let stand: Stand;

  const open = () => openPostgresqlStore(target(), options);
  const target = () => {
    const url = new URL(database.url);
    url.port = String(proxy.port);
    return parseConnectionUrl(url.href);
  };
  const options = {
    ...{ release: 'of tests', now: () => START_MS, onOutdated: assert.fail },
    onFailure: (error: unknown) => assert.fail(String(error)),
  };

  before(async () => {
    database = await newDatabase();
    const { hostname: host, port } = new URL(database.url);
    proxy = await startCuttingProxy({ host, port: Number(port) });
    toKeys = new Database(target());
    const store = await open();
    stand = {
      ...{ store, keys: new PostgresqlKeys(toKeys), alice: await signInAlice(store) },
      async one(text, ...values) {
        const sent = values.map((each) => (each instanceof Uint8Array ? Buffer.from(each) : each));
        const [row] = await database.sql(text, sent);
        return Object.values(row ?? {})[0];
      },
    };
  });
  after(async () => {
    await Promise.all([stand?.store.close(), toKeys?.close()]);
    await proxy?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  /** Cuts the connection once while something is done. */
  async function whileCut<Result>(
    statement: RegExp,
    phase: Phase,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const before = proxy.cuts;
    proxy.cutNext(statement, phase);
    try {
      return await act();
    } finally {
      assert.equal(proxy.cuts, before + 1, 'the connection was cut');
    }
  }

  for (const { name, cut, prepare } of writes) {
    test(`${name}: happens once, and says so, wherever it is cut`, async () => {
      for (const phase of phases) {
        const { act, check } = await prepare(stand);
        await check((await whileCut(cut, phase, act)) as never);
      }
    });
  }

  test('a change of the directory without an id, cut at its commit: the store is unavailable, and it happened once or not at all', async () => {
    const { store } = stand;
    for (const phase of phases) {
      const userName = `user ${randomUUID()}`;
      const change = directoryChange('command', [{ kind: 'addUser', user: newUser(userName) }]);
      await assert.rejects(
        whileCut(/^COMMIT/, phase, () => store.changeDirectory(change)),
        StoreUnavailable,
      );
      const again = await store.changeDirectory(change);
      if (phase === 'beforeSending') assert.equal(again.kind, 'changed');
      if (phase === 'atAnswer') assert.equal(again.kind, 'refused');
    }
  });

  test('an attempt that is taken may count twice, and is allowed', async () => {
    const { store, one } = stand;
    for (const phase of phases) {
      const attempt = newAttempt(5);
      assert.equal(
        await whileCut(/taken AS/, phase, () => store.takeAttempt([attempt], START_MS)),
        undefined,
      );
      const counted = await one(
        'SELECT attempts::int FROM attempt_window WHERE subject = $1',
        attempt.subject,
      );
      if (phase === 'beforeSending') assert.equal(counted, 1);
      if (phase === 'afterSending') assert.ok(counted === 1 || counted === 2);
      if (phase === 'atAnswer') assert.equal(counted, 2);
    }
  });

  test('an attempt is never given back twice: the store is unavailable', async () => {
    const { store, one } = stand;
    for (const phase of phases) {
      const attempt = newAttempt(5);
      for (let taken = 0; taken < 3; taken += 1) await store.takeAttempt([attempt], START_MS);
      const returned = whileCut(/^WITH held AS/, phase, () =>
        store.returnAttempt([{ subject: attempt.subject, reset: false }]),
      );
      await assert.rejects(returned, StoreUnavailable);
      const counted = await one(
        'SELECT attempts::int FROM attempt_window WHERE subject = $1',
        attempt.subject,
      );
      if (phase === 'beforeSending') assert.equal(counted, 3);
      if (phase === 'afterSending') assert.ok(counted === 2 || counted === 3);
      if (phase === 'atAnswer') assert.equal(counted, 2);
    }
  });

  test('every write of the store was cut, or may happen any number of times', () => {
    const uncut = knownStatements()
      .filter(({ kind, name }) => kind === 'write' && !/^(test|work)_/.test(name))
      .filter(({ text }) => !proxy.cutStatements.has(text));
    assert.deepEqual(
      uncut.map(({ name }) => name).toSorted(),
      [
        // Of the schema, whose migrations have tests of their own.
        ...['announce_replica', 'end_migration_lease', 'finish_migration_step', 'forget_replicas'],
        ...['serve_from_step', 'take_migration_lease'],
        // Of a copy, which has cuts of its own.
        ...['insert_copy_note', 'update_copy_note'],
        // They change nothing the second time, and nobody asks how much they changed.
        ...['check_insert', 'insert_instance', 'remove_key', 'replace_key'],
        ...['remove_surplus_attempt_windows', 'remove_surplus_device_requests'],
        ...['sweep_attempt_window', 'sweep_directory_change', 'sweep_role_revocation'],
        ...['sweep_sign_in_session', 'sweep_spent_challenge', 'sweep_one_time_link', 'sweep_notice'],
      ].toSorted(),
    );
  });

  describe('again and again, at statements of all kinds', () => {
    let changes = 0;
    let ordered = 0;
    let cutsBefore = 0;
    /** An empty store, which is cut at about every other change. */
    const openCutting = async (): Promise<Store> => {
      await emptyDatabase(database);
      const { store } = stand;
      return new Proxy(store, {
        get(target, name) {
          if (name === 'close') return async () => undefined;
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          if (name !== 'changeDirectory') return value.bind(target);
          return (change: DirectoryChange) => {
            changes += 1;
            if (ordered === 0) cutsBefore = proxy.cuts;
            // One at a time: what is cut three times is told as unavailable.
            if (proxy.cuts - cutsBefore === ordered) {
              const [statement, phase] = [STATEMENTS[changes % STATEMENTS.length]!, phases[changes % 3]!];
              proxy.cutNext(statement, phase);
              ordered += 1;
            }
            return target.changeDirectory(change);
          };
        },
      });
    };
    directoryHistoryConformance({ open: openCutting }, 5);
    test('they were cut', () => assert.ok(proxy.cuts - cutsBefore > 10, String(proxy.cuts - cutsBefore)));
  });
});

const STATEMENTS = [/^BEGIN/, /^INSERT/, /^COMMIT/, /^SELECT/, /^UPDATE/, /^RELEASE/, /^COMMIT/];
