import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { assertError, portal, register, send, signIn } from '../http/testing/api.ts';

const latchkey = await startLatchkey({
  users: [{ userName: 'alice' }, { userName: 'bob' }],
  accounts: [
    { id: '000011112222', name: 'Sandbox', email: 'sandbox@example.com' },
    { id: '333344445555', name: 'Production' },
    { id: '666677778888', name: 'Not for alice' },
  ],
  permissionSets: [{ name: 'Developer', sessionDurationSeconds: 7200 }, { name: 'ReadOnly' }],
  assignments: [
    { users: ['alice'], accounts: ['000011112222'], permissionSets: ['ReadOnly', 'Developer'] },
    { users: ['alice'], accounts: ['333344445555'], permissionSets: ['ReadOnly'] },
    { users: ['bob'], accounts: ['666677778888'], permissionSets: ['Developer'] },
  ],
});
after(() => latchkey.close());
const { accessToken } = await signIn(latchkey);

const noSession = {
  status: 401,
  type: 'UnauthorizedException',
  message: /^Session token not found or invalid$/,
};
const invalidToken = {
  status: 400,
  type: 'InvalidRequestException',
  message: /^The next token is not valid: list from the start again$/,
};
const noAccess = { status: 403, type: 'ForbiddenException', message: /^No access$/ };

describe('ListAccounts', () => {
  test('lists the accounts in which the user has a role, by id, leading zeros kept', async () => {
    const { status, members } = await portal(latchkey, '/assignment/accounts', accessToken);
    assert.equal(status, 200);
    assert.deepEqual(members, {
      accountList: [
        { accountId: '000011112222', accountName: 'Sandbox', emailAddress: 'sandbox@example.com' },
        { accountId: '333344445555', accountName: 'Production' },
      ],
    });
  });

  test('gives a page at a time', async () => {
    const first = await portal(latchkey, '/assignment/accounts?max_result=1', accessToken);
    const { nextToken } = first.members;
    const query = `max_result=1&next_token=${encodeURIComponent(String(nextToken))}`;
    const second = await portal(latchkey, `/assignment/accounts?${query}`, accessToken);
    assert.deepEqual(
      [first, second].map(({ members }) => members['accountList']),
      [
        [{ accountId: '000011112222', accountName: 'Sandbox', emailAddress: 'sandbox@example.com' }],
        [{ accountId: '333344445555', accountName: 'Production' }],
      ],
    );
    assert.equal('nextToken' in second.members, false);
  });

  test('begins anew at a next token of release 0.1, which listed by name: an account may come twice, none is missed', async () => {
    const token = Buffer.from('Production\n333344445555').toString('base64url');
    const { members } = await portal(latchkey, `/assignment/accounts?next_token=${token}`, accessToken);
    assert.equal((members['accountList'] as unknown[]).length, 2);
  });

  test('refuses the next token of another user', async () => {
    const first = await portal(latchkey, '/assignment/accounts?max_result=1', accessToken);
    const bob = await signIn(latchkey, { userName: 'bob' });
    const path = `/assignment/accounts?next_token=${first.members['nextToken']}`;
    assertError(await portal(latchkey, path, bob.accessToken), invalidToken);
  });

  test('takes an empty next token for none', async () => {
    const { members } = await portal(latchkey, '/assignment/accounts?next_token=', accessToken);
    assert.equal((members['accountList'] as unknown[]).length, 2);
  });

  test('refuses a page size or token that cannot be', async () => {
    for (const query of [
      'max_result=0',
      'max_result=101',
      'max_result=x',
      'max_result=1.5',
      'next_token=x',
    ]) {
      const answer = await portal(latchkey, `/assignment/accounts?${query}`, accessToken);
      assertError(answer, { status: 400, type: 'InvalidRequestException' });
    }
  });
});

describe('ListAccountRoles', () => {
  test('lists the permission sets of the user in the account', async () => {
    const { members } = await portal(latchkey, '/assignment/roles?account_id=000011112222', accessToken);
    assert.deepEqual(members, {
      roleList: [
        { roleName: 'Developer', accountId: '000011112222' },
        { roleName: 'ReadOnly', accountId: '000011112222' },
      ],
    });
  });

  test('gives a page at a time', async () => {
    const path = '/assignment/roles?account_id=000011112222&max_result=1';
    const first = await portal(latchkey, path, accessToken);
    const second = await portal(latchkey, `${path}&next_token=${first.members['nextToken']}`, accessToken);
    assert.deepEqual(second.members, { roleList: [{ roleName: 'ReadOnly', accountId: '000011112222' }] });
  });

  test('goes on at a next token of release 0.1', async () => {
    const token = Buffer.from('Developer').toString('base64url');
    const path = `/assignment/roles?account_id=000011112222&next_token=${token}`;
    const { members } = await portal(latchkey, path, accessToken);
    assert.deepEqual(members, { roleList: [{ roleName: 'ReadOnly', accountId: '000011112222' }] });
  });

  test('refuses the next token of another account, and one that no release gave out', async () => {
    const first = await portal(
      latchkey,
      '/assignment/roles?account_id=000011112222&max_result=1',
      accessToken,
    );
    for (const token of [first.members['nextToken'], Buffer.from('no role').toString('base64url')]) {
      const path = `/assignment/roles?account_id=333344445555&next_token=${token}`;
      assertError(await portal(latchkey, path, accessToken), invalidToken);
    }
  });

  test('lists nothing after the last role, but says no access where there is no role', async () => {
    const token = Buffer.from('ReadOnly').toString('base64url');
    const list = (accountId: string) =>
      portal(latchkey, `/assignment/roles?account_id=${accountId}&next_token=${token}`, accessToken);
    assert.deepEqual((await list('000011112222')).members, { roleList: [] });
    assertError(await list('666677778888'), noAccess);
  });

  test('tells nothing of accounts that are not for the user: they look like those there are not', async () => {
    for (const accountId of ['666677778888', '999999999999']) {
      assertError(await portal(latchkey, `/assignment/roles?account_id=${accountId}`, accessToken), noAccess);
    }
  });
});

