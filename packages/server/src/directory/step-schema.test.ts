import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import type { DirectoryStep } from '../store/port/directory-change.ts';
import { stepSchema } from './step-schema.ts';

const id = 'b1d2c3e4-0000-8000-8000-000000000001';
const externalIds = [{ issuer: 'https://idp.example.com', id: '42' }];
const passwordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

/** Steps that have every text which a command may send. */
const steps: readonly DirectoryStep[] = [
  {
    kind: 'addUser',
    user: {
      ...{ id, userName: 'alice', displayName: 'Alice', status: 'enabled', passwordHash, externalIds },
      emails: [{ address: 'alice@example.com', kind: 'work', primary: true }],
    },
  },
  { kind: 'addGroup', group: { id, name: 'admins', description: 'who may do all', externalIds } },
  { kind: 'addAccount', account: { id: '123456789012', name: 'Production', email: 'p@example.com' } },
  {
    kind: 'addPermissionSet',
    permissionSet: { name: 'Admin', description: 'may do all', sessionDurationSeconds: 3600 },
  },
  {
    kind: 'addAssignment',
    principal: { userId: id },
    accountId: '123456789012',
    permissionSetId: 'ps-0000000000000001',
  },
];

/** Each copy of a value that has a control character at the end of one of its texts, with the path of that text. */
function* withOneControlCharacter(value: unknown): Generator<readonly [path: string, copy: unknown]> {
  if (typeof value === 'string') yield ['', `${value}\0`];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    for (const [path, copy] of withOneControlCharacter(member)) {
      const changed = Array.isArray(value) ? value.with(Number(name), copy) : { ...value, [name]: copy };
      yield [`/${name}${path}`, changed];
    }
  }
}

for (const step of steps) {
  test(`a step ${step.kind} is taken, and with a control character in any of its texts it is refused`, () => {
    assert.equal(
      v.safeParse(stepSchema, step).success,
      true,
      JSON.stringify(v.safeParse(stepSchema, step).issues),
    );
    for (const [path, copy] of withOneControlCharacter(step)) {
      assert.equal(v.safeParse(stepSchema, copy).success, false, path);
    }
  });
}
