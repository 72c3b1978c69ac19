import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { assertError, DEVICE_CODE, post } from '../http/testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

const register = (body: unknown) => post(latchkey, '/client/register', body);
const sound = { clientName: 'botocore-client-dev', clientType: 'public' };

test('a client gets its id and secret, when they end, and where to go with them', async () => {
  const { status, members, headers } = await register(sound);
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), 'application/json');
  const { clientId, clientSecret, clientIdIssuedAt, clientSecretExpiresAt, ...endpoints } = members;
  assert.equal(typeof clientId, 'string');
  assert.match(String(clientSecret), /^lk_cs_/);
  assert.ok(Number.isInteger(clientIdIssuedAt), 'whole seconds');
  assert.equal(Number(clientSecretExpiresAt) - Number(clientIdIssuedAt), 90 * 86_400);
  assert.deepEqual(endpoints, {
    authorizationEndpoint: `${latchkey.url}/authorize`,
    tokenEndpoint: `${latchkey.url}/token`,
  });
});

test('members that are null or unknown are as good as absent', async () => {
  const { status } = await register({
    ...sound,
    scopes: null,
    grantTypes: null,
    softwareVersion: { major: 2 },
  });
  assert.equal(status, 200);
});

test('a client name of any characters is taken, as AWS takes it: pages replace what cannot be seen', async () => {
  const names = [
    'Zoë’s laptop',
    '開発者',
    '👩‍💻',
    'x'.repeat(256),
    '',
    'a\nb',
    'a\u0000b',
    'a\u202eb',
    '\u007f',
  ];
  for (const clientName of names) {
    assert.equal((await register({ ...sound, clientName })).status, 200, clientName);
  }
});

test('optional members that are empty are as good as absent', async () => {
  const empty = { scopes: [], redirectUris: [], grantTypes: [], issuerUrl: '', entitledApplicationArn: '' };
  assert.equal((await register({ ...sound, ...empty })).status, 200);
});

describe('registration answers with', () => {
  const refusals: Readonly<Record<string, readonly [change: object, error: string, message: RegExp]>> = {
    InvalidClientMetadataException: [
      { clientType: 'confidential' },
      'invalid_client_metadata',
      /"confidential"/,
    ],
    UnsupportedGrantTypeException: [{ grantTypes: ['password'] }, 'unsupported_grant_type', /"password"/],
    InvalidRedirectUriException: [
      { redirectUris: ['http://example.com/'] },
      'invalid_redirect_uri',
      /example\.com/,
    ],
    InvalidScopeException: [{ scopes: ['x'.repeat(2049)] }, 'invalid_scope', /\/scopes\/0/],
    InvalidRequestException: [{ issuerUrl: 'https://elsewhere.example.com' }, 'invalid_request', /elsewhere/],
  };
  for (const [type, [change, error, message]] of Object.entries(refusals)) {
    test(type, async () =>
      assertError(await register({ ...sound, ...change }), { status: 400, type, error, message }),
    );
  }

  test('the error of the member that is at fault, also where it is the model that refuses it', async () => {
    const tooMany = Array.from({ length: 26 }, (_, index) => `scope:${index}`);
    const faults: readonly (readonly [object, string, string])[] = [
      [{ scopes: tooMany }, 'InvalidScopeException', 'invalid_scope'],
      [{ redirectUris: [''] }, 'InvalidRedirectUriException', 'invalid_redirect_uri'],
      [
        { redirectUris: Array(11).fill('https://a.example') },
        'InvalidRedirectUriException',
        'invalid_redirect_uri',
      ],
      [{ clientType: '' }, 'InvalidClientMetadataException', 'invalid_client_metadata'],
    ];
    for (const [change, type, error] of faults) {
      assertError(await register({ ...sound, ...change }), { status: 400, type, error });
    }
  });
});

test('what the AWS CLI registers for PKCE is taken', async () => {
  const { status } = await register({
    ...sound,
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    issuerUrl: latchkey.startUrl,
    scopes: ['sso:account:access'],
  });
  assert.equal(status, 200);
  assert.equal((await register({ ...sound, grantTypes: [DEVICE_CODE] })).status, 200);
});
