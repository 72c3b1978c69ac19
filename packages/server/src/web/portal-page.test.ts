import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

/** An instance in which Alice has so many accounts, called `Account 1` and so on, and as many roles in each. */
function startWith({ accounts, roles = 1 }: { readonly accounts: number; readonly roles?: number }) {
  return startLatchkey({
    users: [{ userName: 'alice' }],
    accounts: Array.from({ length: accounts }, (_, index) => ({ id: idOf(index), name: nameOf(index) })),
    permissionSets: Array.from({ length: roles }, (_, index) => ({ name: `Role-${index + 100}` })),
  });
}

function idOf(index: number): string {
  return String(100_000_000_000 + index);
}

function nameOf(index: number): string {
  return `Account ${index + 1}`;
}

/** What the links of the list of accounts say and lead to, and which account is open. */
function accountsOn(text: string) {
  const links = [
    ...text.matchAll(/<li><a href="([^"]*)"( aria-current="true")?><bdi>(.*?)<\/bdi> <small>(\d+)<\/small>/g),
  ];
  return {
    names: links.map(([, , , name = '']) => name),
    ids: links.map(([, , , , id = '']) => id),
    hrefs: links.map(([, href = '']) => href.replaceAll('&amp;', '&')),
    open: links.filter(([, , current]) => current !== undefined).map(([, , , name]) => name),
  };
}

function linkOf(text: string, label: string): string | undefined {
  return new RegExp(`<a href="([^"]*)"[^>]*>${label}</a>`).exec(text)?.[1]?.replaceAll('&amp;', '&');
}

function rolesOn(text: string): string[] {
  return text.match(/(?<=<li>)Role-\d+(?=<\/li>)/g) ?? [];
}

function profilesOn(text: string): string[] {
  return text.match(/(?<=^\[profile ).*(?=\]$)/gm) ?? [];
}

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
  const profilesOf = async (userName: string, accountId: string) =>
    profilesOn((await (await signedInAs(latchkey, userName)).get(`/?account=${accountId}`)).text);
  const { host } = new URL(latchkey.url);
  for (const userName of ['alice', 'bob']) {
    assert.deepEqual(await profilesOf(userName, '111122223333'), [`sandbox-111122223333.Developer@${host}`]);
  }
  assert.deepEqual(await profilesOf('bob', '444455556666'), [`sandbox-444455556666.Developer@${host}`]);
});

test('someone without any account is told whom to ask, and has nothing to search', async () => {
  await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }], assignments: [] });
  const { text } = await (await signedInAs(latchkey, 'alice')).get('/');
  assert.match(text, /None is assigned to you yet/);
  assert.doesNotMatch(text, /sso-session|type="search"/);
});

test('a person with one account sees it open, without a list to choose from', async () => {
  await using latchkey = await startWith({ accounts: 1 });
  const { text } = await (await signedInAs(latchkey, 'alice')).get('/');
  assert.deepEqual(rolesOn(text), ['Role-100']);
  assert.doesNotMatch(text, /type="search"/);
  assert.deepEqual(accountsOn(text).names, []);
});

test('the first account of the list is open until another is, and the configuration is for that one alone', async () => {
  await using latchkey = await startWith({ accounts: 3 });
  const browser = await signedInAs(latchkey, 'alice');
  const first = await browser.get('/');
  assert.deepEqual(accountsOn(first.text).open, ['Account 1']);
  const [, , href = ''] = accountsOn(first.text).hrefs;
  assert.equal(href, `/?account=${idOf(2)}#account`);
  const { text } = await browser.get(href);
  assert.deepEqual(accountsOn(text).open, ['Account 3']);
  assert.deepEqual(
    profilesOn(text).map((name) => name.split('.')[0]),
    [`account-3-${idOf(2)}`],
  );
});

test('page by page, a person with many accounts finds each once, by name; and comes back the same way', async () => {
  await using latchkey = await startWith({ accounts: 120 });
  const browser = await signedInAs(latchkey, 'alice');
  const texts: string[] = [];
  for (let path: string | undefined = '/'; path !== undefined; ) {
    const { text } = await browser.get(path);
    texts.push(text);
    path = linkOf(text, 'Next accounts');
  }
  assert.deepEqual(
    texts.map((text) => accountsOn(text).names.length),
    [50, 50, 20],
  );
  assert.deepEqual(
    texts.flatMap((text) => accountsOn(text).names),
    Array.from({ length: 120 }, (_, index) => nameOf(index)),
  );
  assert.match(texts[2] ?? '', /Accounts 101 to 120 of 120/);
  const back = await browser.get(linkOf(texts[2] ?? '', 'Previous accounts') ?? '');
  assert.deepEqual(accountsOn(back.text).names, accountsOn(texts[1] ?? '').names);
  const first = await browser.get(linkOf(back.text, 'First accounts') ?? '');
  assert.deepEqual(accountsOn(first.text).names, accountsOn(texts[0] ?? '').names);
});

