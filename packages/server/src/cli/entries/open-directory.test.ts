import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { lineReader, makeFolder, runLatchkey, spawnLatchkey } from '../testing/child-process.ts';

const folder = makeFolder();
const socket = path.join(folder, '.latchkey/control/socket');

/** Starts a server of the folder. @returns what reads its log, and what ends it */
async function serve(t: TestContext) {
  const child = spawnLatchkey(folder, ['serve', '--port', '0'], { LATCHKEY_LOG_FORMAT: 'json' });
  t.after(() => child.kill('SIGKILL'));
  const readLog = lineReader(child.stderr);
  await lineReader(child.stdout)(/Latchkey is ready/);
  return {
    readLog,
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function addGroup(name: string) {
  return runLatchkey(folder, ['group', 'add', name, '--json']);
}

test('commands go to a running server, open the folder after it was killed, and reach the next one', async (t) => {
  const first = await serve(t);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  assert.equal(statSync(path.dirname(socket)).mode & 0o777, 0o700);
  const added = await addGroup('one');
  assert.deepEqual([added.code, added.stderr], [0, '']);
  const [line] = await first.readLog(/"audit":"directoryChanged"/);
  assert.ok(line);
  await first.end('SIGKILL');
  assert.ok(existsSync(socket), 'a killed server leaves its socket');
  assert.equal((await addGroup('two')).code, 0);
  const second = await serve(t);
  const [kept] = await second.readLog(/^.*"groupName":"two".*$/);
  const { audit, step, actor, atMs } = JSON.parse(kept);
  assert.deepEqual([audit, step, typeof atMs], ['directoryChanged', 'addGroup', 'number']);
  assert.match(actor, /^command:./);
  const { stdout } = await runLatchkey(folder, ['group', 'list', '--json']);
  const names = JSON.parse(stdout).map(({ name }: { name: string }) => name);
  assert.deepEqual(names.slice(-2), ['one', 'two']);
  chmodSync(path.dirname(socket), 0o755);
  const refused = await addGroup('three');
  assert.equal(refused.code, 1);
  assert.match(
    refused.stderr,
    /^The control socket of the server cannot be used: .* can be entered by others/,
  );
  await second.end('SIGTERM');
});

test('a server starts with people whom commands have added, without a configuration file, and makes no example', async (t) => {
  const empty = makeFolder();
  const added = await runLatchkey(empty, ['user', 'add', 'carol'], { input: 'correct horse battery' });
  assert.equal(added.stdout, 'Added carol to the store\n');
  const child = spawnLatchkey(empty, ['serve', '--port', '0']);
  t.after(() => child.kill('SIGKILL'));
  await lineReader(child.stdout)(
    /^Latchkey is ready: .* \(no configuration file; the people are those in \.latchkey\)$/,
  );
  assert.ok(!existsSync(path.join(empty, '.latchkey/latchkey.yaml')));
  const { stdout } = await runLatchkey(empty, ['user', 'list']);
  assert.match(stdout, /\ncarol {2}carol .* enabled +command\n$/);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