describe('GetRoleCredentials', () => {
  const path = (accountId: string, roleName: string) =>
    `/federation/credentials?account_id=${accountId}&role_name=${encodeURIComponent(roleName)}`;

  test('gives temporary keys, and their end in whole milliseconds', async () => {
    const answer = await portal(latchkey, path('000011112222', 'Developer'), accessToken);
    assert.equal(answer.status, 200);
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = Object(
      answer.members['roleCredentials'],
    );
    assert.match(accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.equal(secretAccessKey.length, 40);
    assert.match(sessionToken, /^lk_st_/);
    assert.ok(Number.isInteger(expiration));
    const lifetimeMs = expiration - latchkey.clock.now();
    assert.ok(lifetimeMs > 7_100_000 && lifetimeMs <= 7_200_000, `${lifetimeMs} ms`);
    assert.match(answer.text, /"expiration":\d{13}[,}]/, 'no float');
  });

  test('names the session that the credentials came of, inside their session token', async () => {
    const opened = async (token: string) => {
      const answer = await portal(latchkey, path('000011112222', 'Developer'), token);
      const { sessionToken } = Object(answer.members['roleCredentials']);
      // Key id and MAC, then what the token states.
      const bytes = Buffer.from(String(sessionToken).slice('lk_st_'.length), 'base64url');
      return JSON.parse(bytes.toString('utf8', 1 + 32))[5];
    };
    const { accessToken: other } = await signIn(latchkey);
    const [first, again, second] = [
      await opened(accessToken),
      await opened(accessToken),
      await opened(other),
    ];
    assert.ok(Number.isSafeInteger(first));
    assert.equal(again, first);
    assert.notEqual(second, first);
  });

  test('says no access, and not why, where the role is not one of the user', async () => {
    const roles = [
      ['333344445555', 'Developer'],
      ['666677778888', 'Developer'],
      ['999999999999', 'Developer'],
      ['000011112222', 'developer'],
      ['000011112222', 'Nothing'],
      ['000011112222', ''],
      ['000011112222', 'x'.repeat(2000)],
      ['11112222', 'Developer'],
      ['', 'Developer'],
      ['no account', 'Developer'],
    ] as const;
    for (const [accountId, roleName] of roles) {
      assertError(await portal(latchkey, path(accountId, roleName), accessToken), noAccess);
    }
  });

  test('names the member that is missing', async () => {
    const faults: Readonly<Record<string, RegExp>> = {
      '?role_name=Developer': /\/accountId/,
      '?account_id=000011112222': /\/roleName/,
    };
    for (const [query, message] of Object.entries(faults)) {
      const answer = await portal(latchkey, `/federation/credentials${query}`, accessToken);
      assertError(answer, { status: 400, type: 'InvalidRequestException', message });
    }
  });
});

describe('an access token', () => {
  const calls = [
    '/assignment/accounts',
    '/assignment/roles?account_id=000011112222',
    '/federation/credentials?account_id=000011112222&role_name=Developer',
  ];

  test('whose header a proxy has dropped is missed by every operation, and the answer asks about the proxy', async () => {
    const lost = {
      ...noSession,
      message:
        /^Session token not found or invalid: the header x-amz-sso_bearer_token is missing\. Does a proxy drop headers with underscores\?$/,
    };
    for (const path of calls) assertError(await send(latchkey, path), lost);
    assertError(await send(latchkey, '/logout', { method: 'POST' }), lost);
    const bearer = { headers: { authorization: `Bearer ${accessToken}` } };
    assertError(await send(latchkey, '/assignment/accounts', bearer), lost);
  });

  test('that is changed or of another kind is refused by every operation', async () => {
    const { refreshToken } = await signIn(latchkey);
    for (const path of calls) {
      for (const token of [
        '',
        'x',
        `${accessToken}x`,
        accessToken.slice(0, -2),
        refreshToken,
        'x'.repeat(5000),
      ]) {
        assertError(await portal(latchkey, path, token), noSession);
      }
    }
    assertError(await portal(latchkey, '/logout', 'x', 'POST'), noSession);
  });

  test('without the scope sso:account:access opens nothing, but can end its session', async () => {
    const client = await register(latchkey, { scopes: ['openid'] });
    const narrow = await signIn(latchkey, { client });
    for (const path of calls) {
      const answer = await portal(latchkey, path, narrow.accessToken);
      assertError(answer, {
        status: 403,
        type: 'ForbiddenException',
        message: /lacks the scope sso:account:access/,
      });
    }
    assert.equal((await portal(latchkey, '/logout', narrow.accessToken, 'POST')).status, 200);
  });

  test('is refused once it has expired', async () => {
    await using later = await startLatchkey();
    const session = await signIn(later);
    later.clock.advance({ hours: 1 });
    assertError(await portal(later, '/assignment/accounts', session.accessToken), noSession);
  });

  test('in an error, the body names the type as well as the header', async () => {
    const { members } = await portal(latchkey, '/assignment/accounts', 'x');
    assert.equal(members['__type'], 'com.amazonaws.sso#UnauthorizedException');
  });
});
