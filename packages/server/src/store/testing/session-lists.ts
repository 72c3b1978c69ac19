import assert from 'node:assert/strict';
import { randomBytes } from '../../keys/random.ts';
import type { ListedSession, SessionKind } from '../port/session-lists.ts';
import type { Store } from '../store.ts';
import { apply, bobId, newUser } from './directory/fixtures.ts';
import {
  aliceId,
  approveDevice,
  askFromDevice,
  findSession,
  MINUTE_MS,
  newSignInSession,
  place,
  redeem,
  rotate,
  START_MS,
  signInAlice,
  startSession,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

const HOUR_MS = 60 * MINUTE_MS;
const elsewhere = { address: '2001:db8::7', userAgent: 'another browser' };

export function sessionListsConformance(testStore: StoreTest): void {
  testStore(
    'a browser and a program are listed with whose they are, since when and where from',
    async (store) => {
      const approval = await signInAlice(store);
      const id = await startSession(store, approval);
      const alice = { userId: aliceId, userName: 'alice', state: 'live', createdAtMs: START_MS } as const;
      const common = { ...alice, expiresAtMs: START_MS + HOUR_MS, usedAtMs: START_MS, place };
      const { signInSessionId } = approval;
      const browser = { ...common, kind: 'browser', id: signInSessionId };
      assert.deepEqual(await list(store, 'browser'), [browser]);
      const program = { ...common, kind: 'program', id, clientName: 'botocore-client-dev', signInSessionId };
      assert.deepEqual(await list(store, 'program'), [program]);
      assert.deepEqual(await store.findListedSession({ kind: 'program', id }, START_MS), program);
      assert.deepEqual(await store.findListedSession({ kind: 'browser', id: 1 }, START_MS), undefined);
    },
  );

  testStore('a device is listed once it is allowed, by the name that it asked with', async (store) => {
    const approval = await signInAlice(store);
    const { id } = await askFromDevice(store);
    assert.deepEqual(await list(store, 'program'), []);
    await approveDevice(store, id, approval);
    const [waiting] = await list(store, 'program');
    assert.equal(waiting?.clientName, 'botocore-client-dev');
    assert.equal(waiting?.place, undefined, 'it has not fetched its tokens');
    await redeem(store, id);
    const [begun] = await list(store, 'program');
    assert.deepEqual(begun?.place, place);
  });

  testStore(
    'sessions are listed newest first, page by page, of everybody or of one person',
    async (store) => {
      await apply(store, 'file', [{ kind: 'addUser', user: newUser('bob', { id: bobId }) }]);
      const ids: number[] = [];
      for (let index = 0; index < 7; index += 1) {
        const userId = index % 2 === 0 ? aliceId : bobId;
        const times = { createdAtMs: START_MS + index, expiresAtMs: START_MS + HOUR_MS };
        ids.push(await store.insertSignInSession(newSignInSession({ ...times, userId })));
      }
      const seen = async (page: { userId?: string }) => {
        const found: number[] = [];
        for (let before: number | undefined; ; ) {
          const after = before === undefined ? {} : { before };
          const rows = await store.listSessions('browser', { ...page, ...after, limit: 2 }, START_MS);
          if (rows.length === 0) return found;
          found.push(...rows.map(({ id }) => id));
          before = rows.at(-1)?.id;
        }
      };
      assert.deepEqual(await seen({}), ids.toReversed());
      assert.deepEqual(await seen({ userId: bobId }), ids.filter((_, index) => index % 2 === 1).toReversed());
      assert.deepEqual(await seen({ userId: 'nobody' }), []);
    },
  );

  testStore('a listed session says whether it goes on, was ended, or has run out', async (store) => {
    const approval = await signInAlice(store);
    const [ended, byBrowser, live] = [
      await startSession(store, approval),
      await startSession(store, await signInAlice(store)),
      await startSession(store, approval),
    ];
    await store.endAuthorization(ended, START_MS + 1);
    const other = await findSession(store, byBrowser);
    await store.endSignInSession(other.signInSessionId, START_MS + 2);
    const states = async (nowMs = START_MS) =>
      (await list(store, 'program', nowMs))
        .toSorted((a, b) => [ended, byBrowser, live].indexOf(a.id) - [ended, byBrowser, live].indexOf(b.id))
        .map(({ state, endedAtMs }) => [state, endedAtMs]);
    const gone = [
      ['ended', START_MS + 1],
      ['ended', START_MS + 2],
    ];
    assert.deepEqual(await states(), [...gone, ['live', undefined]]);
    assert.deepEqual(await states(START_MS + HOUR_MS), [...gone, ['expired', undefined]]);
    await apply(store, 'command', [{ kind: 'signOutEverywhere', userId: aliceId }]);
    assert.deepEqual(await states(), [...gone, ['ended', undefined]]);
  });

  testStore('sessions of who is blocked or was removed are ended', async (store) => {
    await signInAlice(store);
    await apply(store, 'command', [{ kind: 'blockUser', userId: aliceId }]);
    assert.deepEqual(await statesOf(store), ['ended']);
    await apply(store, 'file', [{ kind: 'removeUser', id: aliceId }]);
    assert.deepEqual(await statesOf(store), ['ended']);
    assert.equal((await list(store, 'browser'))[0]?.userName, undefined);
  });

  for (const kind of ['browser', 'program'] as const) {
    testStore(`the last use of a ${kind} is noted once an hour, with its place`, async (store) => {
      const approval = await signInAlice(store);
      const programId = await startSession(store, approval);
      const id = kind === 'browser' ? approval.signInSessionId : programId;
      const noteAt = async (nowMs: number) => {
        await store.noteUse({ kind, id }, { nowMs, ...elsewhere });
        const { usedAtMs, place: from } = (await store.findListedSession({ kind, id }, nowMs))!;
        assert.equal(usedAtMs, await usedAtMsOf(store, { kind, id }));
        return [usedAtMs, from];
      };
      assert.deepEqual(await noteAt(START_MS + HOUR_MS - 1), [START_MS, place]);
      assert.deepEqual(await noteAt(START_MS + HOUR_MS), [START_MS + HOUR_MS, elsewhere]);
      assert.deepEqual(await noteAt(START_MS + HOUR_MS + 1), [START_MS + HOUR_MS, elsewhere]);
      assert.deepEqual(await noteAt(START_MS + 2 * HOUR_MS), [START_MS + 2 * HOUR_MS, elsewhere]);
    });

    testStore(`no use of a ${kind} is noted once it has ended`, async (store) => {
      const approval = await signInAlice(store);
      const programId = await startSession(store, approval);
      const id = kind === 'browser' ? approval.signInSessionId : programId;
      if (kind === 'browser') await store.endSignInSession(id, START_MS);
      else await store.endAuthorization(id, START_MS);
      await store.noteUse({ kind, id }, { nowMs: START_MS + HOUR_MS, ...elsewhere });
      assert.equal((await store.findListedSession({ kind, id }, START_MS))?.usedAtMs, START_MS);
    });
  }

  testStore('a program was used when its tokens were refreshed, too', async (store) => {
    const id = await startSession(store, await signInAlice(store));
    await rotate(store, id, 1, { nowMs: START_MS + MINUTE_MS });
    const found = await store.findListedSession({ kind: 'program', id }, START_MS + MINUTE_MS);
    assert.equal(found?.usedAtMs, START_MS + MINUTE_MS);
  });

  const role = { accountId: '111122223333', roleName: 'Developer' };

  testStore('what was issued for a role before an instant is refused, of this role alone', async (store) => {
    assert.equal(await store.findRoleRevocation(role), undefined);
    await store.revokeRole(role, START_MS);
    assert.equal(await store.findRoleRevocation(role), START_MS);
    assert.equal(await store.findRoleRevocation({ ...role, roleName: 'developer' }), undefined);
    assert.equal(await store.findRoleRevocation({ ...role, accountId: '111122223334' }), undefined);
  });

  testStore('of several revocations of a role, also at once, the latest instant stays', async (store) => {
    const instants = [3, 1, 5, 2, 4].map((minutes) => START_MS + minutes * MINUTE_MS);
    await Promise.all(instants.map((instant) => store.revokeRole(role, instant)));
    assert.equal(await store.findRoleRevocation(role), START_MS + 5 * MINUTE_MS);
    await store.revokeRole(role, START_MS);
    assert.equal(await store.findRoleRevocation(role), START_MS + 5 * MINUTE_MS);
  });

  testStore('a revocation is kept for as long as what it refuses may live', async (store) => {
    await store.revokeRole(role, START_MS);
    const sweep = async (nowMs: number) => {
      while (!(await store.sweep(nowMs, 10)).finished);
      return store.findRoleRevocation(role);
    };
    assert.equal(await sweep(START_MS + 12 * HOUR_MS - 1), START_MS);
    assert.equal(await sweep(START_MS + 12 * HOUR_MS), undefined);
  });

  testStore('text with quotes and other characters is listed as it came', async (store) => {
    const strange = { address: "1.2.3.4'--", userAgent: `"${randomBytes(4).toString('hex')}" é 🗝️ \\ %` };
    const { signInSessionId: id } = await signInAlice(store, strange);
    assert.deepEqual((await store.findListedSession({ kind: 'browser', id }, START_MS))?.place, strange);
  });
}

function list(store: Store, kind: SessionKind, nowMs = START_MS): Promise<readonly ListedSession[]> {
  return store.listSessions(kind, { limit: 100 }, nowMs);
}

async function statesOf(store: Store): Promise<readonly string[]> {
  return (await list(store, 'browser')).map(({ state }) => state);
}

/** When a session was last used, as the requests read it that it is used by. */
async function usedAtMsOf(
  store: Store,
  { kind, id }: { readonly kind: SessionKind; readonly id: number },
): Promise<number | null | undefined> {
  if (kind === 'browser') return (await store.findSignInSession(id))?.usedAtMs;
  return (await findSession(store, id)).usedAtMs;
}
