import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { startLatchkey } from '../../fixtures/start-latchkey.ts';
import { assertError, portal, refresh, send, signIn } from '../../http/testing/api.ts';
import { makeFolder, runLatchkey } from '../testing/child-process.ts';

const folder = makeFolder();

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args, { input: 'correct horse battery\n' });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
  return stdout;
}

const ACCOUNTS = '/assignment/accounts';

test('a person of the file whom a command blocks is refused with the next request, and is let in again', async () => {
  await using latchkey = await startLatchkey({ dataDir: path.join(folder, '.latchkey') });
  const { accessToken, refreshToken, client } = await signIn(latchkey);
  const headers = await latchkey.signIn('alice');
  assert.equal((await portal(latchkey, ACCOUNTS, accessToken)).status, 200);
  assert.equal((await send(latchkey, '/', { headers })).status, 200);
  assert.equal(await run('user', 'block', 'alice'), 'Blocked alice\n');
  assertError(await portal(latchkey, ACCOUNTS, accessToken), {
    status: 401,
    type: 'UnauthorizedException',
  });
  assert.equal((await refresh(latchkey, client, refreshToken)).status, 400);
  assert.notEqual((await send(latchkey, '/', { headers })).status, 200);
  await assert.rejects(latchkey.signIn('alice'), /No user "alice" may sign in/);
  assert.equal(await run('user', 'unblock', 'alice'), 'Unblocked alice\n');
  assert.equal((await portal(latchkey, ACCOUNTS, accessToken)).status, 401, 'what was ended stays so');
  const again = await signIn(latchkey);
  assert.equal((await portal(latchkey, ACCOUNTS, again.accessToken)).status, 200);
  await run('user', 'sign-out', 'alice');
  assert.equal((await portal(latchkey, ACCOUNTS, again.accessToken)).status, 401);
});

test('a person whom commands add signs in at once, and has what commands assign to a group of the person', async () => {
  await using latchkey = await startLatchkey({ dataDir: path.join(folder, '.latchkey') });
  await run('user', 'add', 'dave');
  await run('group', 'add', 'operators');
  await run('account', 'add', '222233334444', '--name', 'Production');
  await run('permission-set', 'add', 'Operate');
  await run(
    ...['assign', 'add', '--group', 'operators', '--account', '222233334444', '--permission-set', 'Operate'],
  );
  const { accessToken } = await signIn(latchkey, { userName: 'dave' });
  const before = await portal(latchkey, ACCOUNTS, accessToken);
  assert.deepEqual(before.members['accountList'], []);
  await run('group', 'add-member', 'operators', 'dave');
  const after = await portal(latchkey, ACCOUNTS, accessToken);
  assert.deepEqual(after.members['accountList'], [{ accountId: '222233334444', accountName: 'Production' }]);
  await run('group', 'remove-member', 'operators', 'dave');
  const gone = await portal(latchkey, ACCOUNTS, accessToken);
  assert.deepEqual(gone.members['accountList'], []);
});
