import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { lineReader } from '../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { openSocket } from '../packages/server/src/http/testing/socket.ts';
import { writeConfig } from './serving.ts';

const main = join(import.meta.dirname, '../packages/server/src/cli/main.js');

test('where the process may open few files, one address that takes all connections keeps nobody out', async (t) => {
  using folder = temporaryFolder();
  writeConfig(folder.path, { userName: 'alice' });
  const limited = ['-c', 'ulimit -n 320 && exec "$0" "$@"', process.execPath, main];
  const child = spawn('sh', [...limited, 'serve', '--port', '0', '--config', 'latchkey.yaml'], {
    cwd: folder.path,
  });
  t.after(() => child.kill('SIGKILL'));
  const log = text(child.stderr);
  const [, url = ''] = await lineReader(child.stdout)(/^Latchkey is ready: (http:\/\/localhost:\d+)/);
  const crowd = Array.from({ length: 400 }, () => openSocket({ url }, '127.0.0.2'));
  await Promise.all(
    crowd.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve).write('GET', resolve))),
  );
  for (let last = 3; last < 13; last += 1) {
    const newcomer = openSocket({ url }, `127.0.0.${last}`);
    newcomer.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    assert.match(await newcomer.hear(/ok\n$/), / 200 /);
  }
  for (const { socket } of crowd) socket.destroy();
  child.kill('SIGTERM');
  assert.match(await log, /"dropped":"connection","count":1,"address":"127\.0\.0\.2"/);
});
