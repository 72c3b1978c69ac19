import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, type TestContext } from '../fixtures/test-context.ts';
import {
  type AuthorizationRequest,
  MAX_PARAMETERS,
  parseAuthorizationRequest,
} from './authorization-request.ts';
import { registerClient } from './client-registration.ts';
import { AUTHORIZATION_CODE, DEVICE_CODE } from './grant-types.ts';
import { authorizeQuery, metadata, REDIRECT_URI } from './testing/steps.ts';

const context = await createTestContext();
const { clientId } = registerClient(context, metadata);

function parse(change: Parameters<typeof authorizeQuery>[1] = {}, inContext: TestContext = context) {
  return parseAuthorizationRequest(inContext, authorizeQuery(clientId, change));
}

/** The query of the redirect that tells a client why it is refused. */
function refusalOf(result: ReturnType<typeof parse>): URLSearchParams {
  assert.ok(result.kind === 'refused', result.kind);
  assert.ok(result.location.startsWith(`${REDIRECT_URI}?`));
  return new URL(result.location).searchParams;
}

test('the request that the AWS CLI makes is valid', () => {
  const result = parse();
  assert.ok(result.kind === 'valid');
  assert.equal(result.request.clientName, 'botocore-client-dev');
  assert.deepEqual(result.request.scopes, ['sso:account:access']);
  assert.equal(result.request.redirectUri, REDIRECT_URI);
  assert.equal(result.request.state, 'state-1');
  assert.equal(result.request.codeChallenge.length, 43);
});

test('scopes may come as `scope` or `scopes`, or not at all: then the client has all its own', () => {
  const scopesOf = (change: Parameters<typeof authorizeQuery>[1]) => {
    const result = parse(change);
    return result.kind === 'valid' ? result.request.scopes : result.kind;
  };
  assert.deepEqual(scopesOf({ scopes: undefined, scope: 'openid' }), ['openid']);
  assert.deepEqual(scopesOf({ scopes: 'openid sso:account:access' }), ['sso:account:access', 'openid']);
  assert.deepEqual(scopesOf({ scopes: undefined }), ['sso:account:access', 'openid']);
  assert.deepEqual(scopesOf({ scopes: '' }), ['sso:account:access', 'openid']);
});

test('a code challenge padded to 44 characters is taken as the 43 without padding', () => {
  const { request } = parse({ code_challenge: `${'A'.repeat(43)}=` }) as { request: AuthorizationRequest };
  assert.equal(request.codeChallenge, 'A'.repeat(43));
});

test('a state is optional, and unknown parameters are ignored (RFC 6749 section 3.1)', () => {
  const result = parse({ state: undefined, prompt: 'login', nonce: 'x' });
  assert.ok(result.kind === 'valid');
  assert.equal('state' in result.request, false);
});

test('the only registered redirect URI need not be said', () => {
  const result = parse({ redirect_uri: undefined });
  assert.ok(result.kind === 'valid');
  assert.equal(result.request.redirectUri, 'http://127.0.0.1/oauth/callback');
});

test('with several redirect URIs registered, it has to be said which', () => {
  const redirectUris = ['http://127.0.0.1/a', 'http://127.0.0.1/b'];
  const { clientId: id } = registerClient(context, { ...metadata, redirectUris });
  assert.deepEqual(parse({ client_id: id, redirect_uri: undefined }), {
    kind: 'invalid',
    fault: { kind: 'noRedirectUri' },
  });
});

test('nobody is sent to an address that was not registered (RFC 6749 section 4.1.2.1)', () => {
  const addresses = [
    'http://evil.example.com/oauth/callback',
    'http://127.0.0.1:41000/other',
    'http://127.0.0.1:99999/oauth/callback',
    'https://127.0.0.1:41000/oauth/callback',
    'javascript:alert(1)',
    'not a URI',
  ];
  for (const address of addresses) {
    // Wrong in other ways as well: still no redirect.
    const result = parse({ redirect_uri: address, response_type: 'token' });
    assert.ok(result.kind === 'invalid', address);
    assert.equal(result.fault.kind, 'foreignRedirectUri');
  }
});

