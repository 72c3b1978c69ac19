import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { startDeviceAuthorization } from './device-code.ts';
import { findDeviceRequest } from './device-request.ts';
import { AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN } from './grant-types.ts';
import { issuerUrl } from './start-url.ts';
import {
  answerDevice,
  askFromDevice,
  assertRefused,
  poll,
  refresh,
  register,
  signInAs,
} from './testing/steps.ts';
import { findAccess } from './tokens.ts';

describe('starting a device authorization (RFC 8628 section 3.1)', () => {
  test('gives a device code, a user code, and how long and how often to poll', async () => {
    const context = await createTestContext();
    const started = await askFromDevice(context, register(context));
    assert.match(started.deviceCode, /^lk_dc_/);
    assert.match(started.userCode, /^[A-Z]{4}-[A-Z]{4}$/);
    assert.equal(started.expiresInSeconds, 600);
    assert.equal(started.intervalSeconds, 1);
  });

  test('is taken from a client whose name has U+0000, which not every store keeps', async () => {
    const context = await createTestContext();
    const { userCode } = await askFromDevice(context, register(context, { clientName: 'a\0b' }));
    const session = await signInAs(context, 'alice');
    const found = await findDeviceRequest(context, { userCode, session, origin });
    assert.equal(found.kind === 'found' && found.request.clientName, 'a\ufffdb');
  });

  test('is refused where it is turned off', async () => {
    const context = await createTestContext({ deviceCode: false });
    await assertRefused(askFromDevice(context, register(context)), 'unauthorized_client', /turned off here/);
  });

  test('is refused to a client that registered for other grants', async () => {
    const context = await createTestContext();
    const client = register(context, { grantTypes: [AUTHORIZATION_CODE, REFRESH_TOKEN] });
    await assertRefused(
      askFromDevice(context, client),
      'unauthorized_client',
      /registered for authorization_code/,
    );
  });

  test('is refused for a start URL of another instance', async () => {
    const context = await createTestContext();
    const request = { startUrl: 'https://other.awsapps.com/start', origin };
    await assertRefused(
      startDeviceAuthorization(context, register(context), request),
      'invalid_request',
      /"https:\/\/other\.awsapps\.com\/start" is not one of this instance/,
    );
  });

  test('is slowed down for an address that asks too often, and for no other', async () => {
    const context = await createTestContext({ limits: { deviceAuthorizationsPerAddressPerMinute: 2 } });
    const client = register(context);
    const startUrl = issuerUrl(context);
    const ask = (address: string) =>
      startDeviceAuthorization(context, client, { startUrl, origin: { ...origin, address } });
    await ask('2001:db8::1');
    await ask('2001:db8::2');
    await assertRefused(ask('2001:db8::3'), 'slow_down', /from this address/);
    await ask('2001:db8:0:1::1');
    context.advance({ seconds: 30 });
    await ask('2001:db8::3');
  });

  test('is slowed down while too many requests wait for an answer', async () => {
    const context = await createTestContext({ limits: { pendingDeviceAuthorizations: 2 } });
    const client = register(context);
    const { userCode } = await askFromDevice(context, client);
    await askFromDevice(context, client);
    await assertRefused(askFromDevice(context, client), 'slow_down', /wait for an answer/);
    await answerDevice(context, userCode, 'deny');
    await askFromDevice(context, client);
  });

  test('takes the place of the newest of the address with the most, whose device is told to start again', async () => {
    const context = await createTestContext({ limits: { pendingDeviceAuthorizations: 3 } });
    const client = register(context);
    const startUrl = issuerUrl(context);
    const ask = (address: string) =>
      startDeviceAuthorization(context, client, { startUrl, origin: { ...origin, address } });
    const [first, second, third] = [
      await ask('203.0.113.1'),
      await ask('203.0.113.1'),
      await ask('203.0.113.1'),
    ];
    const other = await ask('192.0.2.1');
    await assertRefused(poll(context, client, third.deviceCode), 'invalid_grant', /start the sign-in again/);
    for (const { deviceCode } of [first, second, other]) {
      await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
    }
    await assertRefused(ask('203.0.113.1'), 'slow_down', /wait for an answer/);
    assert.deepEqual(context.dropped, ['deviceAuthorization']);
  });

  test('keeps no more of a user agent than a person would read', async () => {
    const context = await createTestContext();
    const long = { ...origin, userAgent: 'x'.repeat(10_000) };
    const startUrl = issuerUrl(context);
    const started = await startDeviceAuthorization(context, register(context), { startUrl, origin: long });
    const session = await signInAs(context, 'alice');
    const found = await findDeviceRequest(context, { userCode: started.userCode, session, origin });
    assert.equal(found.kind === 'found' && found.request.userAgent.length, 256);
  });
});

