import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeScopes } from './scopes.ts';

function accounts(...names: string[]) {
  return names.map((name, index) => ({ id: String(index).padStart(12, '0'), name, roles: [] }));
}

test('access to accounts names the accounts it reaches, the first few when there are many', () => {
  const describe = (...names: string[]) => describeScopes(['sso:account:access'], accounts(...names))[0];
  assert.equal(describe('Sandbox'), 'Use all your roles in Sandbox');
  assert.equal(describe('A', 'B', 'C', 'D'), 'Use all your roles in A, B, C and D');
  assert.equal(describe('A', 'B', 'C', 'D', 'E'), 'Use all your roles in A, B, C and 2 more');
  assert.equal(describe(), 'Use your AWS accounts (none is assigned to you yet)');
});

test('sso-portal:* is described as access to accounts, once beside sso:account:access', () => {
  assert.deepEqual(describeScopes(['sso-portal:*', 'sso:account:access'], accounts('Sandbox')), [
    'Use all your roles in Sandbox',
  ]);
});

test('a scope that is not known here is shown by its name, made plain', () => {
  assert.deepEqual(describeScopes(['openid', 'codewhisperer:completions', 'x\u202e:y'], []), [
    'Know who you are',
    'Nothing more by “codewhisperer:completions”, a scope that is not known here',
    'Nothing more by “x\ufffd:y”, a scope that is not known here',
  ]);
});

test('scopes that mean the same to a person are named once', () => {
  assert.deepEqual(describeScopes(['aws', 'sts:identity_context'], []), ['Tell AWS services who you are']);
});

test('a request for no scope says that nothing is given', () => {
  assert.deepEqual(describeScopes([], accounts('Sandbox')), ['Know that you signed in, and nothing else']);
});
