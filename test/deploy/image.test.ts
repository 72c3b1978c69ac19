import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../bench/machine/workspace.ts';
import { lineReader } from '../../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { runToEnd, skipWithout } from './harness.ts';

const skip =
  skipWithout('buildah', 'unshare', 'dist/server/package.json') ||
  (process.getuid?.() !== 0 && 'an image is built and run here by root alone');

/** buildah with storage of its own, which goes with the folder. */
function buildahIn(folder: string): (...args: readonly string[]) => string {
  const storage = ['--root', path.join(folder, 'storage'), '--runroot', path.join(folder, 'run')];
  const env = { BUILDAH_ISOLATION: 'chroot', BUILDAH_FORMAT: 'docker', STORAGE_DRIVER: 'vfs' };
  return (...args) => runToEnd('buildah', [...storage, ...args], env).trim();
}

/** In place of an image from a registry: this Node and the libraries that it is linked with, and nothing else. */
function makeNodeImage(folder: string, buildah: (...args: readonly string[]) => string): string {
  const files = path.join(folder, 'node');
  mkdirSync(path.join(files, 'nodejs/bin'), { recursive: true });
  mkdirSync(path.join(files, 'tmp'));
  cpSync(process.execPath, path.join(files, 'nodejs/bin/node'));
  for (const [library] of runToEnd('ldd', [process.execPath]).matchAll(/\/\S+/g)) {
    mkdirSync(path.join(files, path.dirname(library)), { recursive: true });
    cpSync(realpathSync(library), path.join(files, library));
  }
  const container = buildah('from', 'scratch').split('\n').at(-1)!;
  buildah('copy', '--quiet', container, files, '/');
  const name = 'localhost/node';
  buildah('commit', '--quiet', container, name);
  return name;
}

test('the image is built by the Dockerfile, and serves as its own user on a root file system that is read-only', {
  skip,
}, async () => {
  using folder = temporaryFolder();
  const buildah = buildahIn(folder.path);
  const base = makeNodeImage(folder.path, buildah);
  const ignore = ['--ignorefile', 'deploy/Dockerfile.dockerignore'];
  const build = [
    '--pull-never',
    '--build-arg',
    `NODE_IMAGE=${base}`,
    ...ignore,
    '--file',
    'deploy/Dockerfile',
  ];
  buildah('build', ...build, '--tag', 'localhost/latchkey', '.');
  const container = buildah('from', '--pull-never', 'localhost/latchkey').split('\n').at(-1)!;
  const config = JSON.parse(buildah('inspect', container)).Docker.config;
  assert.equal(config.User, '65532:65532');
  const image = buildah('mount', container);
  try {
    const port = await freePort();
    const settings = [
      `LATCHKEY_LISTEN_PORT=${port}`,
      `LATCHKEY_BASE_URL=http://localhost:${port}`,
      'LATCHKEY_TRUSTED_PROXIES=10.0.0.1',
    ];
    const env = [...config.Env, ...settings];
    const inside = ['chroot', `--userspec=${config.User}`, image, ...config.Entrypoint, ...config.Cmd];
    const server = runReadOnly(image, config.User, [...env, ...inside]);
    server.stderr?.pipe(process.stderr);
    await lineReader(server.stdout!)(/^Latchkey is ready/);
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/readyz`)).text(), 'ok\n');
    const closed = once(server, 'close');
    // Its user is another one, so the signal that ends `unshare` does not reach it.
    const served = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
    process.kill(Number(served.trim()), 'SIGKILL');
    await closed;
  } finally {
    buildah('umount', container);
    buildah('rm', '--all');
  }
});

/** Runs a program as a container does: with that root, read-only but for the data folder, and as that user. */
function runReadOnly(image: string, user: string, command: readonly string[]): ChildProcess {
  const script = `set -e
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
mount -t tmpfs -o uid=\${2%:*},gid=\${2#*:},mode=0700 tmpfs "$1/var/lib/latchkey"
mount -t tmpfs tmpfs "$1/tmp"
mount -t proc proc "$1/proc"
mount -t tmpfs tmpfs "$1/dev"
touch "$1/dev/urandom" && mount --bind /dev/urandom "$1/dev/urandom"
shift 2
exec env -i "$@"`;
  return spawn('unshare', [
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    'sh',
    '-c',
    script,
    'sh',
    image,
    user,
    ...command,
  ]);
}
