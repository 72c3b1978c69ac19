import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { defaultCredentialProvider } from '@latchkey/client/credentials/default-chain';
import { fromSso } from '@latchkey/client/credentials/from-sso';
import type { Latchkey } from 'latchkey/testing';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { cacheFileOf, signIn } from '../signed-in.ts';

async function readCache(latchkey: Latchkey): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(await readFile(cacheFileOf(latchkey), 'utf8'));
}

suite('credentials from a sign-in at a running Latchkey', () => {
  test('are those of the role, and say when they expire', async () => {
    await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
    await signIn(latchkey);
    const { accountId, accessKeyId, expiration } = await fromSso({ env: latchkey.env })({
      now: latchkey.clock.now,
    });
    assert.match(accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.match(accountId ?? '', /^\d{12}$/);
    assert.ok(Number(expiration) > latchkey.clock.now() + 50 * 60_000);
  });

  test('outlive the access token, which is refreshed in the file of the AWS CLI', async () => {
    await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
    await signIn(latchkey);
    const before = await readCache(latchkey);
    for (const _ of ['first', 'second']) {
      latchkey.clock.advance({ minutes: 50 });
      await fromSso({ env: latchkey.env })({ now: latchkey.clock.now });
    }
    const after = await readCache(latchkey);
    assert.deepEqual(Object.keys(after), Object.keys(before));
    assert.notEqual(after['accessToken'], before['accessToken']);
    assert.notEqual(after['refreshToken'], before['refreshToken']);
    assert.match(after['expiresAt'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(Date.parse(after['expiresAt'] ?? '') > latchkey.clock.now() + 55 * 60_000);
  });

  test('are what the default chain finds for the profile', async () => {
    await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
    await signIn(latchkey);
    const credentials = await defaultCredentialProvider({ env: latchkey.env })({ now: latchkey.clock.now });
    assert.match(credentials.accessKeyId, /^ASIA/);
  });

  test('end with the session, and the error says how to begin another', async () => {
    await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
    await signIn(latchkey);
    latchkey.clock.advance({ hours: 9 });
    await assert.rejects(fromSso({ env: latchkey.env })({ now: latchkey.clock.now }), {
      code: 'signInRequired',
      message: 'Cannot use profile "latchkey": the sign-in has ended; run: aws sso login --profile latchkey',
    });
  });
});