test('an account is found by a part of its name or id, or by a role in it, in any case; it opens within what was found', async () => {
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice' }],
    accounts: [
      { id: '111122223333', name: 'Sandbox' },
      { id: '444455556666', name: 'Production' },
      { id: '777788889999', name: 'Sand & Co' },
    ],
    permissionSets: [{ name: 'Developer' }, { name: 'Auditor' }],
    assignments: [
      { users: ['alice'], accounts: ['111122223333', '777788889999'], permissionSets: ['Developer'] },
      { users: ['alice'], accounts: ['444455556666'], permissionSets: ['Auditor'] },
    ],
  });
  const browser = await signedInAs(latchkey, 'alice');
  const found = async (search: string) => accountsOn((await browser.get(`/?q=${search}`)).text).names;
  assert.deepEqual(await found('SAND'), ['Sand &amp; Co', 'Sandbox']);
  assert.deepEqual(await found('%EF%BC%B3%EF%BC%A1%EF%BC%AE%EF%BC%A4box'), ['Sandbox'], 'full width');
  assert.deepEqual(await found('%20555566%20'), ['Production']);
  assert.deepEqual(await found('auditor'), ['Production']);
  const { text } = await browser.get('/?q=sand+%26');
  assert.match(text, /<input id="search" [^>]*value="sand &amp;"/);
  const [href] = accountsOn(text).hrefs;
  assert.equal(href, '/?q=sand+%26&account=777788889999#account');
});

test('who finds nothing is told so, with a way back to all accounts', async () => {
  await using latchkey = await startWith({ accounts: 2 });
  const { text } = await (await signedInAs(latchkey, 'alice')).get('/?q=%3Cb%3Enowhere');
  assert.match(text, /None of your accounts matches “<bdi>&lt;b&gt;nowhere<\/bdi>”/);
  assert.equal(linkOf(text, 'Show all accounts'), '/');
  assert.doesNotMatch(text, /sso-session/);
});

test('an account that is not on the page, or not among those found, opens all the same', async () => {
  await using latchkey = await startWith({ accounts: 120 });
  const browser = await signedInAs(latchkey, 'alice');
  for (const index of [0, 99, 119]) {
    for (const query of ['', '&q=nowhere', '&q=Account+5']) {
      const { status, text } = await browser.get(`/?account=${idOf(index)}${query}`);
      assert.equal(status, 200);
      assert.deepEqual(
        profilesOn(text).map((name) => name.split('.')[0]),
        [`account-${index + 1}-${idOf(index)}`],
      );
    }
  }
});

test('an account that is not the person’s looks like one that there is not, and nothing is said of it', async () => {
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    accounts: [
      { id: '000000000000', name: 'First' },
      { id: '111122223333', name: 'Sandbox' },
      { id: '111122223334', name: 'Secret' },
    ],
    assignments: [
      { users: ['alice'], accounts: ['000000000000', '111122223333'], permissionSets: ['Developer'] },
      { users: ['bob'], accounts: ['111122223334'], permissionSets: ['Developer'] },
    ],
  });
  const browser = await signedInAs(latchkey, 'alice');
  const strange = ['111122223334', '999999999999', '111122223332', '1', 'x', '-00000000001', '%00', '１２'];
  for (const id of strange) {
    const { status, text } = await browser.get(`/?account=${encodeURIComponent(id)}`);
    assert.equal(status, 404, id);
    assert.match(text, /role="alert">No role is assigned to you in that account/);
    assert.doesNotMatch(text, /Secret|sso-session/);
    assert.deepEqual(accountsOn(text).names, ['First', 'Sandbox']);
  }
  assert.equal((await browser.get('/?account=000000000000')).status, 200);
});

