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
  const { id: _id, clientId: _clientId, ...shown } = found.request;
  assert.deepEqual(shown, {
    userCode,
    clientName: 'botocore-client-dev',
    scopes: ['sso:account:access', 'openid'],
    address: '192.0.2.1',
    userAgent: 'aws-cli/2.36.12',
    network: 'same',
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
    answerDeviceRequest(context, { userCode, decision, ending: userCode, session, origin });
  const results = await Promise.all([answer('allow'), answer('deny')]);
  assert.deepEqual(results.map(({ kind }) => kind).toSorted(), ['answered', 'answeredBefore']);
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
    answerDeviceRequest(context, { userCode: typed, decision: 'allow', ending: typed, session, origin });
  assert.deepEqual(await answer('BCDF-GHJK'), { kind: 'unknown' });
  assert.equal((await answer(userCode)).kind, 'limited');
});

test('of two people who answer at once, one does, and the other is told it is gone', async () => {
  const { context, client, deviceCode, userCode, session } = await waitingDevice();
  const bob = await signInAs(context, 'bob');
  const answers = await Promise.all([
    answerDeviceRequest(context, { userCode, decision: 'deny', session, origin }),
    answerDeviceRequest(context, { userCode, decision: 'allow', ending: userCode, session: bob, origin }),
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
  const { authorizationId, ...event } = context.events.at(-1) as unknown as Record<string, unknown>;
  assert.equal(typeof authorizationId, 'number');
  assert.deepEqual(event, {
    event: 'deviceRequestDenied',
    userId: session.user.id,
    clientName: 'botocore-client-dev',
    requestedFrom: '192.0.2.1',
  });
});

/** A browser in another network than the device of these tests. */
const elsewhere = { ...origin, address: '198.51.100.7' };

/** Four letters that a user code can end with, but this one does not. */
function otherEnding(userCode: string): string {
  return userCode.endsWith('BBBB') ? 'CCCC' : 'BBBB';
}

/** A device, and alice's browser in another network. */
async function deviceElsewhere(options: Parameters<typeof createTestContext>[0] = {}) {
  const waiting = await waitingDevice(options);
  const { context, session, userCode } = waiting;
  const allow = (ending?: string, from = elsewhere) =>
    answerDeviceRequest(context, { userCode, decision: 'allow', ending, session, origin: from });
  const deny = () => answerDeviceRequest(context, { userCode, decision: 'deny', session, origin: elsewhere });
  return { ...waiting, allow, deny };
}

test('a request is allowed with the last four letters of its user code, typed leniently', async () => {
  for (const write of [
    (letters: string) => letters,
    (letters: string) => letters.toLowerCase(),
    (letters: string) => ` -${[...letters].join(' ')}\u200b`,
    (letters: string) =>
      [...letters].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join(''),
  ]) {
    const { allow, userCode } = await deviceElsewhere({ limits: { userCodeFailuresPerUser: 1 } });
    assert.equal((await allow(write(userCode.slice(-4)))).kind, 'answered');
  }
  const { allow, userCode } = await deviceElsewhere();
  assert.equal((await allow(userCode)).kind, 'answered', 'the whole code has its end, too');
});

test('a request is not allowed without the end of its user code, nor with a wrong one, from whatever network', async () => {
  const { context, client, deviceCode, userCode, allow } = await deviceElsewhere();
  const mistakes: readonly [typed: string | undefined, kind: string][] = [
    [undefined, 'wrongLength'],
    ['', 'wrongLength'],
    [userCode.slice(-3), 'wrongLength'],
    [userCode.slice(0, 4), userCode.endsWith(userCode.slice(0, 4)) ? 'right' : 'wrong'],
    [otherEnding(userCode), 'wrong'],
    [`${userCode.slice(0, 4)}${otherEnding(userCode)}`, 'wrong'],
    [`${otherEnding(userCode)}${userCode.slice(-4)}`, 'wrong'],
    ['1234', 'wrongCharacter'],
  ];
  for (const [typed, kind] of mistakes) {
    for (const from of [elsewhere, origin]) {
      const result = await allow(typed, from);
      assert.ok(result.kind === 'unconfirmed', typed);
      assert.equal(result.mistake.kind, kind, typed);
    }
  }
  assert.equal(context.events.filter(({ event }) => event === 'deviceRequestAllowed').length, 0);
  await assert.rejects(poll(context, client, deviceCode), { code: 'authorization_pending' });
});

test('wrong letters count as wrong user codes, slips do not, and the right ones are refused beyond the limit', async () => {
  const { context, allow, find, userCode } = await deviceElsewhere({
    limits: { userCodeFailuresPerUser: 3 },
  });
  for (let slips = 0; slips < 5; slips += 1) await allow('BC');
  await find('BCDF-GHJK');
  await allow(otherEnding(userCode));
  await allow(otherEnding(userCode));
  assert.equal((await allow(userCode.slice(-4))).kind, 'limited');
  assert.equal((await find(userCode)).kind, 'limited');
  assert.equal(context.events.at(-1)?.event, 'userCodeLimited');
});

test('many guesses at once at the last four letters do not slip through the limit', async () => {
  const { allow, userCode } = await deviceElsewhere({ limits: { userCodeFailuresPerUser: 3 } });
  const wrong = await Promise.all(Array.from({ length: 20 }, () => allow(otherEnding(userCode))));
  assert.equal(wrong.filter(({ kind }) => kind === 'unconfirmed').length, 3);
  assert.equal(wrong.filter(({ kind }) => kind === 'limited').length, 17);
});

test('right letters cost no attempt, and give none back', async () => {
  const { context, client, session, allow, userCode } = await deviceElsewhere({
    limits: { userCodeFailuresPerUser: 2 },
  });
  await allow(otherEnding(userCode));
  assert.equal((await allow(userCode.slice(-4))).kind, 'answered');
  const next = await askFromDevice(context, client);
  const answer = (ending: string) =>
    answerDeviceRequest(context, {
      userCode: next.userCode,
      decision: 'allow',
      ending,
      session,
      origin: elsewhere,
    });
  assert.equal((await answer(otherEnding(next.userCode))).kind, 'unconfirmed');
  assert.equal((await answer(next.userCode.slice(-4))).kind, 'limited');
});

test('denying a request needs nothing typed, also when no attempt is left', async () => {
  const { allow, deny, userCode } = await deviceElsewhere({ limits: { userCodeFailuresPerUser: 1 } });
  await allow(otherEnding(userCode));
  assert.equal((await allow(userCode.slice(-4))).kind, 'limited');
  assert.equal((await deny()).kind, 'answered');
});
