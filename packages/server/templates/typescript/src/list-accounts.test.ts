import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFactory } from '@latchkey/client';
import { startLatchkey } from 'latchkey/testing';
import { listAccounts } from './list-accounts.ts';
import { AccessDeniedException } from './services/ssooidc.ts';

test('a person who allows the program gets the accounts that they may use', async () => {
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice' }],
    accounts: [
      { id: '111122223333', name: 'Sandbox' },
      { id: '444455556666', name: 'Production' },
    ],
    permissionSets: [{ name: 'Developer' }],
    assignments: [{ users: ['alice'], accounts: ['111122223333'], permissionSets: ['Developer'] }],
  });
  await using factory = new ApiFactory({ fixedEndpoint: latchkey.url, region: latchkey.region });
  const accounts = await listAccounts(factory, latchkey.startUrl, ({ userCode }) =>
    latchkey.approve(userCode, 'alice'),
  );
  assert.deepEqual(
    accounts.map(({ accountId, accountName }) => [accountId, accountName]),
    [['111122223333', 'Sandbox']],
  );
});

test('a person who refuses ends the program with AccessDeniedException', async () => {
  await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
  await using factory = new ApiFactory({ fixedEndpoint: latchkey.url, region: latchkey.region });
  const listing = listAccounts(factory, latchkey.startUrl, ({ userCode }) =>
    latchkey.deny(userCode, 'alice'),
  );
  await assert.rejects(listing, AccessDeniedException);
});