test('more than 1,000 accounts are listed by id, and a search puts what it finds in the order of names again', async () => {
  await using latchkey = await startWith({ accounts: 1_001 });
  const browser = await signedInAs(latchkey, 'alice');
  const first = await browser.get('/');
  assert.match(first.text, /More than 1,000 accounts, by account id/);
  assert.deepEqual(
    accountsOn(first.text).ids,
    Array.from({ length: 50 }, (_, index) => idOf(index)),
  );
  const second = await browser.get(linkOf(first.text, 'Next accounts') ?? '');
  assert.deepEqual(accountsOn(second.text).ids.slice(0, 1), [idOf(50)]);
  const again = await browser.get(linkOf(second.text, 'First accounts') ?? '');
  assert.deepEqual(accountsOn(again.text).ids, accountsOn(first.text).ids);
  const last = await browser.get(`/?after=${idOf(999)}`);
  assert.deepEqual(accountsOn(last.text).ids, [idOf(1000)]);
  assert.equal(linkOf(last.text, 'Next accounts'), undefined);
  const found = await browser.get('/?q=Account+100');
  assert.deepEqual(accountsOn(found.text).names, ['Account 100', 'Account 1000', 'Account 1001']);
});

test('an account with many roles shows 50 of them at a time, with the configuration for these', async () => {
  await using latchkey = await startWith({ accounts: 2, roles: 120 });
  const browser = await signedInAs(latchkey, 'alice');
  const roles: string[] = [];
  for (let path: string | undefined = `/?account=${idOf(1)}&q=account`; path !== undefined; ) {
    const { text } = await browser.get(path);
    assert.equal(profilesOn(text).length, rolesOn(text).length);
    assert.ok(rolesOn(text).length <= 50);
    assert.deepEqual(accountsOn(text).open, ['Account 2']);
    roles.push(...rolesOn(text));
    path = linkOf(text, 'Next roles');
  }
  assert.deepEqual(
    roles,
    Array.from({ length: 120 }, (_, index) => `Role-${index + 100}`),
  );
});

test('the page of a person with 2,000 accounts and 30 roles in each has 100 kB at most', async () => {
  await using latchkey = await startWith({ accounts: 2_000, roles: 30 });
  const browser = await signedInAs(latchkey, 'alice');
  for (const path of [
    '/',
    `/?account=${idOf(1_999)}`,
    '/?q=account',
    '/?q=role-129',
    `/?after=${idOf(500)}`,
  ]) {
    const { text } = await browser.get(path);
    assert.ok(Buffer.byteLength(text) <= 100_000, `${path} has ${Buffer.byteLength(text)} bytes`);
  }
});

test('the page has 100 kB at most also with the longest names, as many as fit, the longest search and a host of 140 characters', async () => {
  const name = `${'"'.repeat(64)}${'\u{1f511}'.repeat(32)}`;
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice', displayName: name }],
    accounts: Array.from({ length: 60 }, (_, index) => ({ id: idOf(index), name })),
    permissionSets: Array.from({ length: 60 }, (_, index) => ({ name: `${'='.repeat(30)}${index + 10}` })),
    settings: { branding: { message: '&'.repeat(1000) } },
  });
  const browser = await signedInAs(latchkey, 'alice');
  for (const query of [
    '',
    `?q=${encodeURIComponent('"'.repeat(64))}`,
    `?q=${encodeURIComponent('\u{1f511}'.repeat(32))}`,
  ]) {
    const { text } = await browser.get(`/${query}`);
    assert.equal(accountsOn(text).names.length, 50);
    assert.equal(profilesOn(text).length, 50);
    // The name of the host is short here; it stands three times in each profile.
    assert.ok(Buffer.byteLength(text) <= 80_000, `${query} has ${Buffer.byteLength(text)} bytes`);
  }
});

test('of a search that is longer than the field takes, the beginning counts', async () => {
  await using latchkey = await startWith({ accounts: 2 });
  const { text } = await (await signedInAs(latchkey, 'alice')).get(`/?q=${'x'.repeat(500)}`);
  assert.ok(text.includes(`value="${'x'.repeat(64)}"`));
  assert.ok(!text.includes('x'.repeat(65)));
});

test('HEAD of the start URL leads the AWS CLI to a host of AWS that names the instance and the region', async () => {
  await using latchkey = await startLatchkey({
    settings: { instance: { id: 'ssoins-0123456789abcdef', region: 'eu-west-1' } },
  });
  const response = await fetch(`${latchkey.url}/start`, { method: 'HEAD', redirect: 'manual' });
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), 'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws/');
});

test('the portal is for people who are signed in, who come back to what they asked for', async () => {
  await using latchkey = await startLatchkey();
  const stranger = new PlainBrowser(latchkey);
  assert.equal((await stranger.get('/')).location, '/sign-in?to=%2F');
  const { location } = await stranger.get('/?account=111122223333');
  assert.equal(location, `/sign-in?to=${encodeURIComponent('/?account=111122223333')}`);
});
