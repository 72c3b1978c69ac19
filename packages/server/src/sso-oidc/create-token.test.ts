import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import {
  assertError,
  DEVICE_CODE,
  poll,
  portal,
  post,
  refresh,
  register,
  signIn,
  startDevice,
} from '../http/testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());
const client = await register(latchkey);

const createToken = (body: object) => post(latchkey, '/token', { ...client, ...body });

describe('scopes that real clients register with', () => {
  const signInWith = async (scopes: readonly string[]) => {
    const { accessToken } = await signIn(latchkey, { client: await register(latchkey, { scopes }) });
    return (await portal(latchkey, '/assignment/accounts', accessToken)).status;
  };

  test('sso-portal:* opens accounts and roles, as granted expects', async () => {
    assert.equal(await signInWith(['sso-portal:*']), 200);
  });

  test('several scopes joined by spaces in one item are each a scope, as mairu sends them', async () => {
    assert.equal(await signInWith(['codewhisperer:completions sso:account:access']), 200);
    assert.equal(await signInWith([' openid  sso-portal:* ']), 200);
  });

  test('a scope that is not known, whatever is in it, is taken and grants nothing', async () => {
    assert.equal(await signInWith(['a:b:c:d', 'https://example.com/scope.read', 'ünïcode', '*']), 403);
    assert.equal(await signInWith(['sso-portal:x', 'sso:account:access']), 200);
  });
});

describe('with a device code', () => {
  test('pending, then allowed, gives tokens that open the portal', async () => {
    const { deviceCode, userCode } = await startDevice(latchkey, client);
    assertError(await poll(latchkey, client, deviceCode), {
      status: 400,
      type: 'AuthorizationPendingException',
      error: 'authorization_pending',
    });
    await latchkey.approve(userCode, 'alice');
    const { status, members } = await poll(latchkey, client, deviceCode);
    assert.equal(status, 200);
    const { accessToken, refreshToken, expiresIn, ...rest } = members;
    assert.match(String(refreshToken), /^lk_rt_/);
    assert.deepEqual(rest, { tokenType: 'Bearer' });
    assert.ok(Number.isInteger(expiresIn) && Number(expiresIn) <= 3600 && Number(expiresIn) > 3500);
    assert.equal((await portal(latchkey, '/assignment/accounts', String(accessToken))).status, 200);
  });

  test('denied gets AccessDeniedException', async () => {
    const { deviceCode, userCode } = await startDevice(latchkey, client);
    await latchkey.deny(userCode, 'alice');
    const answer = await poll(latchkey, client, deviceCode);
    assertError(answer, {
      status: 400,
      type: 'AccessDeniedException',
      error: 'access_denied',
      message: /denied/,
    });
  });

  test('polled three times in a row is still pending, and more often gets SlowDownException', async () => {
    const settings = { lifetimes: { devicePollIntervalSeconds: 60 } };
    await using patient = await startLatchkey({ settings });
    const device = await register(patient);
    const { deviceCode } = await startDevice(patient, device);
    const errors = [];
    for (let polls = 0; polls < 4; polls += 1) {
      errors.push((await poll(patient, device, deviceCode)).members['error']);
    }
    assert.deepEqual(errors, [...Array<string>(3).fill('authorization_pending'), 'slow_down']);
    const answer = await poll(patient, device, deviceCode);
    assertError(answer, { status: 400, type: 'SlowDownException', error: 'slow_down' });
  });

  test('expired gets ExpiredTokenException, unknown InvalidGrantException', async () => {
    await using other = await startLatchkey();
    const otherClient = await register(other);
    const { deviceCode } = await startDevice(other, otherClient);
    other.clock.advance({ minutes: 10 });
    const expired = await poll(other, otherClient, deviceCode);
    assertError(expired, { status: 400, type: 'ExpiredTokenException', error: 'expired_token' });
    const unknown = await poll(latchkey, client, 'lk_dc_unknown');
    assertError(unknown, { status: 400, type: 'InvalidGrantException', error: 'invalid_grant' });
  });
});