describe('polling with a device code (RFC 8628 sections 3.4 and 3.5)', () => {
  test('is pending until the person has answered', async () => {
    const context = await createTestContext();
    const client = register(context);
    const { deviceCode, userCode } = await askFromDevice(context, client);
    await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
    await answerDevice(context, userCode, 'allow');
    const tokens = await poll(context, client, deviceCode);
    assert.match(tokens.accessToken, /^lk_at_/);
    assert.match(tokens.refreshToken ?? '', /^lk_rt_/);
    assert.equal(tokens.expiresInSeconds, 3600);
    const access = await findAccess(context, tokens.accessToken);
    assert.equal(access?.user.userName, 'alice');
    assert.deepEqual(access?.scopes, ['sso:account:access', 'openid']);
  });

  test('writes nothing while it is pending', async () => {
    const asked: (string | symbol)[] = [];
    const store = new Proxy(openSqliteStore(':memory:'), {
      get(target, name) {
        asked.push(name);
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const context = await createTestContext({ store });
    const client = register(context);
    const { deviceCode } = await askFromDevice(context, client);
    asked.length = 0;
    await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
    assert.deepEqual(asked, ['findAuthorization']);
  });

  test('twice back to back and then every interval, as the AWS CLI does, is never slowed down', async () => {
    const context = await createTestContext();
    const client = register(context);
    const { deviceCode, intervalSeconds } = await askFromDevice(context, client);
    await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
    for (let polls = 0; polls < 100; polls += 1) {
      await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
      context.advance({ seconds: intervalSeconds });
    }
  });

  test('more often than the interval is told to slow down, until it does', async () => {
    const context = await createTestContext({ lifetimes: { devicePollIntervalSeconds: 5 } });
    const client = register(context);
    const { deviceCode } = await askFromDevice(context, client);
    for (let polls = 0; polls < 3; polls += 1) {
      await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
    }
    await assertRefused(poll(context, client, deviceCode), 'slow_down', /5 seconds longer/);
    context.advance({ seconds: 4, milliseconds: 999 });
    await assertRefused(poll(context, client, deviceCode), 'slow_down');
    context.advance({ milliseconds: 1 });
    await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
  });

  test('does not slow down other devices, nor the answer once it is there', async () => {
    const context = await createTestContext();
    const client = register(context);
    const eager = await askFromDevice(context, client);
    const calm = await askFromDevice(context, client);
    for (let polls = 0; polls < 10; polls += 1) await assert.rejects(poll(context, client, eager.deviceCode));
    await assertRefused(poll(context, client, calm.deviceCode), 'authorization_pending');
    await answerDevice(context, eager.userCode, 'allow');
    await poll(context, client, eager.deviceCode);
  });

  test('is told when the person denied', async () => {
    const context = await createTestContext();
    const client = register(context);
    const { deviceCode, userCode } = await askFromDevice(context, client);
    await answerDevice(context, userCode, 'deny');
    for (let polls = 0; polls < 5; polls += 1) {
      await assertRefused(poll(context, client, deviceCode), 'access_denied', /denied by the person/);
    }
  });

  test('is told when the code has expired, answered or not', async () => {
    const context = await createTestContext();
    const client = register(context);
    const waiting = await askFromDevice(context, client);
    const allowed = await askFromDevice(context, client);
    const denied = await askFromDevice(context, client);
    await answerDevice(context, allowed.userCode, 'allow');
    await answerDevice(context, denied.userCode, 'deny');
    context.advance({ minutes: 10, milliseconds: -1 });
    await assertRefused(poll(context, client, waiting.deviceCode), 'authorization_pending');
    context.advance({ milliseconds: 1 });
    for (const { deviceCode } of [waiting, allowed, denied]) {
      await assertRefused(poll(context, client, deviceCode), 'expired_token', /start the sign-in again/);
    }
  });

  test('with the code of another client is refused, and leaves that client alone', async () => {
    const context = await createTestContext();
    const client = register(context);
    const thief = register(context);
    const { deviceCode, userCode } = await askFromDevice(context, client);
    await assertRefused(poll(context, thief, deviceCode), 'invalid_grant', /issued to another client/);
    await answerDevice(context, userCode, 'allow');
    await assertRefused(poll(context, thief, deviceCode), 'invalid_grant', /issued to another client/);
    await poll(context, client, deviceCode);
  });

  test('with anything that is no device code of this instance is refused', async () => {
    const context = await createTestContext();
    const client = register(context);
    const { deviceCode, userCode } = await askFromDevice(context, client);
    const elsewhere = await createTestContext();
    const foreign = await askFromDevice(elsewhere, register(elsewhere));
    const wrong = [
      '',
      'x',
      userCode,
      deviceCode.slice(0, -1),
      deviceCode.replace('dc', 'rt'),
      foreign.deviceCode,
    ];
    for (const code of wrong)
      await assertRefused(poll(context, client, code), 'invalid_grant', /not one of this/);
  });

  test('narrows the session to the scopes it asks for, and never widens it', async () => {
    const context = await createTestContext();
    const client = register(context);
    const { deviceCode, userCode } = await askFromDevice(context, client);
    await answerDevice(context, userCode, 'allow');
    await assertRefused(
      poll(context, client, deviceCode, ['openid', 'aws']),
      'invalid_scope',
      /"aws" goes beyond/,
    );
    const { accessToken, refreshToken } = await poll(context, client, deviceCode, ['openid']);
    assert.deepEqual((await findAccess(context, accessToken))?.scopes, ['openid']);
    assert.ok(refreshToken);
  });

  test('sent again, may ask for fewer scopes, and for no more than the session has', async () => {
    const context = await createTestContext();
    const client = register(context);
    const { deviceCode, userCode } = await askFromDevice(context, client);
    await answerDevice(context, userCode, 'allow');
    const first = await poll(context, client, deviceCode);
    assert.deepEqual(await poll(context, client, deviceCode, ['openid', 'sso:account:access']), first);
    const { accessToken } = await poll(context, client, deviceCode, ['openid']);
    assert.deepEqual((await findAccess(context, accessToken))?.scopes, ['openid']);
    await assertRefused(poll(context, client, deviceCode, ['aws']), 'invalid_scope');
  });
});

describe('redeeming a device code more than once (RFC 6749 section 4.1.2)', () => {
  async function approvedDevice() {
    const context = await createTestContext({ lifetimes: { refreshGraceSeconds: 60 } });
    const client = register(context);
    const session = await signInAs(context, 'alice');
    const { deviceCode, userCode } = await askFromDevice(context, client);
    await answerDevice(context, userCode, 'allow', session);
    return { context, client, deviceCode, session };
  }

  test('at once, or soon after as the answer was lost, gives the same tokens', async () => {
    const { context, client, deviceCode } = await approvedDevice();
    const redemptions = Array.from({ length: 5 }, () => poll(context, client, deviceCode));
    const [first, ...others] = await Promise.all(redemptions);
    for (const tokens of others) assert.deepEqual(tokens, first);
    context.advance({ seconds: 60 });
    const { accessToken, refreshToken, expiresInSeconds } = await poll(context, client, deviceCode);
    assert.deepEqual(
      { accessToken, refreshToken },
      { accessToken: first?.accessToken, refreshToken: first?.refreshToken },
    );
    assert.equal(expiresInSeconds, 3540, 'counted from when they were issued');
    assert.equal(context.events.filter(({ event }) => event === 'sessionStarted').length, 1);
  });

  test('within the grace, after the session was refreshed, gives the current tokens, and is audited', async () => {
    const { context, client, deviceCode } = await approvedDevice();
    const { refreshToken } = await poll(context, client, deviceCode);
    const refreshed = await refresh(context, client, refreshToken ?? '');
    context.advance({ seconds: 60 });
    assert.equal((await poll(context, client, deviceCode)).accessToken, refreshed.accessToken);
    assert.equal(context.events.at(-1)?.event, 'tokensRepeated');
    context.advance({ milliseconds: 1 });
    await assertRefused(poll(context, client, deviceCode), 'invalid_grant', /its session has ended/);
  });

  test('after the grace ends the session, and is recorded', async () => {
    const { context, client, deviceCode } = await approvedDevice();
    const { accessToken } = await poll(context, client, deviceCode);
    context.advance({ seconds: 60, milliseconds: 1 });
    await assertRefused(
      poll(context, client, deviceCode),
      'invalid_grant',
      /redeemed before: its session has ended/,
    );
    assert.equal(await findAccess(context, accessToken), undefined);
    assert.equal(context.events.at(-1)?.event, 'deviceCodeReused');
    await assertRefused(poll(context, client, deviceCode), 'invalid_grant');
  });

  test('by another client does no harm to the session', async () => {
    const { context, client, deviceCode } = await approvedDevice();
    const { accessToken } = await poll(context, client, deviceCode);
    context.advance({ minutes: 5 });
    await assertRefused(poll(context, register(context), deviceCode), 'invalid_grant', /another client/);
    assert.ok(await findAccess(context, accessToken));
  });

  test('is refused when the person signed out before the first time', async () => {
    const { context, client, deviceCode, session } = await approvedDevice();
    await context.store.endSignInSession(session.id, context.now());
    await assertRefused(poll(context, client, deviceCode), 'invalid_grant', /has ended: sign in again/);
  });

  test('is refused when the person signs out while it is being redeemed', async () => {
    const { context, client, deviceCode, session } = await approvedDevice();
    const polling = poll(context, client, deviceCode);
    await Promise.all([
      assertRefused(polling, 'invalid_grant', /not valid any more: sign in again/),
      context.store.endSignInSession(session.id, context.now()),
    ]);
  });

  test('is refused when the person may not sign in any more', async () => {
    const { context, client, deviceCode } = await approvedDevice();
    await context.replaceDirectory({ users: [{ userName: 'alice', disabled: true }] });
    await assertRefused(poll(context, client, deviceCode), 'invalid_grant', /has ended: sign in again/);
  });
});

test('a legacy client, without scopes, gets a session of 8 hours and no refresh token', async () => {
  const context = await createTestContext();
  const client = register(context, { scopes: undefined, redirectUris: undefined });
  const { deviceCode, userCode } = await askFromDevice(context, client);
  await answerDevice(context, userCode, 'allow');
  const tokens = await poll(context, client, deviceCode);
  assert.equal(tokens.expiresInSeconds, 8 * 3600);
  assert.equal('refreshToken' in tokens, false);
  context.advance({ hours: 8, milliseconds: -1 });
  assert.deepEqual((await findAccess(context, tokens.accessToken))?.scopes, ['sso:account:access']);
  context.advance({ milliseconds: 1 });
  assert.equal(await findAccess(context, tokens.accessToken), undefined);
});

test('a client that did not register for refreshing gets no refresh token', async () => {
  const context = await createTestContext();
  const client = register(context, { grantTypes: [DEVICE_CODE] });
  const { deviceCode, userCode } = await askFromDevice(context, client);
  await answerDevice(context, userCode, 'allow');
  const tokens = await poll(context, client, deviceCode);
  assert.equal('refreshToken' in tokens, false);
  assert.equal(tokens.expiresInSeconds, 3600);
});
