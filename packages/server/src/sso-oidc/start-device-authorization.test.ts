import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { assertError, type Credentials, post, register } from '../http/testing/api.ts';
import type { LatchkeyOptions } from '../testing-kit/mod.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());
const client = await register(latchkey);

function start(change: Partial<Credentials & { readonly startUrl: string }> = {}) {
  return post(latchkey, '/device_authorization', { ...client, startUrl: latchkey.startUrl, ...change });
}

test('a device gets its codes, where to send the person, and whole seconds', async () => {
  const { status, members } = await start();
  assert.equal(status, 200);
  const { deviceCode, userCode, ...rest } = members;
  assert.match(String(deviceCode), /^lk_dc_/);
  assert.match(String(userCode), /^[A-Z]{4}-[A-Z]{4}$/);
  assert.deepEqual(rest, {
    verificationUri: `${latchkey.url}/device`,
    verificationUriComplete: `${latchkey.url}/device?user_code=${userCode}`,
    expiresIn: 600,
    interval: 1,
  });
});

test('a client that shows the wrong id or secret gets InvalidClientException, 401', async () => {
  for (const change of [{ clientId: 'x' }, { clientSecret: 'x' }]) {
    const expected = {
      status: 401,
      type: 'InvalidClientException',
      error: 'invalid_client',
      message: /register/,
    };
    assertError(await start(change), expected);
  }
});

test('a start URL of another instance gets InvalidRequestException', async () => {
  const answer = await start({ startUrl: 'https://other.awsapps.com/start' });
  const message = /"https:\/\/other\.awsapps\.com\/start" is not one of this instance/;
  assertError(answer, { status: 400, type: 'InvalidRequestException', error: 'invalid_request', message });
});

test('a client of other grants gets UnauthorizedClientException', async () => {
  const grantTypes = ['authorization_code', 'refresh_token'];
  const other = await register(latchkey, { grantTypes, redirectUris: ['http://127.0.0.1/'] });
  const answer = await start(other);
  assertError(answer, { status: 400, type: 'UnauthorizedClientException', error: 'unauthorized_client' });
});

test('an instance for tests starts as many as they ask for', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => start()));
  assert.ok(answers.every(({ status }) => status === 200));
});

const limited: Readonly<Record<string, NonNullable<LatchkeyOptions['settings']>>> = {
  'an address that asks too often': { limits: { deviceAuthorizationsPerAddressPerMinute: 1 } },
  'too many that wait': { limits: { pendingDeviceAuthorizations: 1 } },
};
for (const [what, settings] of Object.entries(limited)) {
  test(`${what} gets SlowDownException`, async () => {
    await using small = await startLatchkey({ settings });
    const body = { ...(await register(small)), startUrl: small.startUrl };
    assert.equal((await post(small, '/device_authorization', body)).status, 200);
    const answer = await post(small, '/device_authorization', body);
    assertError(answer, { status: 400, type: 'SlowDownException', error: 'slow_down' });
  });
}
