import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assumedRoleArn, base32, roleId, roleName } from './role-arn.ts';

const instanceId = 'ssoins-7e57000000000001';
const role = { accountId: '111122223333', permissionSetName: 'Developer' };
const permissionSetName = fc.stringMatching(/^[\w+=,.@-]{1,32}$/);
const accountId = fc.stringMatching(/^\d{12}$/);

test('a role is called as tools expect: AWSReservedSSO_<permission set>_<16 hex>', () => {
  fc.assert(
    fc.property(accountId, permissionSetName, (account, name) => {
      const rendered = roleName(instanceId, { accountId: account, permissionSetName: name });
      assert.equal(/^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(rendered)?.[1], name);
      assert.ok(rendered.length <= 64, 'as long as IAM lets a role name be');
    }),
  );
});

test('a role has one name and one id, which no other role, account or instance shares', () => {
  const others: [string, typeof role][] = [
    ['ssoins-7e57000000000002', role],
    [instanceId, { ...role, accountId: '111122223334' }],
    [instanceId, { ...role, permissionSetName: 'Developers' }],
  ];
  for (const render of [roleName, roleId]) {
    assert.equal(render(instanceId, role), render(instanceId, { ...role }));
    for (const [instance, other] of others)
      assert.notEqual(render(instance, other), render(instanceId, role));
  }
});

test('a role id has the form of one of IAM: AROA and 17 of base 32', () => {
  fc.assert(
    fc.property(accountId, permissionSetName, (account, name) => {
      const id = roleId(instanceId, { accountId: account, permissionSetName: name });
      assert.match(id, /^AROA[A-Z2-7]{17}$/);
    }),
  );
});

test('the ARN of an assumed role', () => {
  assert.equal(
    assumedRoleArn('000000000012', 'AWSReservedSSO_Developer_0011223344556677', 'alice'),
    'arn:aws:sts::000000000012:assumed-role/AWSReservedSSO_Developer_0011223344556677/alice',
  );
});

test('every byte has its character in base 32', () => {
  const all = base32(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  assert.match(all, /^[A-Z2-7]{256}$/);
  assert.equal(new Set(all).size, 32);
});
