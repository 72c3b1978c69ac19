import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';

/** A registry that notes what it is asked. `/started` is answered once `until` has happened. */
async function openRegistry(until: (asked: Promise<void>) => Promise<void>) {
  const asked = Promise.withResolvers<void>();
  const paths: string[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, async ({ url = '' }, response) => {
    paths.push(url);
    if (url === '/npm') asked.resolve();
    else await until(asked.promise);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, paths, [Symbol.dispose]: () => void server.close() };
}

/** Runs `npm start` in a folder, for a person who has not turned notices off: its program asks the registry for `/started`. */
async function start(folder: string, registry: string): Promise<void> {
  const program = `fetch('${registry}started').then((answer) => answer.text()).then(console.log)`;
  writeFileSync(join(folder, 'program.mjs'), program);
  writeFileSync(join(folder, 'package.json'), '{ "scripts": { "start": "node program.mjs" } }');
  writeFileSync(join(folder, 'person.npmrc'), 'update-notifier=true\n');
  // Neither what tells npm of a machine that runs tests, where it is quiet, nor the settings of the npm that runs this test.
  const inherited = Object.entries(process.env).filter(([name]) =>
    /^(?:PATH|SystemRoot|APPDATA)$/i.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    HOME: folder,
    npm_config_userconfig: join(folder, 'person.npmrc'),
    npm_config_cache: join(folder, 'cache'),
    npm_config_registry: registry,
  };
  const npm = spawn('npm', ['start'], { cwd: folder, env, shell: process.platform === 'win32' });
  assert.match(await text(npm.stdout), /^\{\}$/m);
}

test('npm start does not look for a newer npm, whose notice would stand under our messages', async () => {
  using usualRegistry = await openRegistry((asked) => asked);
  using usual = temporaryFolder();
  await start(usual.path, usualRegistry.url);
  assert.deepEqual(usualRegistry.paths.toSorted(), ['/npm', '/started']);
  using ourRegistry = await openRegistry(async () => {});
  using ours = temporaryFolder();
  copyFileSync(new URL('../.npmrc', import.meta.url), join(ours.path, '.npmrc'));
  await start(ours.path, ourRegistry.url);
  assert.deepEqual(ourRegistry.paths, ['/started']);
});
