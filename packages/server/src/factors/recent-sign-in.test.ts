import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createTestContext, origin, START_MS, type TestContextOptions } from '../fixtures/test-context.ts';
import { startSignInSession } from '../people/sign-in.ts';
import type { Factor } from './factor.ts';
import { mayChangeFactors } from './recent-sign-in.ts';
import type { SignInFactor } from './sign-in-factors.ts';

const shared = { id: randomUUID(), name: 'Mine', createdAtMs: START_MS, lastUsedAtMs: null, counter: 0 };
const passkey: Factor = {
  ...{ ...shared, kind: 'passkey', transports: '' },
  ...{ credentialId: new Uint8Array(16), publicKey: new Uint8Array(32) },
};
const app: Factor = { ...shared, kind: 'totp', sealedSecret: new Uint8Array(40) };

/** Whether alice may change her factors, some time after she signed in. */
async function mayChange(
  policy: NonNullable<TestContextOptions['policy']>,
  factors: readonly SignInFactor[],
  had: readonly Factor[],
  afterSeconds = 0,
): Promise<boolean> {
  const context = await createTestContext({ policy });
  const user = await context.directory.findUserByName('alice');
  assert.ok(user);
  const { session } = await startSignInSession(context, user, { origin, factors });
  context.advance({ seconds: afterSeconds });
  return mayChangeFactors(context, session, had);
}

test('a passkey that is required is asked for before a change by whoever has one, also with a code or a recovery code', async () => {
  const policy = [{ factors: 'passkey' }] as const;
  for (const factor of ['totp', 'recoveryCode'] as const) {
    assert.equal(await mayChange(policy, ['password', factor], [app, passkey]), false, factor);
    assert.equal(await mayChange([], ['password', factor], [app, passkey]), true, factor);
  }
  assert.equal(await mayChange(policy, ['password', 'passkey'], [app, passkey]), true);
  assert.equal(await mayChange(policy, ['verifiedPasskey'], [passkey]), true);
});

test('who has lost the passkey that is required sets up another one with the password and a one-time link', async () => {
  const policy = [{ factors: 'passkey' }] as const;
  assert.equal(await mayChange(policy, ['password', 'link'], [passkey]), true);
  assert.equal(await mayChange(policy, ['link', 'totp'], [app, passkey]), false);
});

test('who has nothing that is required sets it up with what they have', async () => {
  assert.equal(await mayChange([{ factors: 'passkey' }], ['password'], []), true);
  assert.equal(await mayChange([{ factors: 'passkey' }], ['password', 'totp'], [app]), true);
  assert.equal(await mayChange([{ factors: 'passkey' }], ['password'], [app]), false);
});

test('a change asks for the shorter of 15 minutes and what the policy says', async () => {
  for (const [recentSignInSeconds, latest] of [
    [60, 60],
    [3600, 900],
  ] as const) {
    const policy = [{ recentSignInSeconds }];
    assert.equal(await mayChange(policy, ['password'], [], latest), true);
    assert.equal(await mayChange(policy, ['password'], [], latest + 1), false);
  }
});
