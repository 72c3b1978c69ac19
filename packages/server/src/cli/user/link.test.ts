import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { startLatchkey } from '../../fixtures/start-latchkey.ts';
import { PlainBrowser } from '../../web/testing/plain-browser.ts';
import { makeFolder, runLatchkey } from '../testing/child-process.ts';

const folder = makeFolder();
const dataDir = path.join(folder, '.latchkey');
after(() => rmSync(folder, { recursive: true, force: true }));

async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args, { input: 'correct horse battery' });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
  return stdout;
}

async function fails(code: number, ...args: string[]): Promise<string> {
  const result = await runLatchkey(folder, args);
  assert.deepEqual({ code: result.code, stdout: result.stdout }, { code, stdout: '' }, args.join(' '));
  return result.stderr;
}

test('user link makes a link without a server, which works once there is one, and whose event is kept without its token', async () => {
  await ok('user', 'add', 'carol', '--store');
  const printed = JSON.parse(
    await ok('user', 'link', 'Carol', '--for', 'password', '--expires', '2h', '--json'),
  );
  const { url, expiresAt, id, ...rest } = printed;
  assert.deepEqual(rest, { userName: 'carol', purpose: 'password' });
  const { searchParams } = new URL(url);
  assert.match(searchParams.get('token') ?? '', /^lk_ol_[\w-]{43}$/);
  const kept = readFileSync(path.join(dataDir, 'kept-audit-events.jsonl'), 'utf8');
  assert.match(
    kept,
    new RegExp(`"event":"linkMade","userId":"${id}","userName":"carol","purpose":"password"`),
  );
  assert.doesNotMatch(kept, /lk_ol_/);
  const shown = JSON.parse(await ok('user', 'show', 'carol', '--json'));
  assert.deepEqual([shown.link.purpose, shown.link.expiresAt], ['password', expiresAt]);
  assert.match(await ok('user', 'show', 'carol'), /^link +for password, until \S+Z$/m);
  // The clock of commands is the system's.
  await using latchkey = await startLatchkey({ dataDir, users: [], clock: 'running' });
  const { status, text } = await new PlainBrowser(latchkey).get(`/link${new URL(url).search}`);
  assert.equal(status, 200);
  assert.match(text, /Set your password/);
});

test('user link makes, replaces and takes back links of a running server', async () => {
  await using latchkey = await startLatchkey({
    dataDir,
    users: [{ userName: 'filed', password: 'x' }],
    clock: 'running',
  });
  const printed = await ok('user', 'link', 'carol');
  const [url = '', said] = printed.split('\n');
  assert.ok(url.startsWith(`${latchkey.url}/link?token=lk_ol_`), url);
  assert.match(said ?? '', /^Good once, until \S+Z, for carol to sign in without a password$/);
  const open = async () => (await new PlainBrowser(latchkey).get(url.slice(latchkey.url.length))).status;
  assert.equal(await open(), 200);
  assert.equal(await ok('user', 'link', 'carol', '--revoke'), 'Took back the link of carol\n');
  assert.equal(await open(), 404);
  assert.equal(await ok('user', 'link', 'carol', '--revoke'), 'carol has no link\n');
  assert.match(
    await fails(1, 'user', 'link', 'filed', '--for', 'password'),
    /^The password of filed is in the configuration file, and only there can it be changed: `latchkey user passwd filed`\n$/,
  );
  await ok('user', 'block', 'carol');
  assert.match(
    await fails(1, 'user', 'link', 'carol'),
    /^carol is blocked: `latchkey user unblock carol` comes first\n$/,
  );
  assert.match(
    await fails(2, 'user', 'link', 'carol', '--expires', '30d'),
    /^--expires: expected a duration from 5m to 7d/,
  );
  assert.match(
    await fails(2, 'user', 'link', 'carol', '--for', 'fun'),
    /Allowed choices are sign-in, password, factor/,
  );
});
