import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { randomBytes } from '../../keys/random.ts';
import type { Factor, PasskeyFactor, TotpFactor } from '../port/factors.ts';
import type { Store } from '../store.ts';
import { apply, bobId, someEntries, uuid } from './directory/fixtures.ts';
import { aliceId, MINUTE_MS, newSignInSession, START_MS } from './rows.ts';
import type { StoreTest } from './store-test.ts';

const MOST = 3;

function newTotp(change: Partial<TotpFactor> = {}): TotpFactor {
  return {
    ...{ id: randomUUID(), kind: 'totp', name: 'Phone', createdAtMs: START_MS, lastUsedAtMs: null },
    ...{ counter: 100, sealedSecret: Buffer.concat([Buffer.of(7), randomBytes(48)]) },
    ...change,
  };
}

function newPasskey(change: Partial<PasskeyFactor> = {}): PasskeyFactor {
  return {
    ...{ id: randomUUID(), kind: 'passkey', name: 'Key', createdAtMs: START_MS, lastUsedAtMs: null },
    ...{ counter: 0, credentialId: randomBytes(16), publicKey: randomBytes(77), transports: 'usb nfc' },
    ...change,
  };
}

function newChallenge() {
  return { digest: randomBytes(16), expiresAtMs: START_MS + 10 * MINUTE_MS };
}

async function addToAlice(store: Store, ...factors: readonly Factor[]): Promise<void> {
  for (const factor of factors) assert.equal(await store.factors.addFactor(aliceId, factor, 10), 'added');
}

