import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../context.ts';
import { createTestContext, origin, START_MS } from '../fixtures/test-context.ts';
import { registerClient } from '../grants/client-registration.ts';
import { REFRESH_TOKEN } from '../grants/grant-types.ts';
import { issuerUrl } from '../grants/start-url.ts';
import { metadata, register, signInWithDevice } from '../grants/testing/steps.ts';
import { findAccess } from '../grants/tokens.ts';
import type { Call } from '../http/api.ts';
import { Keys, type MasterKey } from '../keys/keys.ts';
import { findSignInSession, startSignInSession } from '../people/sign-in.ts';
import { handleCreateToken } from './create-token.ts';
import { handleStartDeviceAuthorization } from './start-device-authorization.ts';

const masterKey = (id: number): MasterKey => ({
  ...{ id, createdAtMs: START_MS },
  secret: new Uint8Array(32).fill(id),
});
const older = masterKey(1);
const newer = masterKey(2);

/** Two instances on one store, one of which has a key that the other has not read yet. */
async function start() {
  const ahead = await createTestContext({ keys: new Keys([older, newer]) });
  const open = () => {
    const keys: Keys = new Keys([older], { learn: async () => keys.replace([older, newer]) });
    return createTestContext({ store: ahead.store, keys });
  };
  return { ahead, open };
}

/** A call of an API. */
function callOf(context: Context): Call {
  const empty = { query: '', headers: {}, body: new Uint8Array() };
  return { context, request: { method: 'POST', path: '/token', ...empty, oversized: false, origin } };
}

test('a token that was made with a key of another process is taken, once that key was read', async () => {
  const { ahead, open } = await start();
  const tokens = await signInWithDevice(ahead, register(ahead));
  assert.equal((await findAccess(await open(), tokens.accessToken))?.user.userName, 'alice');
});

test('a sign-in session that was made with a key of another process is found, once that key was read', async () => {
  const { ahead, open } = await start();
  const alice = await ahead.directory.findUserByName('alice');
  assert.ok(alice);
  const { token } = await startSignInSession(ahead, alice, { origin });
  assert.equal((await findSignInSession(await open(), token))?.user.userName, 'alice');
});

test('a client that registered with a key of another process is authenticated, once that key was read', async () => {
  const { ahead, open } = await start();
  const { clientId, clientSecret } = registerClient(ahead, metadata);
  const client = { clientId, clientSecret };
  const call = callOf(await open());
  const started = await handleStartDeviceAuthorization({ ...client, startUrl: issuerUrl(ahead) }, call);
  assert.ok(started.deviceCode);
  const refresh = { ...client, grantType: REFRESH_TOKEN, refreshToken: 'lk_rt_none' };
  await assert.rejects(handleCreateToken(refresh, callOf(await open())), /Invalid refresh token/);
});

test('a request waits for keys that cannot be read, and fails as that does: it says nothing of its token', async () => {
  const { ahead } = await start();
  const tokens = await signInWithDevice(ahead, register(ahead));
  const keys = new Keys([older], { learn: () => Promise.reject(new Error('the store is away')) });
  const behind = await createTestContext({ store: ahead.store, keys });
  await assert.rejects(findAccess(behind, tokens.accessToken), /the store is away/);
});
