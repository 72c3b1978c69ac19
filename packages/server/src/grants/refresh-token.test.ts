import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createTestContext, type TestContext } from '../fixtures/test-context.ts';
import type { Client } from './client.ts';
import { AUTHORIZATION_CODE, DEVICE_CODE } from './grant-types.ts';
import { MAX_ROTATIONS_IN_GRACE } from './rotation.ts';
import { assertRefused, refresh, register, signInAs, signInWithDevice } from './testing/steps.ts';
import { findAccess, type IssuedTokens } from './tokens.ts';

interface SignedIn {
  readonly context: TestContext;
  readonly client: Client;
  readonly tokens: Required<IssuedTokens>;
}

async function signedIn(options: Parameters<typeof createTestContext>[0] = {}): Promise<SignedIn> {
  const context = await createTestContext(options);
  const client = register(context);
  return { context, client, tokens: await signInWithDevice(context, client) };
}

const INVALID = /^Invalid refresh token provided$/;

test('a refresh gives new tokens, always a refresh token among them, and the old access token stays good', async () => {
  const { context, client, tokens } = await signedIn();
  context.advance({ minutes: 50 });
  const next = await refresh(context, client, tokens.refreshToken);
  assert.equal(next.expiresInSeconds, 3600);
  assert.ok(next.refreshToken);
  assert.notEqual(next.refreshToken, tokens.refreshToken);
  assert.notEqual(next.accessToken, tokens.accessToken);
  assert.equal((await findAccess(context, next.accessToken))?.user.userName, 'alice');
  assert.ok(await findAccess(context, tokens.accessToken));
  context.advance({ minutes: 10 });
  assert.equal(await findAccess(context, tokens.accessToken), undefined);
});

test('a session can be refreshed to its end, 8 hours after sign-in, and no longer', async () => {
  const { context, client, tokens } = await signedIn();
  let { refreshToken } = tokens;
  for (let hour = 1; hour < 8; hour += 1) {
    context.advance({ hours: 1 });
    refreshToken = (await refresh(context, client, refreshToken)).refreshToken ?? '';
  }
  context.advance({ minutes: 59 });
  const last = await refresh(context, client, refreshToken);
  assert.equal(last.expiresInSeconds, 60, 'an access token does not outlive its session');
  context.advance({ minutes: 1 });
  await assertRefused(refresh(context, client, last.refreshToken ?? ''), 'invalid_grant', INVALID);
  assert.equal(await findAccess(context, last.accessToken), undefined);
});

describe('several processes with one cached token (every SDK)', () => {
  test('that refresh at once all get the same successor', async () => {
    const { context, client, tokens } = await signedIn();
    const refreshes = Array.from({ length: 10 }, () => refresh(context, client, tokens.refreshToken));
    const [first, ...others] = await Promise.all(refreshes);
    for (const other of others) assert.deepEqual(other, first);
    await refresh(context, client, first?.refreshToken ?? '');
  });

  test('one of which comes a little later, or lost the answer, still gets the same', async () => {
    const { context, client, tokens } = await signedIn();
    const first = await refresh(context, client, tokens.refreshToken);
    context.advance({ seconds: 60 });
    const again = await refresh(context, client, tokens.refreshToken);
    assert.equal(again.accessToken, first.accessToken);
    assert.equal(again.refreshToken, first.refreshToken);
    assert.equal(again.expiresInSeconds, 3540);
  });
});

