import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { contentOf } from '../../packages/server/src/directory/file/testing/directories.ts';
import { createTestContext } from '../../packages/server/src/fixtures/test-context.ts';
import {
  answerDevice,
  askFromDevice as askFromDeviceAs,
  register,
  signInWithDevice,
} from '../../packages/server/src/grants/testing/steps.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import { openSqliteStore } from '../../packages/server/src/store/sqlite/sqlite-store.ts';
import type { Approval, Store } from '../../packages/server/src/store/store.ts';
import {
  ADMIN,
  apply,
  assign,
  directoryChange,
  newUser,
} from '../../packages/server/src/store/testing/directory/fixtures.ts';
import {
  approveOnTheSpot,
  askFromDevice,
  codeBinding,
  findSession,
  MINUTE_MS,
  newAnswer,
  newAttempt,
  newAuthorization,
  newDeviceRequest,
  newSignInSession,
  place,
  START_MS,
  signInAlice,
  startSession,
} from '../../packages/server/src/store/testing/rows.ts';
import { applyFile } from './harness/apply-file.ts';
import { emptyDatabase, newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';
import { call, type Replicas, startReplicas } from './harness/replicas.ts';

const REPLICAS = 3;
/** How many rows the processes meet at, in each race. */
const ROWS = 24;

const redemption = {
  scopes: 'sso:account:access',
  nowMs: START_MS,
  sessionEndsAtMs: START_MS + 60 * MINUTE_MS,
  ...place,
};

describe(`${REPLICAS} processes with one store in PostgreSQL`, { skip: skipWithoutPostgresql }, () => {
  let database: TestDatabase;
  let replicas: Replicas;
  /** The store of this process, by which tests prepare and look. */
  let store: Store;
  let alice: Approval;

  before(async () => {
    database = await newDatabase();
    replicas = await startReplicas(REPLICAS);
    await replicas.open(database.url);
    store = await openPostgresqlStore(parseConnectionUrl(database.url), {
      ...{
        release: 'of tests',
        now: Date.now,
        onOutdated: assert.fail,
        onFailure: (error) => assert.fail(String(error)),
      },
    });
    alice = await signInAlice(store);
  });
  after(async () => {
    await store?.close();
    await replicas?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  const rows = <Row>(make: (row: number) => Promise<Row>) =>
    Promise.all(Array.from({ length: ROWS }, (_, row) => make(row)));
  /** What the processes were told of one row. */
  const ofRow = <Result>(told: readonly (readonly Result[])[], row: number) =>
    told.map((results) => results[row] as Result);
  const countTrue = (results: readonly boolean[]) => results.filter((each) => each).length;

  test('open an empty database at once: each migration is taken once', async () => {
    await using other = await newDatabase();
    await replicas.open(other.url);
    const [state] = await other.sql('SELECT step, migrating_by FROM schema_state');
    const [ours] = await database.sql('SELECT step, migrating_by FROM schema_state');
    assert.deepEqual(state, ours);
    await replicas.open(database.url);
  });

  test('redeem each code: one of them does', async () => {
    const ids = await rows(() => approveOnTheSpot(store, alice));
    const told = await replicas.race(() => ids.map((id) => call('redeemAuthorization', id, redemption)));
    for (const [row, id] of ids.entries()) {
      assert.equal(countTrue(ofRow(told, row)), 1);
      assert.equal((await findSession(store, id)).generation, 1);
    }
  });

  test('rotate the tokens of each session: one of them does', async () => {
    const ids = await rows(() => startSession(store, alice));
    const told = await replicas.race((replica) =>
      ids.map((id) =>
        call('rotateTokens', id, { generation: 1, nowMs: START_MS + replica, earlierRotationsMs: [] }),
      ),
    );
    for (const [row, id] of ids.entries()) {
      assert.equal(countTrue(ofRow(told, row)), 1);
      const { generation, rotatedAtMs } = await findSession(store, id);
      assert.equal(generation, 2);
      assert.equal(
        rotatedAtMs,
        START_MS + ofRow(told, row).indexOf(true),
        'it is the row of the one that did',
      );
    }
  });

  test('end a session and rotate its tokens: it is ended once, and nothing is rotated afterwards', async () => {
    const ids = await rows(() => startSession(store, alice));
    const told = await replicas.race<'endAuthorization' | 'rotateTokens'>((replica) =>
      ids.map((id) =>
        replica === 0
          ? call('rotateTokens', id, { generation: 1, nowMs: START_MS, earlierRotationsMs: [] })
          : call('endAuthorization', id, START_MS + replica),
      ),
    );
    for (const [row, id] of ids.entries()) {
      assert.equal(countTrue(ofRow(told.slice(1), row)), 1);
      const { generation, endedAtMs } = await findSession(store, id);
      assert.equal(endedAtMs, START_MS + ofRow(told, row).indexOf(true, 1));
      assert.equal(generation, told[0]?.[row] === true ? 2 : 1);
      assert.equal(
        await store.rotateTokens(id, { generation, nowMs: START_MS, earlierRotationsMs: [] }),
        false,
      );
    }
  });

  test('approve and deny each device request: one answer counts, and is kept', async () => {
    const devices = await rows(() => askFromDevice(store));
    const answers = devices.map(() => newAnswer());
    const told = await replicas.race<'approveDeviceRequest' | 'denyDeviceRequest'>((replica) =>
      devices.map(({ id }, row) =>
        replica === 0
          ? call('denyDeviceRequest', id, answers[row]!, START_MS)
          : call('approveDeviceRequest', id, alice, answers[row]!, START_MS),
      ),
    );
    for (const [row, { id }] of devices.entries()) {
      const [denied, ...approved] = ofRow(told, row);
      const approvals = approved.filter((each) => each === 'approved').length;
      assert.equal(approvals + (denied === true ? 1 : 0), 1);
      assert.ok(approved.every((each) => each === 'approved' || each === 'unknown'));
      assert.equal((await store.findAuthorization(id))?.state, denied === true ? 'denied' : 'approved');
      const kept = await store.findAnswer(answers[row]!.questionDigests, START_MS);
      assert.equal(kept?.decision, denied === true ? 'deny' : 'allow');
    }
  });

  test('answer each authorization request: one answer counts, and the others are told of it', async () => {
    const answers = await rows(async () => newAnswer());
    const told = await replicas.race<'insertApprovedAuthorization' | 'insertDenial'>((replica) =>
      answers.map((answer) =>
        replica === 0
          ? call('insertDenial', answer, START_MS)
          : call('insertApprovedAuthorization', newAuthorization(), alice, codeBinding, answer),
      ),
    );
    for (const [row, answer] of answers.entries()) {
      const [before, ...approvals] = ofRow(told, row) as unknown as readonly [
        unknown,
        ...{ kind: string; id?: number }[],
      ];
      const approved = approvals.filter(({ kind }) => kind === 'approved');
      assert.equal(approved.length, before === undefined ? 0 : 1);
      assert.ok(approvals.every(({ kind }) => kind === 'approved' || kind === 'answeredBefore'));
      const kept = await store.findAnswer(answer.questionDigests, START_MS);
      assert.equal(kept?.decision, before === undefined ? 'deny' : 'allow');
      assert.equal(kept?.authorizationId, approved[0]?.id ?? null);
    }
    const inserted = await database.sql(
      'SELECT count(*)::int AS count FROM "authorization" a WHERE redirect_uri IS NOT NULL AND state = $1 AND NOT EXISTS (SELECT 1 FROM answer WHERE authorization_id = a.id)',
      ['approved'],
    );
    assert.equal(inserted[0]?.['count'], 0, 'no row is there that nobody was told of');
  });

  test('start device authorizations with the same user codes: each code is given once', async () => {
    const requests = await rows(async () => newDeviceRequest());
    const told = await replicas.race(() =>
      requests.map((request) => call('insertDeviceRequest', newAuthorization(), request)),
    );
    for (const row of requests.keys()) {
      const kinds = ofRow(told, row).map(({ kind }) => kind);
      assert.deepEqual(kinds.toSorted(), ['inserted', ...Array(REPLICAS - 1).fill('userCodeTaken')]);
    }
  });

  test('take attempts from one allowance: as many are allowed as there are, and no more are counted', async () => {
    const LIMIT = 10;
    const attempt = newAttempt(LIMIT);
    const told = await replicas.race(() =>
      Array.from({ length: ROWS }, () => call('takeAttempt', [attempt], START_MS)),
    );
    const allowed = told.flat().filter((untilMs) => untilMs === undefined);
    assert.equal(allowed.length, LIMIT);
    assert.equal(await attemptsOf(attempt.subject), LIMIT);
  });

  test('take attempts from two allowances at once: none is exceeded', async () => {
    const limits = [7, 12];
    const attempts = limits.map((limit) => newAttempt(limit));
    const told = await replicas.race((replica) =>
      Array.from({ length: ROWS }, (_, row) =>
        call('takeAttempt', (row + replica) % 2 === 0 ? attempts : attempts.toReversed(), START_MS),
      ),
    );
    const allowed = told.flat().filter((untilMs) => untilMs === undefined);
    assert.ok(allowed.length <= 7);
    assert.equal(await attemptsOf(attempts[0]!.subject), allowed.length);
    assert.equal(await attemptsOf(attempts[1]!.subject), allowed.length);
  });

  test('give attempts back at once: none stays taken', async () => {
    const attempt = newAttempt(1_000);
    for (let round = 0; round < 3; round += 1) {
      const taken = await replicas.race(() =>
        Array.from({ length: ROWS }, () => call('takeAttempt', [attempt], START_MS)),
      );
      assert.ok(taken.flat().every((untilMs) => untilMs === undefined));
      assert.equal(await attemptsOf(attempt.subject), REPLICAS * ROWS);
      await replicas.race(() =>
        Array.from({ length: ROWS }, () =>
          call('returnAttempt', [{ subject: attempt.subject, reset: false }]),
        ),
      );
      assert.equal(await attemptsOf(attempt.subject), 0);
    }
  });

  async function attemptsOf(subject: Uint8Array): Promise<number> {
    const [row] = await database.sql('SELECT attempts::int FROM attempt_window WHERE subject = $1', [
      Buffer.from(subject),
    ]);
    return (row?.['attempts'] as number | undefined) ?? 0;
  }

  test('start more device authorizations than may wait: all are kept to the bound at the next count, and the largest holder loses', async () => {
    const MAX = 20;
    await database.sql('DELETE FROM "authorization" WHERE state = \'pending\'');
    await replicas.open(database.url, { maxPendingDeviceRequests: MAX });
    const insert = (address: string, createdAtMs: number) =>
      call('insertDeviceRequest', newAuthorization({ createdAtMs }), newDeviceRequest({ address }));
    await replicas.race((replica) => [insert(`198.51.100.${replica}`, START_MS)]);
    await replicas.race(() => Array.from({ length: ROWS }, () => insert('192.0.2.1', START_MS + 1)));
    await replicas.race((replica) => [insert(`203.0.113.${replica}`, START_MS + 5_001)]);
    const waiting = await database.sql(
      'SELECT address, count(*)::int AS count FROM "authorization" WHERE user_code_digest IS NOT NULL GROUP BY address',
    );
    const counts = new Map(waiting.map(({ address, count }) => [address, count as number]));
    assert.ok([...counts.values()].reduce((sum, count) => sum + count, 0) <= MAX + REPLICAS - 1);
    for (let replica = 0; replica < REPLICAS; replica += 1) {
      assert.equal(counts.get(`198.51.100.${replica}`), 1);
      assert.equal(counts.get(`203.0.113.${replica}`), 1);
    }
    await replicas.open(database.url);
  });

  test('open more attempt windows than are kept: at once, they remove no more than one of them would', async () => {
    const MAX = 20;
    await database.sql('DELETE FROM attempt_window');
    for (let row = 0; row < 3 * MAX; row += 1) await store.takeAttempt([newAttempt(5)], START_MS);
    await replicas.open(database.url, { maxAttemptWindows: MAX });
    await replicas.race(() => [call('takeAttempt', [newAttempt(5)], START_MS)]);
    const [row] = await database.sql('SELECT count(*)::int AS count FROM attempt_window');
    const count = row?.['count'] as number;
    assert.ok(count <= MAX + REPLICAS - 1 && count >= 0.9 * MAX, `${count} windows are left`);
    await replicas.open(database.url);
  });

  test('sweep at once: what has expired goes once, and what has not stays', async () => {
    await database.sql('DELETE FROM answer; DELETE FROM "authorization"; DELETE FROM attempt_window');
    const later = START_MS + 59 * MINUTE_MS;
    await rows(() => askFromDevice(store));
    const kept = await rows(() => askFromDevice(store, { codeExpiresAtMs: later + 1 }));
    await store.takeAttempt([newAttempt(5)], START_MS);
    const removed = [0, 0, 0];
    for (let walk = 0; walk < 40; walk += 1) {
      const told = await replicas.race(() => [call('sweep', later, 5)]);
      for (const [replica, [outcome]] of told.entries()) removed[replica]! += outcome!.removed;
      if (told.every(([outcome]) => outcome!.finished)) break;
    }
    assert.equal(
      removed.reduce((sum, each) => sum + each, 0),
      ROWS + 1,
    );
    for (const { id } of kept) assert.notEqual(await store.findAuthorization(id), undefined);
    assert.deepEqual(await database.sql('SELECT count(*)::int AS count FROM "authorization"'), [
      { count: ROWS },
    ]);
  });

  test('refresh one token: all keep working, whichever tokens they got', async () => {
    const context = await createTestContext({ store });
    const client = register(context);
    const { refreshToken } = await signInWithDevice(context, client);
    let tokens = Array.from({ length: REPLICAS }, () => refreshToken);
    for (let round = 1; round <= 6; round += 1) {
      const nowMs = START_MS + round * 1_000;
      const told = await replicas.race((replica) =>
        Array.from({ length: 4 }, () => call('redeemRefreshToken', client, tokens[replica]!, nowMs)),
      );
      // Each goes on with the answer that it got last: they need not be the same.
      tokens = told.map((answers) => answers.at(-1)!.refreshToken!);
      assert.ok(tokens.every((token) => token !== undefined));
    }
  });

  test('redeem one device code: all get the same tokens, and keep working', async () => {
    const context = await createTestContext({ store });
    const client = register(context);
    const { deviceCode, userCode } = await askFromDeviceAs(context, client);
    await answerDevice(context, userCode, 'allow');
    const told = await replicas.race(() => [call('redeemDeviceCode', client, deviceCode, START_MS)]);
    const tokens = told.map(([issued]) => issued!.refreshToken!);
    assert.equal(new Set(tokens).size, 1);
    await replicas.race((replica) => [
      call('redeemRefreshToken', client, tokens[replica]!, START_MS + 1_000),
    ]);
  });

  for (const kind of ['blockUser', 'signOutEverywhere', 'removeUser'] as const) {
    test(`serve a person on whom ${kind} is done: nothing begun under the version before opens anything afterwards`, async () => {
      const userId = randomUUID();
      const user = newUser(`user ${userId}`, { id: userId });
      await apply(store, 'command', [{ kind: 'addUser', user }]);
      const userVersion = (await store.findUser(userId))!.version;
      const signInSessionId = await store.insertSignInSession(newSignInSession({ userId, userVersion }));
      const approval = { userId, userVersion, signInSessionId };
      const devices = await rows(() => askFromDevice(store));
      const codes = await rows(() => approveOnTheSpot(store, approval));
      const sessions = await rows(() => startSession(store, approval));
      const rotation = { generation: 1, nowMs: START_MS, earlierRotationsMs: [] };
      const step = kind === 'removeUser' ? { kind, id: userId } : { kind, userId };
      const told = await replicas.race<
        | 'changeDirectory'
        | 'insertSignInSession'
        | 'approveDeviceRequest'
        | 'redeemAuthorization'
        | 'rotateTokens'
      >((replica) =>
        replica === 0
          ? [call('changeDirectory', directoryChange('command', [step]))]
          : Array.from({ length: ROWS }, (_, row) => [
              call('insertSignInSession', newSignInSession({ userId, userVersion })),
              call('approveDeviceRequest', devices[row]!.id, approval, newAnswer(), START_MS),
              call('redeemAuthorization', codes[row]!, redemption),
              call('rotateTokens', sessions[row]!, rotation),
            ]).flat(),
      );
      for (const id of [...devices.map((device) => device.id), ...codes, ...sessions]) {
        const found = await store.findAuthorization(id);
        assert.ok(found !== undefined);
        if ('userVersion' in found) assert.notEqual(found.user?.version, found.userVersion, found.state);
      }
      const signIns = told.slice(1).flatMap((results) => results.filter((_, index) => index % 4 === 0));
      for (const id of signIns as readonly number[]) {
        assert.notEqual((await store.findSignInSession(id))?.user?.version, userVersion);
      }
      const { id: device } = await askFromDevice(store);
      const later = await replicas.race<'approveDeviceRequest' | 'redeemAuthorization' | 'rotateTokens'>(
        (replica) => [
          call('redeemAuthorization', codes[replica]!, redemption),
          call('rotateTokens', sessions[replica]!, rotation),
          call('approveDeviceRequest', device, approval, newAnswer(), START_MS),
        ],
      );
      assert.deepEqual(later, Array(REPLICAS).fill([false, false, 'signedOut']));
    });
  }

  test('add users of the same names: each is added once, and the others are told whose it is', async () => {
    const names = await rows(async () => `same ${randomUUID()}`);
    const sources = ['command', 'page', 'provisioning:1'] as const;
    const told = await replicas.race((replica) =>
      names.map((userName) =>
        call(
          'changeDirectory',
          directoryChange(sources[replica]!, [{ kind: 'addUser', user: newUser(userName) }]),
        ),
      ),
    );
    for (const row of names.keys()) {
      const outcomes = ofRow(told, row);
      const winner = outcomes.findIndex((outcome) => outcome.kind === 'changed');
      for (const [replica, outcome] of outcomes.entries()) {
        if (replica === winner) continue;
        assert.ok(outcome.kind === 'refused' && outcome.conflict.kind === 'taken');
        assert.deepEqual([outcome.conflict.what, outcome.conflict.by.source], ['userName', sources[winner]]);
      }
    }
  });

  test('remove accounts and assign them: an account that is gone has no assignment', async () => {
    const userId = randomUUID();
    await apply(store, 'command', [
      { kind: 'addUser', user: newUser(`assigned ${userId}`, { id: userId }) },
      { kind: 'addPermissionSet', permissionSet: { id: ADMIN, name: 'Admin', sessionDurationSeconds: 900 } },
    ]);
    const accounts = Array.from({ length: ROWS }, (_, row) => String(300_000_000_000 + row));
    await apply(
      store,
      'command',
      accounts.map((id) => ({ kind: 'addAccount', account: { id, name: id } })),
    );
    const told = await replicas.race((replica) =>
      accounts.map((id) =>
        call(
          'changeDirectory',
          replica === 0
            ? directoryChange('command', [{ kind: 'removeAccount', id }])
            : directoryChange('page', [assign({ userId }, id, ADMIN)]),
        ),
      ),
    );
    const left = await store.listEntries('account', { limit: 10_000 });
    const assigned = await store.listEntries('userAssignment', { limit: 10_000 });
    for (const [row, id] of accounts.entries()) {
      const [removed, ...assignments] = ofRow(told, row);
      const isThere = left.some((account) => account.id === id);
      assert.equal(isThere, removed?.kind === 'refused');
      assert.equal(
        assigned.some(({ accountId }) => accountId === id),
        isThere,
      );
      assert.ok(assignments.every((outcome) => outcome.kind === (isThere ? 'changed' : 'refused')));
    }
  });

  for (const versions of [1, 2]) {
    const what = versions === 1 ? 'the same file' : 'two versions of a file';
    test(`apply ${what} at once: the directory is as the file, or one version of it, says`, async () => {
      await emptyDatabase(database);
      const files = Array.from({ length: versions }, (_, version) => fileOf(version));
      await replicas.race((replica) => [call('applyFile', files[replica % versions]!, START_MS)]);
      const content = await contentWithoutLeft(store);
      const alone = await Promise.all(files.map(contentAlone));
      assert.ok(alone.some((each) => isDeepStrictEqual(each, content)));
      assert.notEqual((await store.findSource('file'))?.digest, undefined);
    });
  }
});

/** More than one change can take. The versions differ in who is there, and in what each has. */
function fileOf(version: number): string {
  const users = Array.from({ length: 60 }, (_, index) => `user${index + version}`);
  return JSON.stringify({
    users: users.map((userName) => ({ userName, displayName: `${userName} of version ${version}` })),
    groups: [{ name: 'everybody', members: users }],
    accounts: [{ id: '111111111111', name: 'Production' }],
    permissionSets: [{ name: 'Admin', description: `of version ${version}` }],
    assignments: [{ groups: ['everybody'], accounts: ['111111111111'], permissionSets: ['Admin'] }],
  });
}

/** What a file makes of an empty directory. */
async function contentAlone(file: string): Promise<unknown> {
  const store = openSqliteStore(':memory:');
  await applyFile(store, file, START_MS);
  const content = await contentWithoutLeft(store);
  await store.close();
  return content;
}

/** Everything in the directory but users who have left: they depend on what was there before. */
async function contentWithoutLeft(store: Store): Promise<unknown> {
  const content = await contentOf(store);
  const users = content['user'] as readonly { readonly leftAtMs?: number }[];
  return { ...content, user: users.filter(({ leftAtMs }) => leftAtMs === undefined) };
}
