import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { takeBackApproval } from './take-back.ts';
import { answerDevice, askFromDevice, poll, register, signInAs } from './testing/steps.ts';
import { findAccess } from './tokens.ts';

async function allowed() {
  const context = await createTestContext({ users: [{ userName: 'alice' }, { userName: 'bob' }] });
  const client = register(context);
  const { deviceCode, userCode } = await askFromDevice(context, client);
  const session = await signInAs(context, 'alice');
  await answerDevice(context, userCode, 'allow', session);
  const { accessToken } = await poll(context, client, deviceCode);
  const access = await findAccess(context, accessToken);
  assert.ok(access);
  return { context, client, session, accessToken, id: access.authorization.id };
}

test('whoever allowed something ends it, and it is recorded as theirs', async () => {
  const { context, session, accessToken, id } = await allowed();
  assert.equal(await takeBackApproval(context, id, { session, origin }), 'ended');
  assert.equal(await findAccess(context, accessToken), undefined);
  const { id: userId } = session.user;
  const ended = { event: 'sessionEnded', session: 'program', sessionId: id, userId, actor: userId };
  assert.deepEqual(context.events.at(-1), ended);
});

test('what nobody allowed, what another person allowed, and what is not there is not theirs to end', async () => {
  const { context, client, session, accessToken, id } = await allowed();
  const bob = await signInAs(context, 'bob');
  assert.equal(await takeBackApproval(context, id, { session: bob, origin }), 'notTheirs');
  for (const other of [0, id + 1, Number.NaN]) {
    assert.equal(await takeBackApproval(context, other, { session, origin }), 'notTheirs');
  }
  await askFromDevice(context, client);
  assert.ok(await findAccess(context, accessToken));
});
