import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { endOwnSession } from './own-sessions.ts';
import { findSignInSession, startSignInSession } from './sign-in.ts';

test('a session is ended by its own person alone, whatever id a form has', async () => {
  const context = await createTestContext({ users: [{ userName: 'alice' }, { userName: 'mallory' }] });
  const start = async (userName: string) => {
    const user = await context.directory.findUserByName(userName);
    assert.ok(user);
    return startSignInSession(context, user, { origin });
  };
  const [alice, mallory] = [await start('alice'), await start('mallory')];
  const { id } = alice.session;
  assert.equal(await endOwnSession(context, mallory.session, { kind: 'browser', id }, origin), false);
  assert.ok(await findSignInSession(context, alice.token));
  assert.equal(await endOwnSession(context, alice.session, { kind: 'browser', id }, origin), true);
  assert.equal(await findSignInSession(context, alice.token), undefined);
});