describe('the refresh grace is a time, not a number of generations', () => {
  test('a refresh token many generations old, within the grace of its own rotation, yields the current tokens', async () => {
    const { context, client, tokens } = await signedIn();
    const shown = [tokens.refreshToken];
    for (let times = 0; times < 10; times += 1) {
      context.advance({ seconds: 5 });
      shown.push((await refresh(context, client, shown.at(-1) ?? '')).refreshToken ?? '');
    }
    const current = shown.pop();
    for (const token of shown) assert.equal((await refresh(context, client, token)).refreshToken, current);
    assert.notEqual((await refresh(context, client, current ?? '')).refreshToken, current);
  });

  test('eight processes that refresh in turns over a slow line, each with an old token, keep their session', async () => {
    const { context, client, tokens } = await signedIn();
    // Each process reads the cached token, sends it after up to 50 s, and writes what it gets into the cache.
    let cached = tokens.refreshToken;
    let inFlight: { readonly token: string; readonly dueMs: number }[] = [];
    for (let second = 0; second < 600; second += 1) {
      if (second % 7 === 0 && inFlight.length < 8) {
        inFlight.push({ token: cached, dueMs: context.now() + ((second * 13) % 50) * 1000 });
      }
      for (const { token } of inFlight.filter(({ dueMs }) => dueMs <= context.now())) {
        cached = (await refresh(context, client, token)).refreshToken ?? '';
      }
      inFlight = inFlight.filter(({ dueMs }) => dueMs > context.now());
      context.advance({ seconds: 1 });
    }
    assert.ok(context.events.some(({ event }) => event === 'tokensRepeated'));
    assert.ok(context.events.every(({ event }) => event !== 'refreshTokenReused'));
  });

  test('a session rotates 32 times within a grace at most, then gives the current tokens again', async () => {
    const { context, client, tokens } = await signedIn();
    const first = tokens.refreshToken;
    let current = first;
    for (let times = 0; times < MAX_ROTATIONS_IN_GRACE - 1; times += 1) {
      const next = (await refresh(context, client, current)).refreshToken ?? '';
      assert.notEqual(next, current);
      current = next;
    }
    assert.equal((await refresh(context, client, current)).refreshToken, current);
    assert.equal(
      (await refresh(context, client, first)).refreshToken,
      current,
      'none has left the grace early',
    );
    context.advance({ seconds: 60, milliseconds: 1 });
    assert.notEqual((await refresh(context, client, current)).refreshToken, current);
  });

  test('property: whatever comes when, only a token past the grace of its own rotation ends the session', async () => {
    const step = fc.record({
      seconds: fc.integer({ min: 0, max: 45 }),
      back: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { context, client, tokens } = await signedIn();
        const shown = [tokens.refreshToken];
        const rotatedAtMs: number[] = [];
        for (const { seconds, back } of steps) {
          context.advance({ seconds });
          const at = Math.max(0, shown.length - 1 - back);
          const isCurrent = at === shown.length - 1;
          const isYoung = isCurrent || context.now() - (rotatedAtMs[at] ?? 0) <= 60_000;
          const refreshed = refresh(context, client, shown[at] ?? '');
          if (!isYoung) return assertRefused(refreshed, 'invalid_grant', INVALID);
          const { refreshToken = '' } = await refreshed;
          if (isCurrent) {
            shown.push(refreshToken);
            rotatedAtMs.push(context.now());
          } else assert.equal(refreshToken, shown.at(-1));
        }
      }),
    );
  });

  test('refreshes are audited, those inside the grace too', async () => {
    const { context, client, tokens } = await signedIn();
    const next = await refresh(context, client, tokens.refreshToken);
    await refresh(context, client, tokens.refreshToken);
    await refresh(context, client, next.refreshToken ?? '');
    const userId = (await context.directory.findUserByName('alice'))?.id;
    assert.deepEqual(
      context.events.slice(-3).map((event) => ({ ...event, authorizationId: 0 })),
      [
        { event: 'tokensRefreshed', userId, authorizationId: 0, generation: 2 },
        { event: 'tokensRepeated', userId, authorizationId: 0, generation: 2 },
        { event: 'tokensRefreshed', userId, authorizationId: 0, generation: 3 },
      ],
    );
  });
});

describe('reuse of a refresh token (RFC 9700 section 4.14.2)', () => {
  async function assertEnded({ context, client, tokens }: SignedIn, latest: IssuedTokens) {
    await assertRefused(refresh(context, client, tokens.refreshToken), 'invalid_grant', INVALID);
    assert.equal(context.events.at(-1)?.event, 'refreshTokenReused');
    assert.equal(await findAccess(context, tokens.accessToken), undefined);
    assert.equal(await findAccess(context, latest.accessToken), undefined);
    await assertRefused(refresh(context, client, latest.refreshToken ?? ''), 'invalid_grant', INVALID);
  }

  test('after the grace ends the whole session, and is recorded', async () => {
    const session = await signedIn();
    const latest = await refresh(session.context, session.client, session.tokens.refreshToken);
    session.context.advance({ seconds: 60, milliseconds: 1 });
    await assertEnded(session, latest);
  });

  test('ends the session also when the clock was set back since', async () => {
    const session = await signedIn();
    const latest = await refresh(session.context, session.client, session.tokens.refreshToken);
    session.context.advance({ minutes: -5 });
    await assertEnded(session, latest);
  });

  test('ends the session once the grace of its own rotation is over, however young later rotations are', async () => {
    const session = await signedIn();
    const { context, client, tokens } = session;
    const second = await refresh(context, client, tokens.refreshToken);
    context.advance({ seconds: 40 });
    const third = await refresh(context, client, second.refreshToken ?? '');
    context.advance({ seconds: 20 });
    assert.deepEqual(
      await refresh(context, client, tokens.refreshToken),
      await refresh(context, client, second.refreshToken ?? ''),
    );
    context.advance({ milliseconds: 1 });
    assert.equal((await refresh(context, client, second.refreshToken ?? '')).accessToken, third.accessToken);
    await assertEnded(session, third);
  });

  test('is recorded once: what has ended does not end again', async () => {
    const { context, client, tokens } = await signedIn();
    await refresh(context, client, tokens.refreshToken);
    context.advance({ minutes: 2 });
    for (let tries = 0; tries < 3; tries += 1)
      await assert.rejects(refresh(context, client, tokens.refreshToken));
    assert.equal(context.events.filter(({ event }) => event === 'refreshTokenReused').length, 1);
  });

  test('by another client ends nothing', async () => {
    const { context, client, tokens } = await signedIn();
    await refresh(context, client, tokens.refreshToken);
    context.advance({ minutes: 2 });
    const thief = register(context);
    await assertRefused(refresh(context, thief, tokens.refreshToken), 'invalid_grant', /another client/);
    assert.ok(await findAccess(context, tokens.accessToken));
  });

  test('with no grace configured ends the session at the second use', async () => {
    const session = await signedIn({ lifetimes: { refreshGraceSeconds: 0 } });
    const latest = await refresh(session.context, session.client, session.tokens.refreshToken);
    session.context.advance({ milliseconds: 1 });
    await assertEnded(session, latest);
  });
});

