import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, START_MS } from '../fixtures/test-context.ts';
import { answerDeviceRequest, findDeviceRequest } from './device-request.ts';
import { answerDevice, askFromDevice, poll, register, signInAs } from './testing/steps.ts';

async function waitingDevice(options: Parameters<typeof createTestContext>[0] = {}) {
  const context = await createTestContext({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    ...options,
  });
  const client = register(context);
  const { deviceCode, userCode } = await askFromDevice(context, client);
  const session = await signInAs(context, 'alice');
  const find = (typed: string) => findDeviceRequest(context, { userCode: typed, session, origin });
  return { context, client, deviceCode, userCode, session, find };
}

test('whoever types the user code sees who asks, from where, for what and since when', async () => {
  const { context, find, userCode } = await waitingDevice();
  context.advance({ minutes: 1 });
  const found = await find(userCode.toLowerCase().replace('-', ' '));
  assert.ok(found.kind === 'found');
  const { id: _, ...shown } = found.request;
  assert.deepEqual(shown, {
    userCode,
    clientName: 'botocore-client-dev',
    scopes: ['sso:account:access', 'openid'],
    address: '192.0.2.1',
    userAgent: 'aws-cli/2.36.12',
    createdAtMs: START_MS,
    expiresAtMs: START_MS + 600_000,
  });
});

test('unknown and expired requests, and those that somebody else answered, look alike', async () => {
  const { context, find, userCode, client } = await waitingDevice();
  const answered = await askFromDevice(context, client);
  await answerDevice(context, answered.userCode, 'allow', await signInAs(context, 'bob'));
  for (const typed of ['BCDF-GHJK', answered.userCode]) {
    assert.deepEqual(await find(typed), { kind: 'unknown' });
  }
  context.advance({ minutes: 10 });
  assert.deepEqual(await find(userCode), { kind: 'unknown' });
});

test('whoever answered a request is told when, in every session and at no cost, for an hour', async () => {
  for (const decision of ['allow', 'deny'] as const) {
    const { context, userCode, session, find } = await waitingDevice({
      limits: { userCodeFailuresPerUser: 1 },
    });
    context.advance({ minutes: 1 });
    await answerDevice(context, userCode, decision, await signInAs(context, 'alice'));
    const other = decision === 'allow' ? 'deny' : 'allow';
    for (let times = 0; times < 3; times += 1) {
      const found = await find(userCode);
      const again = await answerDeviceRequest(context, { userCode, decision: other, session, origin });
      for (const result of [found, again]) {
        assert.ok(result.kind === 'answeredBefore');
        assert.equal(result.answer.decision, decision);
        assert.equal(result.answer.answeredAtMs, START_MS + 60_000);
      }
    }
    context.advance({ minutes: 59 });
    assert.equal((await find(userCode)).kind, 'answeredBefore', 'also after its user code has expired');
    context.advance({ minutes: 1 });
    assert.deepEqual(await find(userCode), { kind: 'unknown' });
  }
});

test('a request that somebody else answered counts as a wrong code, as one that nobody made does', async () => {
  const { context, userCode, find } = await waitingDevice({ limits: { userCodeFailuresPerUser: 1 } });
  await answerDevice(context, userCode, 'allow', await signInAs(context, 'bob'));
  assert.equal((await find(userCode)).kind, 'unknown');
  assert.equal((await find(userCode)).kind, 'limited');
});

test('of two answers of one person at once, one counts, and the other is told of it', async () => {
  const { context, userCode, session } = await waitingDevice();
  const answer = (decision: 'allow' | 'deny') =>
    answerDeviceRequest(context, { userCode, decision, session, origin });
  const results = await Promise.all([answer('allow'), answer('deny')]);
  assert.deepEqual(
    results.map(({ kind }) => kind),
    ['answered', 'answeredBefore'],
  );
});

test('what cannot be a user code costs no attempt: it was a slip', async () => {
  const { find, userCode } = await waitingDevice({ limits: { userCodeFailuresPerUser: 1 } });
  const wrongCharacter = { kind: 'wrongCharacter', character: '1' };
  for (let tries = 0; tries < 5; tries += 1) {
    assert.deepEqual(await find('1234-5678'), wrongCharacter);
    assert.deepEqual(await find('BCDF'), { kind: 'wrongLength', letters: 4 });
  }
  assert.equal((await find(userCode)).kind, 'found');
});

test('who types too many wrong codes waits, however right the next one is, and it is recorded', async () => {
  const { context, find, userCode } = await waitingDevice({ limits: { userCodeFailuresPerUser: 2 } });
  await find('BCDF-GHJK');
  await find('BCDF-GHJL');
  context.advance({ minutes: 5 });
  assert.deepEqual(await find(userCode), { kind: 'limited', retryAfterSeconds: 600 });
  assert.equal(context.events.at(-1)?.event, 'userCodeLimited');
});

test('an answer counts wrong codes, too', async () => {
  const { context, session, userCode } = await waitingDevice({ limits: { userCodeFailuresPerUser: 1 } });
  const answer = (typed: string) =>
    answerDeviceRequest(context, { userCode: typed, decision: 'allow', session, origin });
  assert.deepEqual(await answer('BCDF-GHJK'), { kind: 'unknown' });
  assert.equal((await answer(userCode)).kind, 'limited');
});

test('of two people who answer at once, one does, and the other is told it is gone', async () => {
  const { context, client, deviceCode, userCode, session } = await waitingDevice();
  const bob = await signInAs(context, 'bob');
  const answers = await Promise.all([
    answerDeviceRequest(context, { userCode, decision: 'deny', session, origin }),
    answerDeviceRequest(context, { userCode, decision: 'allow', session: bob, origin }),
  ]);
  assert.deepEqual(answers.map(({ kind }) => kind).toSorted(), ['answered', 'unknown']);
  const denied = answers[0]?.kind === 'answered';
  await (denied
    ? assert.rejects(poll(context, client, deviceCode), { code: 'access_denied' })
    : poll(context, client, deviceCode));
});

test('an answer is recorded with who, for which client, and where the device asked from', async () => {
  const { context, session, userCode } = await waitingDevice();
  const elsewhere = { ...origin, address: '198.51.100.7' };
  await answerDeviceRequest(context, { userCode, decision: 'deny', session, origin: elsewhere });
  assert.deepEqual(context.events.at(-1), {
    event: 'deviceRequestDenied',
    userId: session.user.id,
    clientName: 'botocore-client-dev',
    requestedFrom: '192.0.2.1',
  });
});
