import assert from 'node:assert/strict';
import {
  approveOnTheSpot,
  askFromDevice,
  codeBinding,
  findSession,
  MINUTE_MS,
  newAnswer,
  newAuthorization,
  redeem,
  rotate,
  START_MS,
  signInAlice,
  startSession,
  UNKNOWN_ID,
  winners,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

export function authorizationsConformance(testStore: StoreTest): void {
  testStore('an authorization approved on the spot keeps what its code is bound to', async (store) => {
    const approval = await signInAlice(store);
    const id = await approveOnTheSpot(store, approval);
    const row = await store.findAuthorization(id);
    assert.ok(row?.state === 'approved');
    assert.equal(row.signInSessionId, approval.signInSessionId);
    assert.equal(row.userId, approval.userId);
    assert.deepEqual(row.codeBinding, codeBinding);
    assert.equal(row.codeExpiresAtMs, START_MS + 10 * MINUTE_MS);
    assert.equal(row.endedAtMs, null);
  });

  testStore('an authorization has the members of its state, and no others', async (store) => {
    const approval = await signInAlice(store);
    const asked = ['clientId', 'createdAtMs', 'id', 'salt', 'scopes', 'state'];
    const allowed = ['codeBinding', 'endedAtMs', 'signInSessionId', 'user', 'userId', 'userVersion'];
    const members = async (id: number) => Object.keys((await store.findAuthorization(id)) ?? {}).toSorted();
    const { id } = await askFromDevice(store);
    assert.deepEqual(await members(id), [...asked, 'codeExpiresAtMs'].toSorted());
    await store.approveDeviceRequest(id, approval, newAnswer(), START_MS);
    assert.deepEqual(await members(id), [...asked, ...allowed, 'codeExpiresAtMs'].toSorted());
    await redeem(store, id);
    const active = ['earlierRotationsMs', 'generation', 'rotatedAtMs', 'sessionEndsAtMs', 'usedAtMs'];
    assert.deepEqual(await members(id), [...asked, ...allowed, ...active].toSorted());
    assert.equal((await findSession(store, id)).codeBinding, null);
  });

  testStore(
    'nothing is approved in a sign-in session that there is not, or that has ended',
    async (store) => {
      const absent = { ...(await signInAlice(store)), signInSessionId: UNKNOWN_ID };
      const ended = await signInAlice(store);
      await store.endSignInSession(ended.signInSessionId, START_MS);
      for (const approval of [absent, ended]) {
        const answer = newAnswer();
        const authorization = newAuthorization();
        const onTheSpot = store.insertApprovedAuthorization(authorization, approval, codeBinding, answer);
        assert.deepEqual(await onTheSpot, { kind: 'signedOut' });
        const { id } = await askFromDevice(store);
        assert.equal(await store.approveDeviceRequest(id, approval, answer, START_MS), 'signedOut');
        assert.equal((await store.findAuthorization(id))?.state, 'pending');
        assert.equal(await store.findAnswer(answer.questionDigests, START_MS), undefined);
      }
    },
  );

  testStore('of many redemptions at once, one starts the session', async (store) => {
    const id = await approveOnTheSpot(store, await signInAlice(store));
    assert.equal(await winners([redeem(store, id), redeem(store, id), redeem(store, id)]), 1);
    const row = await findSession(store, id);
    assert.equal(row.generation, 1);
    assert.equal(row.rotatedAtMs, START_MS);
    assert.deepEqual(row.earlierRotationsMs, []);
    assert.equal(row.sessionEndsAtMs, START_MS + 60 * MINUTE_MS);
    assert.equal(row.scopes, 'sso:account:access');
    assert.equal(await redeem(store, id), false);
  });

  testStore('what is pending, denied, expired, ended or unknown is not redeemed', async (store) => {
    const approval = await signInAlice(store);
    const pending = await askFromDevice(store);
    const denied = await askFromDevice(store);
    await store.denyDeviceRequest(denied.id, newAnswer(), START_MS);
    const expired = await approveOnTheSpot(store, approval, {
      createdAtMs: START_MS - MINUTE_MS,
      codeExpiresAtMs: START_MS,
    });
    const ended = await approveOnTheSpot(store, approval);
    await store.endAuthorization(ended, START_MS);
    for (const id of [pending.id, denied.id, expired, ended, UNKNOWN_ID]) {
      assert.equal(await redeem(store, id), false);
    }
  });

  testStore('of many rotations of one generation at once, one moves the tokens on', async (store) => {
    const id = await startSession(store, await signInAlice(store));
    const once = () => rotate(store, id, 1, { earlierRotationsMs: [START_MS] });
    assert.equal(await winners([once(), once(), once(), once()]), 1);
    const row = await findSession(store, id);
    assert.equal(row.generation, 2);
    assert.equal(row.rotatedAtMs, START_MS + 1);
    assert.deepEqual(row.earlierRotationsMs, [START_MS]);
    assert.equal(await rotate(store, id, 1), false, 'a generation that is over');
    const earlierRotationsMs = [START_MS + 1, START_MS];
    assert.equal(await rotate(store, id, 2, { earlierRotationsMs }), true);
    assert.deepEqual((await findSession(store, id)).earlierRotationsMs, earlierRotationsMs);
  });

  testStore(
    'a rotation from a later generation than that of the row moves the tokens on from there',
    async (store) => {
      const id = await startSession(store, await signInAlice(store));
      const earlierRotationsMs = [START_MS + 1, START_MS + 1, START_MS];
      const once = () => rotate(store, id, 3, { earlierRotationsMs });
      assert.equal(await winners([once(), once(), once()]), 1);
      const row = await findSession(store, id);
      assert.equal(row.generation, 4);
      assert.deepEqual(row.earlierRotationsMs, earlierRotationsMs);
      for (const over of [1, 2, 3]) assert.equal(await rotate(store, id, over), false);
      assert.equal(await rotate(store, id, 4), true);
    },
  );

  testStore('rotations from different generations at once end with that of the latest', async (store) => {
    const id = await startSession(store, await signInAlice(store));
    const won = await Promise.all([4, 2, 5, 3].map((generation) => rotate(store, id, generation)));
    assert.equal(won[2], true);
    assert.equal((await findSession(store, id)).generation, 6);
  });

  testStore('the tokens of what is not active, has ended or is over do not rotate', async (store) => {
    const approval = await signInAlice(store);
    const approved = await approveOnTheSpot(store, approval);
    assert.equal(await rotate(store, approved, 0, { nowMs: START_MS }), false);
    const ended = await startSession(store, approval);
    await store.endAuthorization(ended, START_MS);
    assert.equal(await rotate(store, ended, 1, { nowMs: START_MS }), false);
    const over = await startSession(store, approval);
    assert.equal(await rotate(store, over, 1, { nowMs: START_MS + 60 * MINUTE_MS }), false);
    const signedOut = await startSession(store, approval);
    await store.endSignInSession(approval.signInSessionId, START_MS);
    assert.equal(await rotate(store, signedOut, 1, { nowMs: START_MS }), false);
  });

  testStore('an authorization ends once, and stays ended', async (store) => {
    const id = await startSession(store, await signInAlice(store));
    const end = () => store.endAuthorization(id, START_MS + MINUTE_MS);
    assert.equal(await winners([end(), end(), end()]), 1);
    assert.equal(await store.endAuthorization(id, START_MS + 2 * MINUTE_MS), false);
    assert.equal((await findSession(store, id)).endedAtMs, START_MS + MINUTE_MS);
    assert.equal(await store.endAuthorization(UNKNOWN_ID, START_MS), false);
  });

  testStore('an authorization ends also when the clock was set back since it began', async (store) => {
    const id = await startSession(store, await signInAlice(store));
    assert.equal(await store.endAuthorization(id, START_MS - 5 * MINUTE_MS), true);
    assert.equal((await findSession(store, id)).endedAtMs, START_MS);
  });

  testStore('ids rise with time, so that rows stand in the order in which they came', async (store) => {
    const ids: number[] = [];
    for (let ms = 0; ms < 20; ms += 1) {
      ids.push((await askFromDevice(store, { createdAtMs: START_MS + ms })).id);
    }
    assert.deepEqual(
      ids.toSorted((a, b) => a - b),
      ids,
    );
    assert.ok(ids.every(Number.isSafeInteger));
  });

  testStore('authorizations that are inserted in one millisecond have an id each', async (store) => {
    const asked = await Promise.all(Array.from({ length: 100 }, () => askFromDevice(store)));
    assert.equal(new Set(asked.map(({ id }) => id)).size, 100);
  });
}