describe('with an authorization code', () => {
  const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const redirectUri = 'http://127.0.0.1:41000/oauth/callback';

  async function authorize(verifier = codeVerifier) {
    const redirectUris = ['http://127.0.0.1/oauth/callback'];
    const program = await register(latchkey, { redirectUris });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: program.clientId,
      redirect_uri: redirectUri,
      code_challenge: hash('sha256', verifier, 'base64url'),
      code_challenge_method: 'S256',
    });
    const location = await latchkey.authorize(`${latchkey.url}/authorize?${query}`, 'alice');
    const code = new URL(location).searchParams.get('code');
    return { ...program, grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri };
  }

  test('gives tokens', async () => {
    const { status, members } = await createToken(await authorize());
    assert.equal(status, 200);
    assert.match(String(members['accessToken']), /^lk_at_/);
  });

  test('a code verifier of any characters and length is hashed as it was sent', async () => {
    for (const verifier of [`${'A'.repeat(86)}==`, 'short', 'two words', 'é'.repeat(43), 'x'.repeat(1024)]) {
      const { status } = await createToken(await authorize(verifier));
      assert.equal(status, 200, verifier);
    }
  });

  test('refuses a wrong verifier, redirect URI or code with InvalidGrantException', async () => {
    const request = await authorize();
    const changes = [
      { codeVerifier: 'x'.repeat(43) },
      { redirectUri: 'http://127.0.0.1:1/oauth/callback' },
      { code: 'x' },
    ];
    for (const change of changes) {
      const answer = await createToken({ ...request, ...change });
      assertError(answer, { status: 400, type: 'InvalidGrantException', error: 'invalid_grant' });
    }
  });

  test('an authorization_code grant names the member that is missing, empty or over-long', async () => {
    const request = await authorize();
    for (const member of ['code', 'codeVerifier', 'redirectUri']) {
      const message = new RegExp(`"${member}" is missing: grant type authorization_code needs it`);
      for (const nothing of [undefined, '']) {
        const answer = await createToken({ ...request, [member]: nothing });
        assertError(answer, {
          status: 400,
          type: 'InvalidRequestException',
          error: 'invalid_request',
          message,
        });
      }
    }
    const answer = await createToken({ ...request, codeVerifier: 'x'.repeat(1025) });
    assertError(answer, {
      status: 400,
      type: 'InvalidRequestException',
      error: 'invalid_request',
      message: /codeVerifier/,
    });
  });
});

describe('with a refresh token', () => {
  test('always gives another refresh token', async () => {
    const session = await signIn(latchkey);
    const { status, members } = await refresh(latchkey, session.client, session.refreshToken);
    assert.equal(status, 200);
    assert.match(String(members['refreshToken']), /^lk_rt_/);
    assert.notEqual(members['refreshToken'], session.refreshToken);
  });

  test('a requested scope narrows, and beyond what was granted gets InvalidScopeException', async () => {
    const program = await register(latchkey, { scopes: ['sso:account:access', 'openid'] });
    const { refreshToken } = await signIn(latchkey, { client: program });
    const request = { ...program, grantType: 'refresh_token', refreshToken };
    const widened = await createToken({ ...request, scope: ['aws'] });
    assertError(widened, {
      status: 400,
      type: 'InvalidScopeException',
      error: 'invalid_scope',
      message: /"aws"/,
    });
    const narrowed = await createToken({ ...request, scope: ['openid'] });
    assert.equal(narrowed.status, 200);
    const answer = await portal(latchkey, '/assignment/accounts', String(narrowed.members['accessToken']));
    assertError(answer, {
      status: 403,
      type: 'ForbiddenException',
      message: /lacks the scope sso:account:access/,
    });
  });

  test('that is not valid gets the text that tools look for', async () => {
    const answer = await refresh(latchkey, client, 'lk_rt_unknown');
    assertError(answer, {
      status: 400,
      type: 'InvalidGrantException',
      error: 'invalid_grant',
      message: /^Invalid refresh token provided$/,
    });
  });
});

test('a wrong client gets InvalidClientException, 401', async () => {
  const answer = await createToken({ clientSecret: 'x', grantType: DEVICE_CODE, deviceCode: 'x' });
  assertError(answer, { status: 401, type: 'InvalidClientException', error: 'invalid_client' });
});

test('a client of other grants gets UnauthorizedClientException', async () => {
  const other = await register(latchkey, { grantTypes: [DEVICE_CODE] });
  const answer = await createToken({ ...other, grantType: 'refresh_token', refreshToken: 'x' });
  assertError(answer, { status: 400, type: 'UnauthorizedClientException', error: 'unauthorized_client' });
});

test('an unknown grant type gets UnsupportedGrantTypeException that names those there are', async () => {
  for (const grantType of ['password', 'urn:ietf:params:oauth:grant-type:device-code', 'REFRESH_TOKEN']) {
    const answer = await createToken({ grantType, refreshToken: 'x' });
    assertError(answer, {
      status: 400,
      type: 'UnsupportedGrantTypeException',
      error: 'unsupported_grant_type',
      message: new RegExp(
        `"${grantType}" is not offered; offered: urn:.*device_code, authorization_code, refresh_token`,
      ),
    });
  }
});

test('a grant without its token names the member that is missing', async () => {
  const needed = { [DEVICE_CODE]: 'deviceCode', refresh_token: 'refreshToken' };
  for (const [grantType, member] of Object.entries(needed)) {
    const answer = await createToken({ grantType });
    const message = new RegExp(`"${member}" is missing`);
    assertError(answer, { status: 400, type: 'InvalidRequestException', error: 'invalid_request', message });
  }
});

test('CreateTokenWithIAM is told apart by its query, and refuses with a modelled error', async () => {
  const answer = await post(latchkey, '/token?aws_iam=t', {
    clientId: 'arn',
    grantType: 'authorization_code',
  });
  assertError(answer, {
    status: 400,
    type: 'UnauthorizedClientException',
    error: 'unauthorized_client',
    message: /CreateTokenWithIAM is for registered applications/,
  });
});
