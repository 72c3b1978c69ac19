import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { defaultCredentialProvider } from '@latchkey/client/credentials/default-chain';
import { fromSso } from '@latchkey/client/credentials/from-sso';
import { type Latchkey, startLatchkey } from 'latchkey/testing';

/** Where the AWS CLI keeps the token of the profile that the testing kit writes. */
function cacheFileOf(latchkey: Latchkey): string {
  const name = createHash('sha1').update('latchkey').digest('hex');
  return join(latchkey.env['HOME'] ?? '', `.aws/sso/cache/${name}.json`);
}

async function post(latchkey: Latchkey, path: string, body: object): Promise<Record<string, never>> {
  const response = await fetch(latchkey.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text);
}

/** Signs alice in by the device flow, and leaves what `aws sso login` leaves. */
async function signIn(latchkey: Latchkey): Promise<void> {
  const { clientId, clientSecret, clientSecretExpiresAt } = await post(latchkey, '/client/register', {
    clientName: 'test',
    clientType: 'public',
    scopes: ['sso:account:access'],
  });
  const client = { clientId, clientSecret };
  const { startUrl, region } = latchkey;
  const { deviceCode, userCode } = await post(latchkey, '/device_authorization', { ...client, startUrl });
  await latchkey.approve(String(userCode), 'alice');
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  const token = await post(latchkey, '/token', { ...client, deviceCode, grantType });
  const file = cacheFileOf(latchkey);
  await mkdir(dirname(file), { recursive: true });
  const { accessToken, refreshToken, expiresIn } = token;
  const expiresAt = iso(latchkey.clock.now() + Number(expiresIn) * 1000);
  const registrationExpiresAt = iso(Number(clientSecretExpiresAt) * 1000);
  const kept = { startUrl, region, accessToken, expiresAt, ...client, registrationExpiresAt, refreshToken };
  await writeFile(file, JSON.stringify(kept));
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}

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
