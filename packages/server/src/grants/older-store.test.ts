import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { createTestContext, origin, type TestContext } from '../fixtures/test-context.ts';
import { findSignInSession, startSignInSession } from '../people/sign-in.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { Client } from './client.ts';
import { answerDeviceRequest } from './device-request.ts';
import {
  allowProgram,
  answerDevice,
  askFromDevice,
  assertRefused,
  poll,
  redeemProgram,
  refresh,
  register,
  signInAs,
  signInWithDevice,
} from './testing/steps.ts';
import { findAccess } from './tokens.ts';

/** A running instance whose database can be put back to what it was. */
interface Instance extends AsyncDisposable {
  readonly context: TestContext;
  readonly client: Client;
  /** Copies the database as it is. @returns puts the copy in its place, while the instance runs */
  copy(): () => Promise<void>;
}

async function start(): Promise<Instance> {
  const folder = temporaryFolder();
  let files = 0;
  const newFile = () => join(folder.path, `${files++}.db`);
  let file = newFile();
  let store: Store = openSqliteStore(file);
  const changing = new Proxy({} as Store, {
    get: (_, name: keyof Store) => {
      const method: unknown = store[name];
      return typeof method === 'function' ? method.bind(store) : method;
    },
  });
  const context = await createTestContext({ store: changing });
  return {
    context,
    client: register(context),
    copy() {
      const copy = newFile();
      using database = new DatabaseSync(file);
      database.prepare('VACUUM INTO ?').run(copy);
      return async () => {
        await store.close();
        // The copy stays as it is: it may be put back once more.
        file = newFile();
        using older = new DatabaseSync(copy);
        older.prepare('VACUUM INTO ?').run(file);
        store = openSqliteStore(file);
      };
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

const INVALID = /^Invalid refresh token provided$/;

test('a session that was refreshed since an older database was put back goes on from its latest tokens', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const first = await signInWithDevice(context, client);
  const restore = instance.copy();
  let tokens = first;
  for (let times = 0; times < 3; times += 1) {
    context.advance({ minutes: 30 });
    tokens = { ...tokens, ...(await refresh(context, client, tokens.refreshToken)) };
  }
  await restore();
  assert.equal((await findAccess(context, tokens.accessToken))?.user.userName, 'alice');
  const next = await refresh(context, client, tokens.refreshToken);
  assert.notEqual(next.refreshToken, tokens.refreshToken);
  assert.ok(await findAccess(context, next.accessToken));
  const { event, generation, storedGeneration } = { ...context.events.at(-1) } as Record<string, unknown>;
  assert.deepEqual(
    { event, generation, storedGeneration },
    { event: 'tokensRefreshed', generation: 5, storedGeneration: 1 },
  );
  const again = await refresh(context, client, next.refreshToken ?? '');
  assert.ok(again.refreshToken);
  assert.equal('storedGeneration' in (context.events.at(-1) ?? {}), false);
});

test('of many processes that refresh at once after an older database was put back, all keep working', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const { refreshToken: first } = await signInWithDevice(context, client);
  const restore = instance.copy();
  const second = (await refresh(context, client, first)).refreshToken ?? '';
  const third = (await refresh(context, client, second)).refreshToken ?? '';
  await restore();
  const answers = await Promise.all(
    [second, third, first, third, second].map((token) => refresh(context, client, token)),
  );
  const latest = (await refresh(context, client, third)).refreshToken ?? '';
  for (const { accessToken } of answers) assert.ok(await findAccess(context, accessToken));
  context.advance({ seconds: 50 });
  assert.ok(await refresh(context, client, latest));
  assert.ok(context.events.every(({ event }) => event !== 'refreshTokenReused'));
});

test('a refresh token that comes again long after an older database was put back ends the session', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const { refreshToken: first } = await signInWithDevice(context, client);
  const restore = instance.copy();
  const second = (await refresh(context, client, first)).refreshToken ?? '';
  const third = (await refresh(context, client, second)).refreshToken ?? '';
  await restore();
  const fourth = (await refresh(context, client, third)).refreshToken ?? '';
  context.advance({ seconds: 61 });
  await assertRefused(refresh(context, client, second), 'invalid_grant', INVALID);
  assert.equal(context.events.at(-1)?.event, 'refreshTokenReused');
  await assertRefused(refresh(context, client, fourth), 'invalid_grant', INVALID);
});