/** Bytes in hex, as engines give them in classes of their own. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each) => {
      const bytes = each?.type === 'Buffer' ? each.data : each;
      return bytes instanceof Uint8Array || Array.isArray(bytes) ? Buffer.from(bytes).toString('hex') : each;
    }),
  );
}

export function factorsConformance(testStore: StoreTest): void {
  const testFactors: StoreTest = (name, body, options) =>
    testStore(
      name,
      async (store) => {
        await apply(store, 'command', someEntries);
        await body(store);
      },
      options,
    );

  testFactors('factors of a user are listed as they were added, the oldest first', async (store) => {
    const factors = [newPasskey(), newTotp({ createdAtMs: START_MS + 1 })];
    await addToAlice(store, ...factors.toReversed());
    const listed = await store.factors.listFactors(aliceId);
    assert.deepEqual(
      listed.map((each) => plain({ ...each })),
      factors.map((each) => plain({ ...each })),
    );
    assert.deepEqual(await store.factors.listFactors(bobId), []);
  });

  testFactors('a passkey is found by its credential id, with whose it is', async (store) => {
    const passkey = newPasskey();
    await addToAlice(store, newPasskey(), passkey);
    const found = await store.factors.findPasskey(passkey.credentialId);
    assert.deepEqual([found?.id, found?.userId], [passkey.id, aliceId]);
    assert.equal(await store.factors.findPasskey(randomBytes(16)), undefined);
  });

  testFactors('a credential is registered once, for whomever', async (store) => {
    const passkey = newPasskey();
    await addToAlice(store, passkey);
    const again = newPasskey({ credentialId: passkey.credentialId });
    assert.equal(await store.factors.addFactor(bobId, again, MOST), 'taken');
    assert.equal(await store.factors.addFactor(uuid(99), newTotp(), MOST), 'noUser');
  });

  testFactors('a user has at most so many factors, also when they are added at once', async (store) => {
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => store.factors.addFactor(aliceId, newTotp(), MOST)),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'added').length, MOST);
    assert.equal(outcomes.filter((outcome) => outcome === 'tooMany').length, 3);
  });

  testFactors('of many uses at once of one counter, one succeeds', async (store) => {
    const totp = newTotp();
    await addToAlice(store, totp);
    const use = (counter: number) => store.factors.useFactor(totp.id, { counter, nowMs: START_MS + 5 });
    const uses = await Promise.all(Array.from({ length: 5 }, () => use(101)));
    assert.equal(uses.filter(Boolean).length, 1);
    assert.equal(await use(100), false);
    assert.equal(await use(102), true);
    const [found] = await store.factors.listFactors(aliceId);
    assert.deepEqual([found?.counter, found?.lastUsedAtMs], [102, START_MS + 5]);
    assert.equal(await store.factors.useFactor(randomUUID(), { counter: 1, nowMs: START_MS }), false);
  });

  testFactors('a passkey that does not count is used with each challenge once', async (store) => {
    const passkey = newPasskey();
    await addToAlice(store, passkey, newTotp({ counter: 0 }));
    const challenge = newChallenge();
    const use = (counter: number, given = newChallenge()) =>
      store.factors.useFactor(passkey.id, { counter, challenge: given, nowMs: START_MS });
    const uses = await Promise.all(Array.from({ length: 5 }, () => use(0, challenge)));
    assert.equal(uses.filter(Boolean).length, 1);
    assert.equal(await use(0), true);
    assert.equal(await use(3), true);
    for (const counter of [3, 2, 0]) assert.equal(await use(counter), false, `after 3 comes no ${counter}`);
    const [, totp] = await store.factors.listFactors(aliceId);
    assert.equal(await store.factors.useFactor(totp?.id ?? '', { counter: 0, nowMs: START_MS }), false);
  });

  testFactors('a challenge that was answered stays spent until it has expired', async (store) => {
    const passkey = newPasskey();
    await addToAlice(store, passkey);
    const challenge = newChallenge();
    const use = () => store.factors.useFactor(passkey.id, { counter: 0, challenge, nowMs: START_MS });
    assert.equal(await use(), true);
    await store.sweep(challenge.expiresAtMs - 1, 10);
    assert.equal(await use(), false);
    assert.equal((await store.sweep(challenge.expiresAtMs, 10)).removed, 1);
  });

  testFactors('a factor is removed by its owner alone, once', async (store) => {
    const totp = newTotp();
    await addToAlice(store, totp);
    assert.equal(await store.factors.removeFactor(bobId, totp.id), false);
    assert.equal(await store.factors.removeFactor(aliceId, totp.id), true);
    assert.equal(await store.factors.removeFactor(aliceId, totp.id), false);
    assert.deepEqual(await store.factors.listFactors(aliceId), []);
  });

  testFactors('a secret that was sealed anew takes the place of the same secret', async (store) => {
    const totp = newTotp();
    const other = newTotp({ sealedSecret: Buffer.concat([Buffer.of(8), randomBytes(48)]) });
    await addToAlice(store, totp, other, newPasskey());
    const listed = await store.factors.listSealedUnder(7, 5);
    assert.deepEqual(listed.map(plain), [plain({ id: totp.id, sealedSecret: totp.sealedSecret })]);
    const { sealedSecret } = other;
    assert.equal(await store.factors.resealFactor(totp.id, sealedSecret, sealedSecret), false);
    assert.equal(await store.factors.resealFactor(totp.id, totp.sealedSecret, sealedSecret), true);
    assert.deepEqual(await store.factors.listSealedUnder(7, 5), []);
    assert.equal((await store.factors.listSealedUnder(8, 1)).length, 1);
    assert.equal((await store.factors.listSealedUnder(8, 5)).length, 2);
  });

  testFactors('of many uses at once of a recovery code, one succeeds', async (store) => {
    const [digest, other] = [randomBytes(32), randomBytes(32)];
    const { factors } = store;
    assert.equal(await factors.replaceRecoveryCodes(aliceId, [digest], START_MS), false, 'without factors');
    await addToAlice(store, newTotp());
    assert.equal(await factors.countRecoveryCodes(aliceId), undefined);
    assert.equal(await factors.replaceRecoveryCodes(aliceId, [digest, other], START_MS), true);
    const uses = await Promise.all(
      Array.from({ length: 5 }, () => factors.useRecoveryCode(aliceId, digest, START_MS + 1)),
    );
    assert.equal(uses.filter(Boolean).length, 1);
    assert.equal(await factors.useRecoveryCode(bobId, other, START_MS + 1), false);
    assert.deepEqual({ ...(await factors.countRecoveryCodes(aliceId)) }, { createdAtMs: START_MS, left: 1 });
  });

  testFactors('new recovery codes take the place of those before', async (store) => {
    await addToAlice(store, newTotp());
    const [before, after] = [randomBytes(32), randomBytes(32)];
    await store.factors.replaceRecoveryCodes(aliceId, [before], START_MS);
    await store.factors.replaceRecoveryCodes(aliceId, [after], START_MS + 1);
    assert.equal(await store.factors.useRecoveryCode(aliceId, before, START_MS + 2), false);
    assert.equal(await store.factors.useRecoveryCode(aliceId, after, START_MS + 2), true);
  });

  testFactors('recovery codes go with the last factor, and not before', async (store) => {
    const [one, other] = [newTotp(), newPasskey()];
    await addToAlice(store, one, other);
    await store.factors.replaceRecoveryCodes(aliceId, [randomBytes(32)], START_MS);
    await store.factors.removeFactor(aliceId, one.id);
    assert.equal((await store.factors.countRecoveryCodes(aliceId))?.left, 1);
    await store.factors.removeFactor(aliceId, other.id);
    assert.equal(await store.factors.countRecoveryCodes(aliceId), undefined);
  });

  testFactors('a reset removes what one user signs in with, and ends the sessions', async (store) => {
    await addToAlice(store, newTotp(), newPasskey());
    await store.factors.addFactor(bobId, newTotp(), MOST);
    await store.factors.replaceRecoveryCodes(aliceId, [randomBytes(32)], START_MS);
    const before = await store.findUser(aliceId);
    const step = { kind: 'resetFactors', userId: aliceId } as const;
    assert.deepEqual(await apply(store, 'command', [step]), [{ did: 'changed' }]);
    assert.deepEqual(await store.factors.listFactors(aliceId), []);
    assert.equal(await store.factors.countRecoveryCodes(aliceId), undefined);
    assert.equal((await store.factors.listFactors(bobId)).length, 1);
    const after = await store.findUser(aliceId);
    assert.notEqual(after?.version, before?.version);
    assert.deepEqual(await apply(store, 'command', [step]), [{ did: 'unchanged' }]);
    assert.equal((await store.findUser(aliceId))?.version, after?.version);
  });

  testFactors('a user who is removed takes along what they sign in with', async (store) => {
    const passkey = newPasskey();
    await addToAlice(store, passkey);
    await store.factors.replaceRecoveryCodes(aliceId, [randomBytes(32)], START_MS);
    await apply(store, 'command', [{ kind: 'removeUser', id: aliceId }]);
    assert.equal(await store.factors.findPasskey(passkey.credentialId), undefined);
    assert.equal(await store.factors.countRecoveryCodes(aliceId), undefined);
  });

  testFactors('a sign-in session says what it was signed in with', async (store) => {
    const id = await store.insertSignInSession(newSignInSession({ factors: 'password totp' }));
    assert.equal((await store.findSignInSession(id))?.factors, 'password totp');
    const replacing = await store.insertSignInSession(newSignInSession({ factors: 'passkey' }), [id]);
    assert.equal((await store.findSignInSession(replacing))?.factors, 'passkey');
  });
}
