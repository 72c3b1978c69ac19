import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { startLatchkey } from '../../fixtures/start-latchkey.ts';
import { portal, refresh, register, signIn } from '../../http/testing/api.ts';
import { Caller } from '../../sts/testing/caller.ts';
import { makeFolder, runLatchkey } from '../testing/child-process.ts';

const ACCOUNT = '000011112222';
const folder = makeFolder();
const dataDir = path.join(folder, '.latchkey');
const options = {
  dataDir,
  users: [{ userName: 'alice' }, { userName: 'bob' }],
  accounts: [{ id: ACCOUNT, name: 'Sandbox' }],
  permissionSets: [{ name: 'Developer' }],
};
const server = await startLatchkey({ ...options, clock: 'running' });
after(() => server.close());

async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
  return stdout;
}

async function fails(code: number, ...args: string[]): Promise<string> {
  const result = await runLatchkey(folder, args);
  assert.deepEqual({ code: result.code, stdout: result.stdout }, { code, stdout: '' }, args.join(' '));
  return result.stderr;
}

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly userName: string;
  readonly client?: string;
}

async function list(...args: string[]): Promise<readonly Listed[]> {
  return JSON.parse(await ok('session', 'list', '--json', ...args));
}

/** Alice's or Bob's program, its browser, and role credentials of it. */
async function start(userName: string, clientName = 'botocore-client-dev') {
  const client = await register(server, { clientName });
  const tokens = await signIn(server, { userName, client });
  const url = `/federation/credentials?account_id=${ACCOUNT}&role_name=Developer`;
  const { members } = await portal(server, url, tokens.accessToken);
  const caller = new Caller(server, Object(members['roleCredentials']));
  return {
    ...tokens,
    works: async () => ({
      portal: (await portal(server, '/assignment/accounts', tokens.accessToken)).status === 200,
      refresh: (await refresh(server, client, tokens.refreshToken)).status === 200,
      sts: (await caller.deliver(await caller.sign())).status === 200,
    }),
    callerWorks: async () => (await caller.deliver(await caller.sign())).status === 200,
  };
}

const all = { portal: true, refresh: true, sts: true };
const none = { portal: false, refresh: false, sts: false };

test('sessions are listed with whose they are, what, from where and since when, and found by each of it', async () => {
  await start('alice', 'aws-cli on laptop');
  await start('bob', 'terraform');
  const sessions = await list();
  assert.deepEqual(
    sessions.map(({ kind, userName, client }) => [kind, userName, client]),
    [
      ['browser', 'bob', undefined],
      ['browser', 'alice', undefined],
      ['program', 'bob', 'terraform'],
      ['program', 'alice', 'aws-cli on laptop'],
    ],
  );
  const [program] = await list('--client', 'AWS-CLI');
  const { createdAt, usedAt, expiresAt, ...rest } = program as never as Record<string, string>;
  assert.match(String(rest['userId']), /^[\da-f-]{36}$/);
  assert.match(String(rest['id']), /^program-\d+$/);
  assert.match(String(rest['browser']), /^browser-\d+$/);
  assert.deepEqual([rest['address'], rest['userAgent'], rest['state']], ['127.0.0.1', 'node', 'live']);
  assert.ok(Date.parse(createdAt!) <= Date.parse(usedAt!) && usedAt! < expiresAt!);
  const found = async (...args: string[]) => (await list(...args)).map(({ id }) => id);
  const ids = sessions.map(({ id }) => id);
  assert.deepEqual(await found('--user', 'BOB'), [ids[0], ids[2]]);
  assert.deepEqual(await found('--kind', 'program'), [ids[2], ids[3]]);
  assert.deepEqual(await found('--address', '127.0.0.0/8'), ids);
  assert.deepEqual(await found('--address', '10.0.0.0/8'), []);
  assert.deepEqual(await found('--older-than', '1h'), []);
  assert.deepEqual(await found('--unused-for', '0s', '--user', 'alice'), [ids[1], ids[3]]);
  assert.match(
    await ok('session', 'list', '--kind', 'program', '--user', 'bob'),
    /^SESSION +USER +CLIENT +ADDRESS +SINCE +LAST USED +USER AGENT\nprogram-\d+ +bob +terraform +127\.0\.0\.1 +20\S+Z +20\S+Z +node\n$/,
  );
});

test('a list that is cut goes on after the last session that was shown', async () => {
  const ids = (await list()).map(({ id }) => id);
  const seen: string[] = [];
  for (let after: readonly string[] = []; ; ) {
    const page = await runLatchkey(folder, ['session', 'list', '--json', '--limit', '1', ...after]);
    seen.push(...JSON.parse(page.stdout).map(({ id }: Listed) => id));
    const [, last] = /^There is more: --after (\S+)\n$/.exec(page.stderr) ?? [];
    if (last === undefined) break;
    after = ['--after', last];
  }
  assert.deepEqual(seen, ids);
});

