import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isAccountAccess,
  MAX_SCOPES,
  maskScopes,
  narrowScopes,
  parseScopes,
  splitScopes,
  unmaskScopes,
} from './scopes.ts';
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

test('sso-portal:* and sso:account:access are one scope, whichever was granted and whichever is asked for', () => {
  assert.deepEqual(narrowScopes(['sso-portal:*', 'b'], ['sso:account:access']), ['sso-portal:*']);
  assert.deepEqual(narrowScopes(['sso:account:access', 'b'], ['sso-portal:*']), ['sso:account:access']);
  for (const scope of ['sso-portal:*', 'sso:account:access']) assert.ok(isAccountAccess(scope));
  for (const scope of ['sso-portal:x', 'sso-portal', 'SSO-PORTAL:*', 'sso:account:*', '*', ''])
    assert.ok(!isAccountAccess(scope));
});

test('scopes joined by spaces in one item of a list are scopes of their own', () => {
  assert.deepEqual(parseScopes(['a b', 'c', ' b  d ', '', ' ']), ['a', 'b', 'c', 'd']);
  assert.deepEqual(narrowScopes(['a', 'b', 'c'], ['c a']), ['a', 'c']);
});

test('property: however scopes are spread over items and joined, the same scopes are parsed', () => {
  const gap = fc.constantFrom(' ', '  ', '\n', '\t ');
  fc.assert(
    fc.property(granted, fc.array(fc.boolean()), gap, (scopes, breaks, space) => {
      const items: string[] = [];
      for (const [index, scope] of scopes.entries()) {
        if (items.length === 0 || breaks[index]) items.push(scope);
        else items.push(`${items.pop()}${space}${scope}`);
      }
      assert.deepEqual(parseScopes(items), scopes);
    }),
  );
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