describe('a requested scope', () => {
  test('narrows the access token of that one refresh, not the session', async () => {
    const { context, client, tokens } = await signedIn();
    const narrow = await refresh(context, client, tokens.refreshToken, ['openid']);
    assert.deepEqual((await findAccess(context, narrow.accessToken))?.scopes, ['openid']);
    const whole = await refresh(context, client, narrow.refreshToken ?? '');
    assert.deepEqual((await findAccess(context, whole.accessToken))?.scopes, [
      'sso:account:access',
      'openid',
    ]);
  });

  test('never widens what was granted, and to ask for it costs nothing (RFC 6749 section 6)', async () => {
    const { context, client, tokens } = await signedIn();
    const widened = ['sso:account:access', 'aws'];
    await assertRefused(refresh(context, client, tokens.refreshToken, widened), 'invalid_scope', /"aws"/);
    context.advance({ minutes: 5 });
    await refresh(context, client, tokens.refreshToken);
  });
});

describe('a refresh token is refused', () => {
  test('when it is none of this instance, whatever it looks like', async () => {
    const { context, client, tokens } = await signedIn();
    const elsewhere = await signedIn();
    const wrong = [
      '',
      'x',
      tokens.accessToken,
      tokens.refreshToken.slice(0, -1),
      elsewhere.tokens.refreshToken,
    ];
    for (const token of wrong) await assertRefused(refresh(context, client, token), 'invalid_grant', INVALID);
  });

  test('from a client that did not register for refreshing', async () => {
    const { context, tokens } = await signedIn();
    const client = register(context, { grantTypes: [DEVICE_CODE, AUTHORIZATION_CODE] });
    await assertRefused(refresh(context, client, tokens.refreshToken), 'unauthorized_client');
  });

  test('when the person has signed out in the browser', async () => {
    const context = await createTestContext();
    const client = register(context);
    const session = await signInAs(context, 'alice');
    const tokens = await signInWithDevice(context, client, session);
    await context.store.endSignInSession(session.id, context.now());
    await assertRefused(refresh(context, client, tokens.refreshToken), 'invalid_grant', INVALID);
    assert.equal(await findAccess(context, tokens.accessToken), undefined);
  });

  test('when the person signs out while it is being redeemed, or else what it gives opens nothing', async () => {
    const context = await createTestContext();
    const client = register(context);
    const session = await signInAs(context, 'alice');
    const tokens = await signInWithDevice(context, client, session);
    const refreshing = refresh(context, client, tokens.refreshToken);
    await context.store.endSignInSession(session.id, context.now());
    const [refreshed] = await Promise.allSettled([refreshing]);
    const latest = refreshed.status === 'fulfilled' ? refreshed.value : tokens;
    assert.equal(await findAccess(context, latest.accessToken), undefined);
    await assertRefused(refresh(context, client, latest.refreshToken ?? ''), 'invalid_grant', INVALID);
  });

  test('when the person was disabled or has another password since', async () => {
    for (const users of [
      [{ userName: 'alice', disabled: true }],
      [{ userName: 'alice', password: 'another' }],
      [],
    ]) {
      const { context, client, tokens } = await signedIn();
      await context.replaceDirectory({ users });
      await assertRefused(refresh(context, client, tokens.refreshToken), 'invalid_grant', INVALID);
      assert.equal(await findAccess(context, tokens.accessToken), undefined);
    }
  });

  test('but not when anything else about the person changed', async () => {
    const { context, client, tokens } = await signedIn();
    await context.replaceDirectory({
      users: [{ userName: 'Alice', displayName: 'Alice L.', email: 'a@example.com' }],
    });
    await refresh(context, client, tokens.refreshToken);
  });
});
