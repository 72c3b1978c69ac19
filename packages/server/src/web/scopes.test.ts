import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountsByName } from '../access/accounts-of-user.ts';
import { english, type Messages } from './messages/english.ts';
import { german } from './messages/german.ts';
import { describeScopes } from './scopes.ts';

function describe(
  scopes: readonly string[],
  reached: AccountsByName,
  { scopes: messages }: Messages = english,
): string[] {
  return describeScopes(scopes, reached, messages).map(String);
}

function accounts(...names: string[]) {
  const listed = names.map((name, index) => ({ id: String(index).padStart(12, '0'), name }));
  return { accounts: listed, areTooMany: false };
}

test('access to accounts names the accounts it reaches, the first few when there are many', () => {
  const describeAccess = (...names: string[]) => describe(['sso:account:access'], accounts(...names))[0];
  assert.equal(describeAccess('Sandbox'), 'Use all your roles in Sandbox');
  assert.equal(describeAccess('A', 'B', 'C', 'D'), 'Use all your roles in A, B, C and D');
  assert.equal(describeAccess('A', 'B', 'C', 'D', 'E'), 'Use all your roles in A, B, C and 2 more');
  assert.equal(describeAccess(), 'Use your AWS accounts (none is assigned to you yet)');
  const first = { ...accounts('A', 'B', 'C', 'D'), areTooMany: true };
  assert.deepEqual(describe(['sso:account:access'], first), [
    'Use all your roles in A, B, C and more than 997 more',
  ]);
});

test('a list of accounts stands in a German sentence as German has it', () => {
  const describeAccess = (...names: string[]) =>
    describe(['sso:account:access'], accounts(...names), german)[0];
  assert.equal(describeAccess('Sandbox'), 'Alle Ihre Rollen in Sandbox verwenden');
  assert.equal(describeAccess('A', 'B', 'C'), 'Alle Ihre Rollen in A, B und C verwenden');
  assert.equal(
    describeAccess('A', 'B', 'C', 'D', 'E'),
    'Alle Ihre Rollen in A, B, C und 2 weiteren verwenden',
  );
  const first = { ...accounts('A', 'B', 'C', 'D'), areTooMany: true };
  assert.deepEqual(describe(['sso:account:access'], first, german), [
    'Alle Ihre Rollen in A, B, C und mehr als 997 weiteren verwenden',
  ]);
});

test('sso-portal:* is described as access to accounts, once beside sso:account:access', () => {
  assert.deepEqual(describe(['sso-portal:*', 'sso:account:access'], accounts('Sandbox')), [
    'Use all your roles in Sandbox',
  ]);
});

test('a scope that is not known here is shown by its name, made plain', () => {
  assert.deepEqual(describe(['openid', 'codewhisperer:completions', 'x\u202e:y'], accounts()), [
    'Know who you are',
    'Nothing else: “codewhisperer:completions” is a scope that is not known here',
    'Nothing else: “<bdi>x\ufffd:y</bdi>” is a scope that is not known here',
  ]);
});

test('scopes that mean the same to a person are named once', () => {
  assert.deepEqual(describe(['aws', 'sts:identity_context'], accounts()), ['Tell AWS services who you are']);
});

test('a request for no scope says that nothing is given', () => {
  assert.deepEqual(describe([], accounts('Sandbox')), ['Know that you signed in, and nothing else']);
});

test('names that may be written from right to left do not change the order of the words around them', () => {
  assert.deepEqual(
    describe(['sso:account:access'], accounts('Sandbox', '\u05d9\u05e6\u05d5\u05e8', '<b>é')),
    ['Use all your roles in Sandbox, <bdi>\u05d9\u05e6\u05d5\u05e8</bdi> and <bdi>&lt;b&gt;é</bdi>'],
  );
  assert.deepEqual(describe(['\u05d9:x'], accounts()), [
    'Nothing else: “<bdi>\u05d9:x</bdi>” is a scope that is not known here',
  ]);
});
