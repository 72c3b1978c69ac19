import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Latchkey } from 'latchkey/testing';

/** Where the AWS CLI keeps the token of the profile that the testing kit writes. */
export function cacheFileOf(latchkey: Latchkey): string {
  const name = createHash('sha1').update('latchkey').digest('hex');
  return join(latchkey.env['HOME'] ?? '', `.aws/sso/cache/${name}.json`);
}

/** Signs alice in by the device flow, and leaves what `aws sso login` leaves. */
export async function signIn(latchkey: Latchkey): Promise<void> {
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

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}
