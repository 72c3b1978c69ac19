import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertError, portal, refresh, signIn } from '../http/testing/api.ts';
import { startLatchkey } from '../testing/mod.ts';

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
