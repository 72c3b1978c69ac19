import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_SCOPES, maskScopes, narrowScopes, splitScopes, unmaskScopes } from './scopes.ts';
import { assertRefused } from './testing/steps.ts';

const scope = fc.stringMatching(/^[A-Za-z0-9_]{1,8}(:[a-z]{1,4}){0,2}$/);
const granted = fc.uniqueArray(scope, { minLength: 1, maxLength: MAX_SCOPES });
const grantedAndPart = granted.chain((scopes) => fc.tuple(fc.constant(scopes), fc.subarray(scopes)));

test('a request that asks for no scopes gets all that was granted', () => {
  for (const requested of [undefined, []]) assert.deepEqual(narrowScopes(['a', 'b'], requested), ['a', 'b']);
});

test('a request may ask for a part of what was granted, in any order', () => {
  assert.deepEqual(narrowScopes(['a', 'b', 'c'], ['c', 'a', 'c']), ['a', 'c']);
});

test('no request gets more than was granted (RFC 6749 section 6)', async () => {
  await assertRefused(() => narrowScopes(['a', 'b'], ['a', 'c']), 'invalid_scope', /"c" goes beyond .*: a b/);
  await assertRefused(() => narrowScopes([], ['a']), 'invalid_scope');
  await assertRefused(() => narrowScopes(['sso:account:access'], ['SSO:account:access']), 'invalid_scope');
});

test('a token carries any part of the scopes, and gives back just that', () => {
  fc.assert(
    fc.property(grantedAndPart, ([scopes, part]) => {
      const mask = maskScopes(scopes, part);
      assert.ok(mask >= 0 && mask < 2 ** MAX_SCOPES);
      assert.deepEqual(
        unmaskScopes(scopes, mask),
        scopes.filter((one) => part.includes(one)),
      );
    }),
  );
});

test('scopes are split at spaces, however many', () => {
  assert.deepEqual(splitScopes(''), []);
  assert.deepEqual(splitScopes(' sso:account:access   openid '), ['sso:account:access', 'openid']);
});
