import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { DEVICE_CODE } from './grant-types.ts';
import {
  allowProgram,
  assertRefused,
  CODE_VERIFIER,
  redeemProgram,
  register,
  signInAs,
} from './testing/steps.ts';
import { findAccess } from './tokens.ts';

test('a program that alice allows gets a code, and tokens for it', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  assert.match(code, /^lk_ac_/);
  const tokens = await redeemProgram(context, client, { code });
  assert.equal(tokens.expiresInSeconds, 3600);
  assert.match(tokens.refreshToken ?? '', /^lk_rt_/);
  const access = await findAccess(context, tokens.accessToken);
  assert.equal(access?.user.userName, 'alice');
  assert.deepEqual(access?.scopes, ['sso:account:access']);
  assert.deepEqual(
    context.events.map(({ event }) => event),
    ['authorizationAllowed', 'sessionStarted'],
  );
});

test('a code needs the verifier of its challenge (RFC 7636 section 4.6)', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  const challenge = hash('sha256', CODE_VERIFIER, 'base64url');
  for (const codeVerifier of ['x'.repeat(43), challenge, `${CODE_VERIFIER}x`, CODE_VERIFIER.toLowerCase()]) {
    await assertRefused(
      redeemProgram(context, client, { code, codeVerifier }),
      'invalid_grant',
      /code verifier/,
    );
  }
  await redeemProgram(context, client, { code });
});

test('a code needs the redirect URI it was sent to, with its port (RFC 6749 section 4.1.3)', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  const others = ['http://127.0.0.1/oauth/callback', 'http://127.0.0.1:41001/oauth/callback', ''];
  for (const redirectUri of others) {
    await assertRefused(
      redeemProgram(context, client, { code, redirectUri }),
      'invalid_grant',
      /redirect URI/,
    );
  }
  await redeemProgram(context, client, { code });
});

test('a code is of use to its own client only', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  await assertRefused(redeemProgram(context, register(context), { code }), 'invalid_grant', /another client/);
  await redeemProgram(context, client, { code });
});

test('a client that did not register for the grant cannot use it', async () => {
  const context = await createTestContext();
  const { code } = await allowProgram(context);
  const client = register(context, { grantTypes: [DEVICE_CODE] });
  await assertRefused(redeemProgram(context, client, { code }), 'unauthorized_client');
});

test('a code expires after a minute', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  context.advance({ seconds: 60 });
  await assertRefused(redeemProgram(context, client, { code }), 'expired_token', /start the sign-in again/);
  await context.store.sweep(context.now(), 100);
  await assertRefused(redeemProgram(context, client, { code }), 'invalid_grant', /not one of this instance/);
});

test('anything that is no code of this instance is refused', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  const elsewhere = await allowProgram(await createTestContext());
  for (const wrong of ['', 'x', code.replace('ac', 'dc'), `${code}A`, elsewhere.code]) {
    await assertRefused(
      redeemProgram(context, client, { code: wrong }),
      'invalid_grant',
      /not one of this instance/,
    );
  }
});

test('requested scopes narrow what was allowed, and never widen it', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context, { change: { scopes: 'openid sso:account:access' } });
  await assertRefused(redeemProgram(context, client, { code, scope: ['aws'] }), 'invalid_scope');
  const { accessToken } = await redeemProgram(context, client, { code, scope: ['openid'] });
  assert.deepEqual((await findAccess(context, accessToken))?.scopes, ['openid']);
});

test('a lost answer can be asked for again within the grace: the same tokens come', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  const [first, second] = await Promise.all([
    redeemProgram(context, client, { code }),
    redeemProgram(context, client, { code }),
  ]);
  assert.deepEqual(first, second);
  context.advance({ seconds: 60 });
  assert.equal((await redeemProgram(context, client, { code })).accessToken, first.accessToken);
});

test('a code that comes back later ends the session it began (RFC 6749 section 4.1.2)', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  const { accessToken } = await redeemProgram(context, client, { code });
  context.advance({ hours: 2 });
  await assertRefused(redeemProgram(context, client, { code }), 'invalid_grant', /its session has ended/);
  assert.equal(await findAccess(context, accessToken), undefined);
  assert.equal(context.events.at(-1)?.event, 'authorizationCodeReused');
});

test('a stolen code shown without its verifier does not end the session', async () => {
  const context = await createTestContext();
  const { client, code } = await allowProgram(context);
  const { accessToken } = await redeemProgram(context, client, { code });
  context.advance({ minutes: 5 });
  await assertRefused(
    redeemProgram(context, client, { code, codeVerifier: 'x'.repeat(43) }),
    'invalid_grant',
  );
  assert.ok(await findAccess(context, accessToken));
});

test('a person who signs out before the code is redeemed takes the permission back', async () => {
  const context = await createTestContext();
  const session = await signInAs(context, 'alice');
  const { client, code } = await allowProgram(context, { session });
  await context.store.endSignInSession(session.id, context.now());
  await assertRefused(redeemProgram(context, client, { code }), 'invalid_grant', /has ended: sign in again/);
});
