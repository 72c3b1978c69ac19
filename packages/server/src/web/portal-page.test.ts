import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

test('the portal shows a person their accounts and roles, and the configuration for exactly these', async () => {
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    accounts: [
      { id: '111122223333', name: 'Sandbox' },
      { id: '444455556666', name: 'Production' },
    ],
    permissionSets: [{ name: 'Developer' }, { name: 'Auditor' }],
    assignments: [
      { users: ['alice'], accounts: ['111122223333'], permissionSets: ['Developer'] },
      { users: ['bob'], accounts: ['444455556666'], permissionSets: ['Auditor'] },
    ],
  });
  for (const path of ['/', '/start']) {
    const { text } = await (await signedInAs(latchkey, 'alice')).get(path);
    assert.match(text, /Sandbox/);
    assert.match(text, /111122223333/);
    assert.match(text, /<li>Developer<\/li>/);
    assert.doesNotMatch(text, /Production|Auditor/);
    const { host } = new URL(latchkey.url);
    assert.ok(text.includes(`[sso-session ${host}]`));
    assert.match(
      text,
      /# BEGIN latchkey ssoins-7e57000000000001 .*^# END latchkey ssoins-7e57000000000001$/ms,
    );
    assert.match(
      text,
      /If such lines are there already, from\s+<code>BEGIN<.code> to <code>END<.code>, replace them/,
    );
    // Without a profile the AWS CLI would not find the endpoints, which the profile's `services` names.
    assert.match(text, /aws sso login --profile /);
    assert.ok(text.includes(`[profile sandbox-111122223333.Developer@${host}]`));
    assert.ok(text.includes(`endpoint_url = ${latchkey.url}`));
  }
});

test('a role has one profile name in everybody’s portal, also when others have accounts of the same name', async () => {
  const permissionSets = [{ name: 'Developer' }];
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    accounts: [
      { id: '111122223333', name: 'Sandbox' },
      { id: '444455556666', name: 'Sandbox' },
    ],
    permissionSets,
    assignments: [
      { users: ['alice'], accounts: ['111122223333'], permissionSets: ['Developer'] },
      { users: ['bob'], accounts: ['111122223333', '444455556666'], permissionSets: ['Developer'] },
    ],
  });
  const [alice = [], bob = []] = await Promise.all(
    ['alice', 'bob'].map(async (userName) => {
      const { text } = await (await signedInAs(latchkey, userName)).get('/');
      return text.match(/(?<=^\[profile ).*(?=\]$)/gm) ?? [];
    }),
  );
  const { host } = new URL(latchkey.url);
  assert.deepEqual(alice, [`sandbox-111122223333.Developer@${host}`]);
  assert.deepEqual(bob, [...alice, `sandbox-444455556666.Developer@${host}`]);
});

test('someone without any account is told whom to ask', async () => {
  await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }], assignments: [] });
  const { text } = await (await signedInAs(latchkey, 'alice')).get('/');
  assert.match(text, /None is assigned to you yet/);
  assert.doesNotMatch(text, /sso-session/);
});

test('HEAD of the start URL leads the AWS CLI to a host of AWS that names the instance and the region', async () => {
  await using latchkey = await startLatchkey({
    settings: { instance: { id: 'ssoins-0123456789abcdef', region: 'eu-west-1' } },
  });
  const response = await fetch(`${latchkey.url}/start`, { method: 'HEAD', redirect: 'manual' });
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), 'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws/');
});

test('the portal is for people who are signed in', async () => {
  await using latchkey = await startLatchkey();
  assert.equal((await new PlainBrowser(latchkey).get('/')).location, '/sign-in?to=%2F');
});
