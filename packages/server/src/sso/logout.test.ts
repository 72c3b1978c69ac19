import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { register, signInAs, signInWithDevice } from '../grants/testing/steps.ts';
import { findAccess } from '../grants/tokens.ts';
import { assertError, portal, post, refresh, signIn } from '../http/testing/api.ts';
import { startSignInSession } from '../people/sign-in.ts';
import { handleLogout } from './logout.ts';

test('Logout answers with nothing, and ends access and refresh at once', async () => {
  await using latchkey = await startLatchkey();
  const { client, accessToken, refreshToken } = await signIn(latchkey);
  const answer = await portal(latchkey, '/logout', accessToken, 'POST');
  assert.equal(answer.status, 200);
  assert.equal(answer.text, '');
  assertError(await portal(latchkey, '/assignment/accounts', accessToken), {
    status: 401,
    type: 'UnauthorizedException',
  });
  assertError(await refresh(latchkey, client, refreshToken), {
    status: 400,
    type: 'InvalidGrantException',
    error: 'invalid_grant',
  });
  assertError(await portal(latchkey, '/logout', accessToken, 'POST'), {
    status: 401,
    type: 'UnauthorizedException',
  });
});

test('Logout ends the sign-in session in which the token was approved, and no other', async () => {
  await using latchkey = await startLatchkey();
  const [one, other] = [await signIn(latchkey), await signIn(latchkey)];
  await portal(latchkey, '/logout', one.accessToken, 'POST');
  assert.equal((await portal(latchkey, '/assignment/accounts', other.accessToken)).status, 200);
});

test('Logout ends the session of an access token that has expired, too', async () => {
  await using latchkey = await startLatchkey();
  const { client, accessToken, refreshToken } = await signIn(latchkey);
  latchkey.clock.advance({ minutes: 61 });
  assert.equal((await portal(latchkey, '/logout', accessToken, 'POST')).status, 200);
  assertError(await refresh(latchkey, client, refreshToken), {
    status: 400,
    type: 'InvalidGrantException',
    error: 'invalid_grant',
  });
});

test('Logout takes no notice of a body', async () => {
  await using latchkey = await startLatchkey();
  for (const body of ['{}', 'not JSON', 'x'.repeat(70_000)]) {
    const { accessToken } = await signIn(latchkey);
    const answer = await post(latchkey, '/logout', body, { 'x-amz-sso_bearer_token': accessToken });
    assert.equal(answer.status, 200);
  }
});

test('Logout ends the session also when the person signs in again in the browser at that moment', async (t) => {
  const context = await createTestContext({ users: [{ userName: 'alice' }] });
  const session = await signInAs(context, 'alice');
  const { accessToken } = await signInWithDevice(context, register(context), session);
  const end = context.store.endSignInSession.bind(context.store);
  const ending = t.mock.method(context.store, 'endSignInSession', async (id: number, nowMs: number) => {
    ending.mock.restore();
    await startSignInSession(context, session.user, { origin, replaced: [session] });
    return end(id, nowMs);
  });
  const request = {
    method: 'POST',
    path: '/logout',
    query: '',
    headers: {},
    body: new Uint8Array(),
    oversized: false,
    origin,
  } as const;
  await handleLogout({ accessToken }, { context, request });
  assert.equal(await findAccess(context, accessToken), undefined);
});
