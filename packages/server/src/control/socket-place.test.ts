import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { findSocket, MAX_SOCKET_PATH_BYTES, makeSocketPlace } from './socket-place.ts';

/** A data folder whose path is too long for a socket in it. */
function longFolder(root: string): string {
  const folder = join(root, 'x'.repeat(MAX_SOCKET_PATH_BYTES));
  mkdirSync(folder, { recursive: true });
  return folder;
}

test('the control socket is in a folder that only its owner can enter, whatever mode the folder had before', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'control'), { mode: 0o777 });
  chmodSync(join(folder.path, 'control'), 0o777);
  const place = makeSocketPlace(folder.path);
  assert.equal(place.socket, join(folder.path, 'control/socket'));
  assert.equal(statSync(join(folder.path, 'control')).mode & 0o777, 0o700);
  assert.deepEqual(findSocket(folder.path), { kind: 'found', socket: place.socket });
});

test('the control socket that a killed server left is removed when the next one makes its own', async () => {
  using folder = temporaryFolder();
  const { socket } = makeSocketPlace(folder.path);
  // A file stands for what is left: nobody listens to it.
  writeFileSync(socket, '');
  const place = makeSocketPlace(folder.path);
  const server = createServer().listen(place.socket);
  assert.ok(lstatSync(socket).isSocket());
  server.close();
});

test('a data folder with too long a path links to a private folder among the temporary files', () => {
  using root = temporaryFolder();
  using runtime = temporaryFolder();
  const folder = longFolder(root.path);
  const place = makeSocketPlace(folder, runtime.path);
  const target = readlinkSync(join(folder, 'control'));
  assert.equal(place.socket, join(target, 'socket'));
  assert.ok(target.startsWith(join(runtime.path, 'latchkey-control-')));
  assert.equal(statSync(target).mode & 0o777, 0o700);
  assert.deepEqual(findSocket(folder), { kind: 'found', socket: place.socket });
  place.remove();
  assert.deepEqual([readdirSync(runtime.path), readdirSync(folder)], [[], []]);
});

test('the link and the private folder that a killed server left are replaced', () => {
  using root = temporaryFolder();
  using runtime = temporaryFolder();
  const folder = longFolder(root.path);
  const left = makeSocketPlace(folder, runtime.path);
  writeFileSync(left.socket, '');
  const place = makeSocketPlace(folder, runtime.path);
  assert.deepEqual(readdirSync(runtime.path), [readlinkSync(join(folder, 'control')).split('/').at(-1)]);
  assert.notEqual(place.socket, left.socket);
});

test('a control folder that is a link to a folder of somebody else is not emptied', () => {
  using root = temporaryFolder();
  using other = temporaryFolder();
  writeFileSync(join(other.path, 'socket'), 'precious');
  symlinkSync(other.path, join(root.path, 'control'));
  makeSocketPlace(root.path);
  assert.ok(existsSync(join(other.path, 'socket')));
  assert.ok(lstatSync(join(root.path, 'control')).isDirectory());
});

test('a path that is too long in both places is an error that says what to do, and leaves nothing', () => {
  using root = temporaryFolder();
  const folder = longFolder(root.path);
  assert.throws(
    () => makeSocketPlace(folder, folder),
    /too long for a socket.*choose a data folder with a shorter path/,
  );
  assert.deepEqual(readdirSync(folder), []);
});

test('commands do not use a socket in a folder that others can enter', () => {
  using folder = temporaryFolder();
  makeSocketPlace(folder.path);
  chmodSync(join(folder.path, 'control'), 0o750);
  const found = findSocket(folder.path);
  assert.equal(found.kind, 'unusable');
  assert.match(found.kind === 'unusable' ? found.reason : '', /can be entered by others.*nothing was sent/);
});

test('a data folder that is not there has no control socket', () => {
  using folder = temporaryFolder();
  assert.deepEqual(findSocket(join(folder.path, 'none')), { kind: 'none' });
  assert.deepEqual(findSocket(folder.path), { kind: 'none' });
});
