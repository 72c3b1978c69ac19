import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Context } from '../context.ts';
import { changeAudited } from '../directory/audited-change.ts';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import type { DirectoryStep } from '../store/port/directory-change.ts';
import { changeOwnPassword } from './own-password.ts';
import { hashPassword } from './password.ts';
import { signIn, startSignInSession } from './sign-in.ts';

test('a password that an administrator sets while its owner changes it stays', async () => {
  const context = await createTestContext();
  const command = async (...steps: readonly DirectoryStep[]) => {
    const change = { source: 'command', actor: 'command:root', nowMs: context.now(), steps } as const;
    assert.equal((await changeAudited(context, change, origin)).kind, 'changed');
  };
  const named = { id: randomUUID(), userName: 'carol', displayName: 'Carol', status: 'enabled' } as const;
  const passwordHash = await hashPassword('correct horse');
  await command({ kind: 'addUser', user: { ...named, emails: [], externalIds: [], passwordHash } });
  const user = await context.directory.findUserByName('carol');
  assert.ok(user);
  const { session } = await startSignInSession(context, user, { origin });
  const { passwords } = context;
  const hash = await hashPassword('one that was given');
  const overtaken: Context = {
    ...context,
    passwords: Object.assign(Object.create(passwords), {
      verify: passwords.verify.bind(passwords),
      async hash(...args: Parameters<typeof passwords.hash>) {
        await command({ kind: 'setPassword', userId: user.id, hash });
        return passwords.hash(...args);
      },
    }),
  };
  const given = { current: 'correct horse', password: 'vertical lamp orchard', deviceCookies: [] };
  const changed = await changeOwnPassword(overtaken, { session, origin }, given);
  assert.equal(changed.kind, 'notTheirs');
  const tryPassword = (password: string) => signIn(context, { userName: 'carol', password, origin });
  assert.equal((await tryPassword('vertical lamp orchard')).kind, 'refused');
  assert.equal((await tryPassword('one that was given')).kind, 'signedIn');
});