test('nobody is sent anywhere for a client that is not known, or whose registration has expired', async () => {
  for (const id of [undefined, '', 'unknown', `${clientId.slice(0, -5)}AAAAA`]) {
    const result = parse({ client_id: id });
    assert.ok(result.kind === 'invalid');
    assert.equal(result.fault.kind, 'unknownClient');
  }
  const later = await createTestContext();
  later.advance({ days: 90 });
  const result = parse({}, later);
  assert.ok(result.kind === 'invalid');
  assert.equal(result.fault.kind, 'expiredClient');
});

test('a request with more than 64 parameters is refused before anything else is looked at', () => {
  const many = Object.fromEntries(Array.from({ length: MAX_PARAMETERS }, (_, index) => [`x${index}`, '1']));
  assert.deepEqual(parse(many), {
    kind: 'invalid',
    fault: {
      kind: 'tooManyParameters',
      parameters: new URLSearchParams(authorizeQuery(clientId, many)).size,
    },
  });
});

test('a repeated parameter is an error (RFC 6749 section 3.1)', () => {
  for (const name of ['state', 'redirect_uri', 'client_id', 'unknown']) {
    const query = `${authorizeQuery(clientId, { unknown: '1' })}&${name}=2`;
    const result = parseAuthorizationRequest(context, query);
    assert.ok(result.kind === 'invalid');
    assert.equal(result.fault.kind, 'repeatedParameter');
  }
});

const refusals: Readonly<
  Record<string, readonly [change: Parameters<typeof authorizeQuery>[1], string, RegExp]>
> = {
  'a response type other than code': [{ response_type: 'token' }, 'unsupported_response_type', /'code'/],
  'no response type': [{ response_type: undefined }, 'unsupported_response_type', /'code'/],
  'plain PKCE (RFC 7636 section 4.4.1)': [{ code_challenge_method: 'plain' }, 'invalid_request', /'S256'/],
  'no PKCE method, which would mean plain': [
    { code_challenge_method: undefined },
    'invalid_request',
    /'S256'/,
  ],
  'no code challenge': [{ code_challenge: undefined }, 'invalid_request', /43 characters of base64url/],
  'a code challenge padded twice': [
    { code_challenge: `${'A'.repeat(43)}==` },
    'invalid_request',
    /43 characters/,
  ],
  'a code challenge that is no SHA-256': [
    { code_challenge: 'A'.repeat(42) },
    'invalid_request',
    /43 characters/,
  ],
  'scopes beyond those registered': [{ scopes: 'aws' }, 'invalid_scope', /'aws' goes beyond/],
};
for (const [what, [change, error, description]] of Object.entries(refusals)) {
  test(`the client is told of ${what}`, () => {
    const answer = refusalOf(parse(change));
    assert.equal(answer.get('error'), error);
    assert.match(answer.get('error_description') ?? '', description);
    assert.equal(answer.get('state'), 'state-1');
    assert.equal(answer.get('iss'), 'http://localhost:8484', 'RFC 9207');
    assert.equal(answer.get('code'), null);
  });
}

test('a client is told of a grant that it did not register for', () => {
  const registered = registerClient(context, { ...metadata, grantTypes: [DEVICE_CODE] });
  const answer = refusalOf(parse({ client_id: registered.clientId }));
  assert.equal(answer.get('error'), 'unauthorized_client');
  assert.match(answer.get('error_description') ?? '', new RegExp(`not for ${AUTHORIZATION_CODE}`));
});

test('an answer keeps the query that a redirect URI was registered with', () => {
  const redirectUris = ['http://127.0.0.1/cb?app=1'];
  const registered = registerClient(context, { ...metadata, redirectUris });
  const redirectUri = 'http://127.0.0.1:41000/cb?app=1';
  const result = parse({ client_id: registered.clientId, redirect_uri: redirectUri, response_type: 'token' });
  assert.ok(result.kind === 'refused');
  assert.ok(result.location.startsWith(`${redirectUri}&error=`));
});

test('any query is answered without an exception', () => {
  for (const query of ['', '&&&', '=', '%', '%ff=%ff', `client_id=${clientId}`, 'client_id=%00', '💥']) {
    assert.ok(['invalid', 'refused'].includes(parseAuthorizationRequest(context, query).kind), query);
  }
});
