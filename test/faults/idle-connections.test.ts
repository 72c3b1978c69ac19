import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { poll, portal, post, register } from '../../packages/server/src/http/testing/api.ts';
import { serve, writeConfig } from '../serving.ts';

const CONNECTIONS = 10_000;
const ADDRESSES = 200;
/** Files that this process and the server may each open. */
const openFiles = Number(spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout);

test('while 10,000 connections, from 200 addresses, are half open or idle, people sign in', {
  skip: openFiles < CONNECTIONS + 1_000 && `only ${openFiles} files may be open: ulimit -n`,
}, async (t) => {
  using folder = temporaryFolder();
  writeConfig(folder.path, { userName: 'alice' });
  const server = await serve(t, folder.path, { args: ['--testing'] });
  const port = Number(new URL(server.url).port);
  const sockets: Socket[] = [];
  for (let number = 0; number < CONNECTIONS; number += 1) {
    const localAddress = `127.0.1.${(number % ADDRESSES) + 1}`;
    const socket = connect({ host: '127.0.0.1', port, localAddress, allowHalfOpen: true });
    socket.on('error', () => undefined).resume();
    sockets.push(socket);
    // A few hundred at a time wait to be accepted.
    if (number % 200 === 199) await once(socket, 'connect');
  }
  for (const [index, socket] of sockets.entries()) {
    // A third says nothing, a third begins a request, a third closes its own side alone.
    if (index % 3 === 1) socket.write('GET /healthz HTTP/1.1\r\n');
    if (index % 3 === 2) socket.end();
  }
  const client = await register(server);
  const request = { ...client, startUrl: server.startUrl };
  const { userCode, deviceCode } = (await post(server, '/device_authorization', request)).members;
  assert.equal((await post(server, '/testing/approve', { userCode, userName: 'alice' })).status, 200);
  const { members } = await poll(server, client, String(deviceCode));
  const accounts = await portal(server, '/assignment/accounts', String(members['accessToken']));
  assert.equal(accounts.status, 200);
  for (const socket of sockets) socket.destroy();
  await server.stop('SIGTERM');
});
