import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../context.ts';
import { createTestContext, origin, START_MS } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import { authenticateClient, findClient, registerClient } from './client-registration.ts';
import { AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN } from './grant-types.ts';
import { assertRefused, metadata } from './testing/steps.ts';

const context = await createTestContext();
const { clientName } = metadata;

function register(change: object) {
  return registerClient(context, { clientName, clientType: 'public', ...change });
}

test('a registered client is known by its id, with all it said', () => {
  const registered = register({ ...metadata, grantTypes: [AUTHORIZATION_CODE, REFRESH_TOKEN] });
  const client = authenticateClient(context, registered, origin.address);
  assert.equal(client.name, 'botocore-client-dev');
  assert.deepEqual(client.scopes, ['sso:account:access', 'openid']);
  assert.deepEqual(client.redirectUris, ['http://127.0.0.1/oauth/callback']);
  assert.deepEqual(client.grantTypes, [AUTHORIZATION_CODE, REFRESH_TOKEN]);
  assert.equal(client.legacy, false);
  assert.equal(client.id.length, 12);
});

test('what is left out means what the AWS CLI means by it', () => {
  const bare = authenticateClient(context, register({}), origin.address);
  assert.deepEqual(bare.scopes, ['sso:account:access']);
  assert.equal(bare.legacy, true);
  assert.deepEqual(bare.grantTypes, [DEVICE_CODE, REFRESH_TOKEN], 'the device flow');
  const empty = authenticateClient(
    context,
    register({ scopes: [], redirectUris: [], grantTypes: [] }),
    origin.address,
  );
  assert.equal(empty.legacy, true);
  assert.deepEqual(empty.grantTypes, bare.grantTypes);
  const withRedirect = authenticateClient(
    context,
    register({ redirectUris: ['http://127.0.0.1/cb'] }),
    origin.address,
  );
  assert.deepEqual(withRedirect.grantTypes, [DEVICE_CODE, REFRESH_TOKEN, AUTHORIZATION_CODE]);
});

test('a scope that is stated twice is one scope', () => {
  const { scopes } = authenticateClient(
    context,
    register({ scopes: ['openid', 'aws', 'openid'] }),
    origin.address,
  );
  assert.deepEqual(scopes, ['openid', 'aws']);
});

test('a registration ends after 90 days, in whole seconds', async () => {
  const moved = await createTestContext({ startMs: START_MS + 999 });
  const registered = registerClient(moved, metadata);
  assert.equal(registered.issuedAtMs, START_MS);
  assert.equal(registered.expiresAtMs, START_MS + 90 * 86_400_000);
  moved.advance({ days: 90, milliseconds: -1000 });
  authenticateClient(moved, registered, origin.address);
  moved.advance({ milliseconds: 1 });
  await assertRefused(
    () => authenticateClient(moved, registered, origin.address),
    'invalid_client',
    /expired at 2026-04-01T00:00:00/,
  );
});

test('registering writes nothing, so it cannot fill a disk', async () => {
  const store = new Proxy({} as Context['store'], {
    get: (_, name) => assert.fail(`the store is asked to ${String(name)}`),
  });
  const quiet = { ...(await createTestContext()), store };
  authenticateClient(quiet, registerClient(quiet, metadata), origin.address);
});

test('a registration outlives a database that is reset, and a rotation of the keys', async () => {
  const key = { id: 1, createdAtMs: START_MS, secret: new Uint8Array(32).fill(5) };
  const newer = { id: 2, createdAtMs: START_MS, secret: new Uint8Array(32).fill(6) };
  const before = await createTestContext({ keys: new Keys([key]) });
  const registered = registerClient(before, metadata);
  const after = await createTestContext({ keys: new Keys([key, newer]) });
  assert.deepEqual(
    authenticateClient(after, registered, origin.address),
    authenticateClient(before, registered, origin.address),
  );
});

test('an id of another instance, or none at all, is not known', async () => {
  const stranger = new Keys([{ id: 1, createdAtMs: START_MS, secret: new Uint8Array(32).fill(9) }]);
  const elsewhere = registerClient(await createTestContext({ keys: stranger }), metadata);
  for (const clientId of [elsewhere.clientId, '', 'AAAA', 'botocore', '💥'.repeat(50)]) {
    assert.equal(findClient(context, clientId), undefined);
    const credentials = { clientId, clientSecret: elsewhere.clientSecret };
    await assertRefused(
      () => authenticateClient(context, credentials, origin.address),
      'invalid_client',
      /register the client again/,
    );
  }
});

test('a client needs its own secret, to the letter', async () => {
  const { clientId, clientSecret } = register(metadata);
  const other = register(metadata);
  const wrong = [
    '',
    other.clientSecret,
    clientSecret.slice(0, -1),
    `${clientSecret}A`,
    `${clientSecret}=`,
    clientSecret.slice('lk_cs_'.length),
    clientSecret.toLowerCase(),
    clientId,
  ];
  for (const secret of wrong) {
    const credentials = { clientId, clientSecret: secret };
    await assertRefused(() => authenticateClient(context, credentials, origin.address), 'invalid_client');
  }
});

test('to be remembered makes a client neither last longer nor lend its id to another secret', async () => {
  const moved = await createTestContext();
  const registered = registerClient(moved, metadata);
  authenticateClient(moved, registered, origin.address);
  const wrong = { ...registered, clientSecret: registerClient(moved, metadata).clientSecret };
  await assertRefused(() => authenticateClient(moved, wrong, origin.address), 'invalid_client');
  moved.advance({ days: 90 });
  await assertRefused(
    () => authenticateClient(moved, registered, origin.address),
    'invalid_client',
    /expired/,
  );
});

test('an id that was changed in any character is refused', async () => {
  const { clientId, clientSecret } = register(metadata);
  for (let at = 0; at < clientId.length; at += 1) {
    const changed = clientId.slice(0, at) + (clientId[at] === 'A' ? 'B' : 'A') + clientId.slice(at + 1);
    await assertRefused(
      () => authenticateClient(context, { clientId: changed, clientSecret }, origin.address),
      'invalid_client',
      /is not valid/,
    );
  }
});

test('an id tells a stranger nothing of the registration', () => {
  const { clientId } = register({ ...metadata, clientName: 'Confidential project' });
  assert.equal(Buffer.from(clientId, 'base64url').includes('Confidential'), false);
});

test('registration refuses more than fits in the address of /authorize', () => {
  const redirectUris = Array.from({ length: 10 }, () => `https://example.com/${'x'.repeat(400)}`);
  const reason = /bytes long, at most 3000 are taken: shorten/;
  return assertRefused(() => register({ redirectUris }), 'invalid_client_metadata', reason);
});

test('every mix of the three grants can be registered, and an issuer URL of this instance', () => {
  const redirectUris = ['http://127.0.0.1/oauth/callback'];
  const issuerUrl = `https://identitycenter.amazonaws.com/${context.instanceId}`;
  const grants = [AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN];
  for (let mix = 1; mix < 8; mix += 1) {
    const grantTypes = grants.filter((_, bit) => mix & (1 << bit));
    const client = authenticateClient(
      context,
      register({ grantTypes, redirectUris, issuerUrl }),
      origin.address,
    );
    assert.deepEqual(client.grantTypes, grantTypes);
  }
});
