import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import { describeForAws, renderAwsConfig } from '../aws-config/aws-config.ts';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const idOf = (index: number) => String(index).padStart(12, '0');

test('the file has all accounts and roles of the person, by id and name, as the command line prints it', async () => {
  const accounts = Array.from({ length: 230 }, (_, index) => ({ id: idOf(index), name: `Account ${index}` }));
  const permissionSets = Array.from({ length: 110 }, (_, index) => ({ name: `Role-${index + 100}` }));
  await using latchkey = await startLatchkey({ accounts, permissionSets });
  const file = await (await signedInAs(latchkey, 'alice')).get('/aws-config');
  assert.equal(file.status, 200);
  assert.equal(file.headers.get('content-disposition'), 'attachment; filename="latchkey-aws-config.txt"');
  assert.equal(file.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.equal(file.headers.get('cache-control'), 'no-store');
  const everyone = listAssignedAccounts({
    users: [],
    groups: [],
    accounts,
    permissionSets: permissionSets.map((set) => ({ ...set, sessionDurationSeconds: 3600 })),
    assignments: [
      {
        users: ['alice'],
        groups: [],
        accounts: accounts.map(({ id }) => id),
        permissionSets: permissionSets.map(({ name }) => name),
      },
    ],
  });
  const instance = { instanceId: 'ssoins-7e57000000000001', baseUrl: latchkey.url, region: latchkey.region };
  assert.equal(file.text, renderWhole(instance, everyone));
});

function renderWhole(
  { instanceId, baseUrl, region }: { instanceId: string; baseUrl: string; region: string },
  accounts: ReturnType<typeof listAssignedAccounts>,
): string {
  const config = { baseUrl, instance: { region } } as Parameters<typeof describeForAws>[0]['config'];
  return renderAwsConfig(describeForAws({ instanceId, config }, accounts));
}

test('a person without accounts is led to the portal, which says so; a stranger signs in first', async () => {
  await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }], assignments: [] });
  assert.equal((await (await signedInAs(latchkey, 'alice')).get('/aws-config')).location, '/');
  assert.equal((await new PlainBrowser(latchkey).get('/aws-config')).location, '/sign-in?to=%2F');
});

test('the file is for the person who is signed in alone', async () => {
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    accounts: [
      { id: '111122223333', name: 'Sandbox' },
      { id: '444455556666', name: 'Production' },
    ],
    assignments: [
      { users: ['alice'], accounts: ['111122223333'], permissionSets: ['Developer'] },
      { users: ['bob'], accounts: ['444455556666'], permissionSets: ['Developer'] },
    ],
  });
  const { text } = await (await signedInAs(latchkey, 'alice')).get('/aws-config');
  assert.match(text, /sandbox-111122223333/);
  assert.doesNotMatch(text, /production/);
});
