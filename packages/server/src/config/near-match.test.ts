import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNearMatch, renderHint } from './near-match.ts';

const keys = ['users', 'groups', 'accounts', 'permissionSets', 'assignments', 'accessToken', 'passwordHash'];

test('the near match of a misspelt word is the word that was meant', () => {
  const meant = {
    permissionSet: 'permissionSets',
    permission_sets: 'permissionSets',
    'permission-sets': 'permissionSets',
    PermissionSets: 'permissionSets',
    permisionSets: 'permissionSets',
    acounts: 'accounts',
    usres: 'users',
    assigments: 'assignments',
    password: 'passwordHash',
    accessTokenSeconds: 'accessToken',
  };
  for (const [word, expected] of Object.entries(meant))
    assert.equal(findNearMatch(word, keys), expected, word);
});

test('a word unlike all others has no near match, and the hint lists the known words when they are few', () => {
  assert.equal(findNearMatch('telemetry', keys), undefined);
  assert.equal(findNearMatch('x'.repeat(1_000_000), keys), undefined);
  assert.equal(renderHint('telemetry', ['level', 'format']), '; known are level, format');
  assert.equal(renderHint('telemetry', []), '');
});