test('a program that is ended opens nothing from then on, role credentials included, and others go on', async () => {
  const [one, other] = [await start('alice', 'one'), await start('alice', 'other')];
  assert.deepEqual(await one.works(), all);
  const [{ id } = assert.fail()] = await list('--client', 'one');
  const ended = await ok('session', 'end', id);
  assert.equal(ended, `Ended ${id} (one) of alice, last used from 127.0.0.1\n`);
  assert.deepEqual(await one.works(), none);
  assert.deepEqual(await other.works(), all);
  const again = await runLatchkey(folder, ['session', 'end', id]);
  assert.equal(again.stderr, `${id} has ended already\n`);
  const shown = JSON.parse(await ok('session', 'show', id, '--json'));
  assert.equal(shown.state, 'ended');
  assert.ok(shown.endedAt);
  assert.match(await ok('session', 'show', id), /^client +one$/m);
});

test('a browser that is ended takes along what was allowed in it', async () => {
  const begun = await start('bob', 'in that browser');
  const [program] = await list('--client', 'in that browser');
  const { browser } = program as never as { browser: string };
  await ok('session', 'end', browser);
  assert.deepEqual(await begun.works(), none);
});

test('sessions are ended by what finds them, and --dry-run ends none', async () => {
  const [one, two] = [await start('alice', 'bulk 1'), await start('bob', 'bulk 2')];
  const dry = await ok('session', 'end', '--client', 'bulk', '--dry-run');
  assert.match(dry, /^Would end program-\d+ \(bulk 2\) of bob.*\nWould end program-\d+ \(bulk 1\) of alice/);
  assert.deepEqual(await one.works(), all);
  const ended = JSON.parse(await ok('session', 'end', '--client', 'bulk', '--json'));
  assert.equal(ended.length, 2);
  assert.deepEqual([await one.works(), await two.works()], [none, none]);
  assert.equal(await ok('session', 'end', '--client', 'bulk'), 'No session was found that goes on\n');
});

test('what was issued for a role before a time is revoked, and the same person gets new credentials', async () => {
  const before = await start('alice', 'before');
  assert.equal(await before.callerWorks(), true);
  const said = await ok('session', 'revoke-role', 'Sandbox', 'developer');
  assert.match(said, /^Revoked what was issued for Developer in 000011112222 before 20\S+Z\n$/);
  assert.equal(await before.callerWorks(), false);
  assert.deepEqual(await before.works(), { ...all, sts: false }, 'the session goes on');
  assert.equal(await (await start('alice', 'after')).callerWorks(), true);
  const earlier = ['--before', '2026-01-01T00:00:00Z', '--json'];
  const kept = JSON.parse(await ok('session', 'revoke-role', ACCOUNT, 'Developer', ...earlier));
  assert.ok(kept.issuedBefore > '2026-02', 'the later instant stays');
});

test('a wrong command line is told what is expected, and ends nothing', async () => {
  const count = (await list()).length;
  const refusals: [number, string[], RegExp][] = [
    [2, ['end'], /^Give either ids of sessions or conditions/],
    [2, ['end', 'program-1', '--user', 'alice'], /^Give either ids of sessions or conditions/],
    [2, ['end', '1'], /^<session>: expected an id as .* such as program-\d+, got "1"/],
    [1, ['end', 'program-1'], /^There is no session program-1; it may have run out/],
    [2, ['list', '--address', '300.1.1.1'], /^--address: expected an IP address or CIDR block/],
    [2, ['list', '--older-than', 'long'], /^--older-than: expected a duration such as 90m, 8h or 30d/],
    [1, ['list', '--user', 'alise'], /^There is no user "alise"; did you mean "alice"\?/],
    [1, ['revoke-role', ACCOUNT, 'Develper'], /^There is no permission set "Develper"/],
    [2, ['revoke-role', ACCOUNT, 'Developer', '--before', '2126-01-01T00:00Z'], /a time in the past/],
    [2, ['revoke-role', ACCOUNT, 'Developer', '--before', '2026-01-01'], /with its zone/],
  ];
  for (const [code, args, expected] of refusals) {
    assert.match(await fails(code, 'session', ...args), expected);
  }
  assert.equal((await list()).length, count);
});

test('without a server, commands list and end the sessions in the data folder, and the next start audits it', async () => {
  const begun = await start('alice', 'while stopped');
  assert.deepEqual(await begun.works(), all);
  const [{ id } = assert.fail()] = await list('--client', 'while stopped');
  await server.close();
  assert.match(await ok('session', 'end', '--client', 'while stopped'), new RegExp(`^Ended ${id}`));
  assert.deepEqual(await list('--client', 'while stopped'), []);
  await using again = await startLatchkey({ ...options, clock: 'running' });
  const caller = await portal(again, '/assignment/accounts', begun.accessToken);
  assert.equal(caller.status, 401);
});
