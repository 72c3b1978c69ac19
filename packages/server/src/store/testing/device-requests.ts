import assert from 'node:assert/strict';
import { randomBytes } from '../../keys/random.ts';
import {
  approveDevice,
  askFromDevice,
  findDeviceRequest,
  MINUTE_MS,
  newAnswer,
  newAttempt,
  newAuthorization,
  newDeviceRequest,
  START_MS,
  signInAlice,
  winners,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

export function deviceRequestsConformance(testStore: StoreTest): void {
  testStore(
    'a device request is found by its user-code digest, with what the person is shown',
    async (store) => {
      const authorization = newAuthorization();
      const request = newDeviceRequest();
      const inserted = await store.insertDeviceRequest(authorization, request);
      assert.ok(inserted.kind === 'inserted');
      const outcome = await store.findDeviceRequest(
        { userCodeDigests: [randomBytes(16), request.userCodeDigest], questionDigests: [], attempts: [] },
        START_MS,
      );
      assert.ok(outcome.kind === 'found');
      const { userCodeDigest: _, ...shown } = request;
      const { id } = inserted;
      const { clientName, scopes, createdAtMs, codeExpiresAtMs: expiresAtMs } = authorization;
      const { clientId, ...row } = outcome.row;
      assert.deepEqual(row, { ...shown, clientName, id, scopes, createdAtMs, expiresAtMs });
      assert.equal(Buffer.compare(clientId, authorization.clientId), 0);
      assert.equal((await store.findAuthorization(id))?.state, 'pending');
    },
  );

  testStore('a user code that is taken is not given to a second device', async (store) => {
    const request = newDeviceRequest();
    const insert = () => store.insertDeviceRequest(newAuthorization(), request);
    const outcomes = await Promise.all([insert(), insert(), insert()]);
    const taken = outcomes.filter(({ kind }) => kind === 'userCodeTaken');
    assert.equal(taken.length, 2);
    const inserted = outcomes.find((outcome) => outcome.kind === 'inserted');
    const found = await findDeviceRequest(store, request.userCodeDigest);
    assert.ok(found.kind === 'found');
    assert.equal(found.row.id, inserted?.id);
  });

  testStore('an approved request is bound to the person and cannot be found any more', async (store) => {
    const approval = await signInAlice(store);
    const { id, digest } = await askFromDevice(store);
    assert.equal(await store.approveDeviceRequest(id, approval, newAnswer(), START_MS + 1), 'approved');
    const row = await store.findAuthorization(id);
    assert.equal(row?.state, 'approved');
    assert.equal(row?.userId, approval.userId);
    assert.equal(row?.userVersion, approval.userVersion);
    assert.equal(row?.signInSessionId, approval.signInSessionId);
    assert.deepEqual(await findDeviceRequest(store, digest, {}, START_MS + 1), { kind: 'unknown' });
  });

  testStore('of many answers at once, one counts', async (store) => {
    const approval = await signInAlice(store);
    const { id } = await askFromDevice(store);
    const answers = [
      store.denyDeviceRequest(id, newAnswer(), START_MS),
      approveDevice(store, id, approval),
      approveDevice(store, id, approval),
      store.denyDeviceRequest(id, newAnswer(), START_MS),
    ];
    assert.equal(await winners(answers), 1);
    const { state } = (await store.findAuthorization(id)) ?? {};
    assert.equal(state, (await answers[0]) ? 'denied' : 'approved');
  });

  testStore('a request whose time is over can be neither found nor answered', async (store) => {
    const approval = await signInAlice(store);
    const endMs = START_MS + 10 * MINUTE_MS;
    const { id, digest } = await askFromDevice(store, { codeExpiresAtMs: endMs });
    assert.equal((await findDeviceRequest(store, digest, {}, endMs - 1)).kind, 'found');
    assert.deepEqual(await findDeviceRequest(store, digest, {}, endMs), { kind: 'unknown' });
    assert.equal(await store.approveDeviceRequest(id, approval, newAnswer(), endMs), 'unknown');
    assert.equal(await store.denyDeviceRequest(id, newAnswer(), endMs), false);
    assert.equal((await store.findAuthorization(id))?.state, 'pending');
  });

  testStore('a wrong user code takes an attempt, a right one does not', async (store) => {
    const { digest } = await askFromDevice(store);
    const attempts = [newAttempt(2)];
    const type = (typed: Uint8Array) => findDeviceRequest(store, typed, { attempts });
    for (let i = 0; i < 5; i += 1) assert.equal((await type(digest)).kind, 'found');
    assert.equal((await type(randomBytes(16))).kind, 'unknown');
    assert.equal((await type(digest)).kind, 'found');
    assert.equal((await type(randomBytes(16))).kind, 'unknown');
    const limited = { kind: 'limited', untilMs: START_MS + MINUTE_MS };
    assert.deepEqual(await type(digest), limited, 'even the right code waits for the window to pass');
  });

  testStore('wrong user codes typed at once cannot slip under the limit', async (store) => {
    const attempts = [newAttempt(3)];
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => findDeviceRequest(store, randomBytes(16), { attempts })),
    );
    assert.equal(outcomes.filter(({ kind }) => kind === 'unknown').length, 3);
    assert.equal(outcomes.filter(({ kind }) => kind === 'limited').length, 7);
  });
}
