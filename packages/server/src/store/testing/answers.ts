import assert from 'node:assert/strict';
import { randomBytes } from '../../keys/random.ts';
import {
  approveOnTheSpot,
  askFromDevice,
  codeBinding,
  findDeviceRequest,
  MINUTE_MS,
  newAnswer,
  newAttempt,
  newAuthorization,
  START_MS,
  signInAlice,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

export function answersConformance(testStore: StoreTest): void {
  testStore(
    'the answer to a device request is found by the person and the code, and by nothing else',
    async (store) => {
      const approval = await signInAlice(store);
      for (const decision of ['allow', 'deny'] as const) {
        const { id, digest } = await askFromDevice(store);
        const answer = newAnswer();
        assert.equal(await store.findAnswer(answer.questionDigests, START_MS), undefined);
        const answered =
          decision === 'allow'
            ? store.approveDeviceRequest(id, approval, answer, START_MS + 1)
            : store.denyDeviceRequest(id, answer, START_MS + 1);
        assert.equal(await answered, decision === 'allow' ? 'approved' : true);
        const expected = {
          decision,
          answeredAtMs: START_MS + 1,
          authorizationId: decision === 'allow' ? id : null,
        };
        const { questionDigests } = answer;
        assert.deepEqual({ ...(await store.findAnswer(questionDigests, START_MS + 2)) }, expected);
        const outcome = await findDeviceRequest(store, digest, { questionDigests }, START_MS + 2);
        assert.ok(outcome.kind === 'answeredBefore');
        assert.deepEqual({ ...outcome.answer }, expected);
        const others = { questionDigests: [randomBytes(16)] };
        assert.deepEqual(await findDeviceRequest(store, digest, others, START_MS + 2), { kind: 'unknown' });
        assert.equal(await store.findAnswer(others.questionDigests, START_MS + 2), undefined);
      }
    },
  );

  testStore('a device request that was not answered leaves no answer', async (store) => {
    const approval = await signInAlice(store);
    const { id } = await askFromDevice(store);
    await store.denyDeviceRequest(id, newAnswer(), START_MS);
    const late = newAnswer();
    assert.equal(await store.approveDeviceRequest(id, approval, late, START_MS), 'unknown');
    assert.equal(await store.denyDeviceRequest(id, late, START_MS), false);
    assert.equal(await store.findAnswer(late.questionDigests, START_MS), undefined);
  });

  testStore('an answer that was found takes no attempt, and is found when none is left', async (store) => {
    const { id, digest } = await askFromDevice(store);
    const answer = newAnswer();
    await store.denyDeviceRequest(id, answer, START_MS);
    const attempts = [newAttempt(1)];
    const { questionDigests } = answer;
    const find = async () => (await findDeviceRequest(store, digest, { questionDigests, attempts })).kind;
    for (let tries = 0; tries < 3; tries += 1) assert.equal(await find(), 'answeredBefore');
    assert.equal((await findDeviceRequest(store, randomBytes(16), { attempts })).kind, 'unknown');
    assert.equal((await findDeviceRequest(store, randomBytes(16), { attempts })).kind, 'limited');
    assert.equal(await find(), 'answeredBefore');
  });

  testStore('an answer is found with an earlier key of the digests, too, until it expires', async (store) => {
    const answer = newAnswer();
    const { expiresAtMs } = answer;
    assert.equal(await store.insertDenial(answer, START_MS), undefined);
    const digests = [randomBytes(16), ...answer.questionDigests];
    assert.equal((await store.findAnswer(digests, expiresAtMs - 1))?.decision, 'deny');
    assert.equal(await store.findAnswer(digests, expiresAtMs), undefined);
    assert.equal(
      await store.insertDenial({ ...answer, expiresAtMs: expiresAtMs + 1 }, expiresAtMs),
      undefined,
    );
    assert.equal((await store.findAnswer(digests, expiresAtMs))?.answeredAtMs, expiresAtMs);
  });

  testStore(
    'of many answers to one authorization request at once, one counts, and the others get it',
    async (store) => {
      const approval = await signInAlice(store);
      const answer = newAnswer();
      const allow = () =>
        store.insertApprovedAuthorization(newAuthorization(), approval, codeBinding, answer);
      const [allowed, denied] = await Promise.all([
        Promise.all([allow(), allow(), allow()]),
        store.insertDenial(answer, START_MS),
      ]);
      const kept = await store.findAnswer(answer.questionDigests, START_MS);
      const approved = allowed.filter(({ kind }) => kind === 'approved');
      const before = allowed.flatMap((outcome) =>
        outcome.kind === 'answeredBefore' ? [outcome.answer] : [],
      );
      if (denied === undefined) assert.equal(kept?.decision, 'deny');
      else assert.deepEqual(denied, kept);
      assert.equal(approved.length, denied === undefined ? 0 : 1);
      assert.deepEqual(before, Array(allowed.length - approved.length).fill(kept));
      for (const outcome of allowed) {
        if (outcome.kind !== 'approved') continue;
        assert.equal(kept?.authorizationId, outcome.id);
        assert.equal((await store.findAuthorization(outcome.id))?.state, 'approved');
      }
    },
  );

  testStore('answers that have expired are swept, and others stay', async (store) => {
    const expired = newAnswer({ expiresAtMs: START_MS + MINUTE_MS });
    const kept = newAnswer();
    await store.insertDenial(expired, START_MS);
    await store.insertDenial(kept, START_MS);
    await approveOnTheSpot(store, await signInAlice(store));
    assert.deepEqual(await store.sweep(START_MS + MINUTE_MS, 10), { removed: 1, finished: true });
    assert.notEqual(await store.findAnswer(kept.questionDigests, START_MS + MINUTE_MS), undefined);
  });
}
