import assert from 'node:assert/strict';
import { randomBytes } from '../../keys/random.ts';
import {
  approveDevice,
  askFromDevice,
  authorizationRow,
  deviceRequestRow,
  findDeviceRequest,
  MINUTE_MS,
  newAnswer,
  newAttempt,
  START_MS,
  signInAlice,
  winners,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

export function deviceRequestsConformance(testStore: StoreTest): void {
  testStore(
    'a device request is found by its user-code digest, with what the person is shown',
    async (store) => {
      const authorization = authorizationRow(store);
      const request = deviceRequestRow();
      assert.equal(await store.insertDeviceRequest(authorization, request, 10), 'inserted');
      const outcome = await store.findDeviceRequest(
        { userCodeDigests: [randomBytes(16), request.userCodeDigest], questionDigests: [], attempts: [] },
        START_MS,
      );
      assert.ok(outcome.kind === 'found');
      const { userCodeDigest: _, ...shown } = request;
      const { id, scopes, createdAtMs, codeExpiresAtMs: expiresAtMs } = authorization;
      assert.deepEqual({ ...outcome.row }, { ...shown, id, scopes, createdAtMs, expiresAtMs });
      assert.equal((await store.findAuthorization(id))?.state, 'pending');
    },
  );

  testStore('a user code that is taken is not given to a second device', async (store) => {
    const request = deviceRequestRow();
    const second = authorizationRow(store);
    const outcomes = await Promise.all([
      store.insertDeviceRequest(authorizationRow(store), request, 10),
      store.insertDeviceRequest(second, request, 10),
    ]);
    assert.deepEqual(outcomes, ['inserted', 'userCodeTaken']);
    assert.equal(await store.findAuthorization(second.id), undefined);
  });

  testStore('no more requests wait at once than are allowed, also when they come together', async (store) => {
    const insert = () => store.insertDeviceRequest(authorizationRow(store), deviceRequestRow(), 3);
    const outcomes = await Promise.all(Array.from({ length: 5 }, insert));
    assert.deepEqual(outcomes, ['inserted', 'inserted', 'inserted', 'full', 'full']);
  });

  testStore(
    'where too many requests wait, an address that has none takes the newest place of the one with the most',
    async (store) => {
      const ask = async (address: string) => {
        const authorization = authorizationRow(store);
        const outcome = await store.insertDeviceRequest(authorization, deviceRequestRow({ address }), 4);
        return { outcome, id: authorization.id };
      };
      const crowd = [];
      for (let i = 0; i < 3; i += 1) crowd.push(await ask('2001:db8:1:1::1'));
      crowd.push(await ask('2001:db8:1:2::1'));
      const [oldest, , newest] = crowd;
      assert.equal((await ask('192.0.2.1')).outcome, 'inserted');
      assert.equal(await store.findAuthorization(newest?.id as number), undefined);
      assert.equal((await store.findAuthorization(oldest?.id as number))?.state, 'pending');
      assert.equal((await ask('192.0.2.2')).outcome, 'inserted');
      assert.equal((await store.findAuthorization(oldest?.id as number))?.state, 'pending');
      assert.equal((await ask('2001:db8:1:3::1')).outcome, 'full', 'its /48 would have the most');
      assert.equal((await ask('192.0.2.3')).outcome, 'inserted');
      assert.equal((await ask('192.0.2.4')).outcome, 'full', 'each has one');
    },
  );

  testStore('an answered request makes room for another', async (store) => {
    const approval = await signInAlice(store);
    const insert = async () => {
      const authorization = authorizationRow(store);
      const outcome = await store.insertDeviceRequest(authorization, deviceRequestRow(), 1);
      return { outcome, id: authorization.id };
    };
    const first = await insert();
    assert.equal((await insert()).outcome, 'full');
    await store.approveDeviceRequest(first.id, approval, newAnswer(), START_MS);
    const second = await insert();
    assert.equal(second.outcome, 'inserted');
    await store.denyDeviceRequest(second.id, newAnswer(), START_MS);
    assert.equal((await insert()).outcome, 'inserted');
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