test('a later token opens nothing in a session that had ended, or of somebody who was disabled, in the older database', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const { refreshToken } = await signInWithDevice(context, client);
  const latest = (await refresh(context, client, refreshToken)).refreshToken ?? '';
  const { accessToken } = await refresh(context, client, latest);
  const access = await findAccess(context, accessToken);
  await context.store.endAuthorization(access?.authorization.id ?? 0, context.now());
  const restore = instance.copy();
  await restore();
  await assertRefused(refresh(context, client, latest), 'invalid_grant', INVALID);

  const other = await signInWithDevice(context, client);
  await context.replaceDirectory({ users: [{ userName: 'alice', disabled: true }] });
  const disabled = instance.copy();
  await context.replaceDirectory({});
  await disabled();
  assert.equal(await findAccess(context, other.accessToken), undefined);
  await assertRefused(refresh(context, client, other.refreshToken), 'invalid_grant', INVALID);
});

test('what began after the older database was made is unknown in it: people sign in again', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const restore = instance.copy();
  const alice = await context.directory.findUserByName('alice');
  assert.ok(alice);
  const browser = await startSignInSession(context, alice, { origin });
  const device = await askFromDevice(context, client);
  const program = await allowProgram(context);
  const tokens = await signInWithDevice(context, client);
  await restore();
  assert.equal(await findSignInSession(context, browser.token), undefined);
  assert.equal(await findAccess(context, tokens.accessToken), undefined);
  await assertRefused(refresh(context, client, tokens.refreshToken), 'invalid_grant', INVALID);
  await assertRefused(poll(context, client, device.deviceCode), 'invalid_grant', /start the sign-in again$/);
  await assertRefused(redeemProgram(context, program.client, program), 'invalid_grant');
  assert.ok(await signInWithDevice(context, client), 'the registration of the client goes on');
});

test('a device that was allowed after the older database was made waits again, and is allowed again', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const session = await signInAs(context, 'alice');
  const { deviceCode, userCode } = await askFromDevice(context, client);
  const restore = instance.copy();
  await answerDevice(context, userCode, 'allow', session);
  await restore();
  await assertRefused(poll(context, client, deviceCode), 'authorization_pending');
  await answerDevice(context, userCode, 'allow', session);
  assert.ok((await poll(context, client, deviceCode)).accessToken);
});

test('what is denied, and was pending in the older database, can be answered again', async () => {
  await using instance = await start();
  const { context, client } = instance;
  const session = await signInAs(context, 'alice');
  const { userCode } = await askFromDevice(context, client);
  const restore = instance.copy();
  await answerDevice(context, userCode, 'deny', session);
  await restore();
  const answer = { userCode, decision: 'deny', session, origin } as const;
  assert.equal((await answerDeviceRequest(context, answer)).kind, 'answered');
});

test('a code that was redeemed after the older database was made gives tokens again while it lasts', async () => {
  await using instance = await start();
  const { context } = instance;
  const { client, code } = await allowProgram(context);
  const restore = instance.copy();
  const before = await redeemProgram(context, client, { code });
  await restore();
  context.advance({ seconds: 10 });
  const again = await redeemProgram(context, client, { code });
  assert.ok(await findAccess(context, again.accessToken));
  assert.ok((await refresh(context, client, before.refreshToken ?? '')).accessToken, 'the same session');
});

test('tokens of an authorization that is not redeemed in the older database are refused, and do no harm', async () => {
  await using instance = await start();
  const { context } = instance;
  const { client, code } = await allowProgram(context);
  const restore = instance.copy();
  const tokens = await redeemProgram(context, client, { code });
  await restore();
  assert.equal(await findAccess(context, tokens.accessToken), undefined);
  await assertRefused(refresh(context, client, tokens.refreshToken ?? ''), 'invalid_grant', INVALID);
  assert.ok((await redeemProgram(context, client, { code })).accessToken);
});

test('whenever an older database is put back, processes that share a session and refresh in time are never taken for thieves', async () => {
  const process = fc.nat(3);
  const deed = fc.oneof(
    fc.record({ kind: fc.constant('read' as const), process }),
    fc.record({ kind: fc.constant('refresh' as const), process }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 25 }) }),
    fc.record({ kind: fc.constant('copy' as const) }),
    fc.record({ kind: fc.constant('restore' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
      await using instance = await start();
      const { context, client } = instance;
      let cached = (await signInWithDevice(context, client)).refreshToken;
      let restore = instance.copy();
      const held = Array.from({ length: 4 }, () => ({ token: cached, readAtMs: context.now() }));
      for (const step of deeds) {
        if (step.kind === 'wait') context.advance({ seconds: step.seconds });
        else if (step.kind === 'copy') restore = instance.copy();
        else if (step.kind === 'restore') await restore();
        else if (step.kind === 'read') held[step.process] = { token: cached, readAtMs: context.now() };
        else {
          const own = held[step.process];
          if (own === undefined || context.now() - own.readAtMs > 60_000) continue;
          cached = (await refresh(context, client, own.token)).refreshToken ?? '';
        }
      }
    }),
    { numRuns: 25 },
  );
});
