import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin } from '../fixtures/test-context.ts';
import { makeLink } from './make-link.ts';
import { findLink, setPasswordByLink, signInByLink } from './use-link.ts';

const elsewhere = { ...origin, address: '203.0.113.9' };
const password = 'vertical lamp orchard';

test('a link is not used up in a network from which the policy lets nobody sign in', async () => {
  const context = await createTestContext({ policy: [{ networks: ['192.0.2.0/24'] }] });
  const user = await context.directory.findUserByName('alice');
  assert.ok(user);
  const linkTo = async (purpose: 'sign-in' | 'password') => {
    const link = { userId: user.id, purpose, lifetimeSeconds: 3600, actor: 'command:test' };
    const made = await makeLink(context, link, origin);
    const found = await findLink(context, made.kind === 'made' ? made.token : '');
    assert.ok(found.kind === 'usable');
    return found;
  };
  const toSignIn = await linkTo('sign-in');
  const signIn = (from: typeof origin) =>
    signInByLink(context, toSignIn, { origin: from, earlier: [], deviceCookies: [] });
  await assert.rejects(signIn(elsewhere), { name: 'NetworkRefused' });
  assert.equal((await signIn(origin)).kind, 'signedIn');
  const toPassword = await linkTo('password');
  const set = (from: typeof origin) => setPasswordByLink(context, toPassword, { password, origin: from });
  await assert.rejects(set(elsewhere), { name: 'NetworkRefused' });
  assert.equal((await set(origin)).kind, 'changed');
});
