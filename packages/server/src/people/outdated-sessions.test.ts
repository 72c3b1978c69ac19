import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, type TestContext } from '../fixtures/test-context.ts';
import { endOutdatedSessions } from './outdated-sessions.ts';
import { findSignInSession, startSignInSession } from './sign-in.ts';

const running = new AbortController().signal;

async function signIn(context: TestContext, userName: string): Promise<string> {
  const user = await context.directory.findUserByName(userName);
  assert.ok(user);
  return (await startSignInSession(context, user)).token;
}

test('who was disabled, removed or given another password stays signed out when that is undone', async () => {
  const users = [{ userName: 'alice', password: 'before' }, { userName: 'bob' }];
  const gone = [
    [{ userName: 'alice', password: 'before', disabled: true }],
    [{ userName: 'bob' }],
    [{ userName: 'alice', password: 'after' }],
  ];
  for (const others of gone) {
    const context = await createTestContext({ users });
    const token = await signIn(context, 'alice');
    await context.replaceDirectory({ users: others });
    await endOutdatedSessions(context, running);
    await context.replaceDirectory({ users });
    assert.equal(await findSignInSession(context, token), undefined);
  }
});

test('everyone else stays signed in, and sessions that had ended keep their time', async () => {
  const context = await createTestContext({ users: [{ userName: 'alice' }, { userName: 'bob' }] });
  const [alice, bob] = [await signIn(context, 'alice'), await signIn(context, 'bob')];
  const session = await findSignInSession(context, alice);
  assert.ok(session);
  await context.store.endSignInSession(session.id, context.now());
  const endedAtMs = context.now();
  context.advance({ minutes: 1 });
  await context.replaceDirectory({ users: [{ userName: 'bob' }] });
  await endOutdatedSessions(context, running);
  assert.ok(await findSignInSession(context, bob));
  assert.equal((await context.store.findSignInSession(session.id))?.endedAtMs, endedAtMs);
});

test('of more sessions than are taken at once, all end', async () => {
  const context = await createTestContext();
  const tokens = await Promise.all(Array.from({ length: 1_100 }, () => signIn(context, 'alice')));
  await context.replaceDirectory({ users: [] });
  await endOutdatedSessions(context, running);
  await context.replaceDirectory({});
  for (const token of tokens) assert.equal(await findSignInSession(context, token), undefined);
});

test('a session begun after somebody was enabled again is none of those', async () => {
  const users = [{ userName: 'alice' }, { userName: 'bob' }];
  const context = await createTestContext({ users });
  await signIn(context, 'bob');
  await context.replaceDirectory({ users: [{ userName: 'bob' }] });
  const ending = endOutdatedSessions(context, running);
  await context.replaceDirectory({ users });
  const token = await signIn(context, 'alice');
  await ending;
  assert.ok(await findSignInSession(context, token));
});

test('it stops when told to', async () => {
  const context = await createTestContext();
  const token = await signIn(context, 'alice');
  await context.replaceDirectory({ users: [] });
  await endOutdatedSessions(context, AbortSignal.abort());
  await context.replaceDirectory({});
  assert.ok(await findSignInSession(context, token));
});
