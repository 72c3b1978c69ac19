import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
// wall-clock: a program that is not ours says nothing when it begins to listen
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../../bench/machine/workspace.ts';
import {
  lineReader,
  runLatchkey,
  spawnLatchkey,
} from '../../../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../../../packages/server/src/fixtures/temporary-folder.ts';
import { makeCertificate } from '../../interop/harness/certificate.ts';
import { type ReverseProxy, startProxy } from './proxies.ts';
import { type Stand, settingsOfGuide } from './sample.ts';
import { Visitor } from './visitor.ts';

export const PASSWORD = 'correct horse battery';

/** An address on loopback that is not in the guide's `trustedProxies`. */
export const CLIENT_ADDRESS = '127.0.0.2';

/** Latchkey behind a proxy, each in a process of its own, until the test is over. */
export interface Deployment {
  visitor(address?: string): Visitor;
  /** Waits for the next line of Latchkey's log that matches. */
  logged(pattern: RegExp): Promise<RegExpExecArray>;
}

/** @param change - changes a sample, to try what happens without a part of it */
export async function deploy(
  t: TestContext,
  proxy: ReverseProxy,
  change: { readonly settings?: (text: string) => string; readonly sample?: (text: string) => string } = {},
): Promise<Deployment> {
  const temporary = temporaryFolder();
  t.after(() => temporary[Symbol.dispose]());
  const folder = path.join(temporary.path, 'proxy');
  mkdirSync(folder);
  const { certFile, keyFile } = await makeCertificate(folder, 'sso.example.com');
  const ca = readFileSync(certFile, 'utf8');
  const bundleFile = path.join(folder, 'bundle.pem');
  writeFileSync(bundleFile, ca + readFileSync(keyFile, 'utf8'));
  const [httpsPort, latchkeyPort] = [await freePort(), await freePort()];
  const stand: Stand = { httpsPort, latchkeyPort, certFile, keyFile, bundleFile, folder };

  const settings = (change.settings ?? String)(settingsOfGuide(httpsPort));
  const { stdout: passwordHash } = await runLatchkey(temporary.path, ['user', 'hash'], {
    input: `${PASSWORD}\n`,
  });
  const directory = {
    users: [{ userName: 'alice', passwordHash: passwordHash.trim() }],
    accounts: [{ id: '111122223333', name: 'Sandbox' }],
    permissionSets: [{ name: 'Developer' }],
    assignments: [{ users: ['alice'], accounts: ['111122223333'], permissionSets: ['Developer'] }],
  };
  const rows = Object.entries(directory).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  writeFileSync(
    path.join(temporary.path, 'latchkey.yaml'),
    `${settings}shutdown: { drain: 0s }\n${rows.join('')}`,
  );
  const server = spawnLatchkey(temporary.path, ['serve', '--port', String(latchkeyPort)]);
  t.after(() => server.kill('SIGKILL'));
  const logged = lineReader(server.stderr);
  await lineReader(server.stdout)(/^Latchkey is ready/);

  const running = startProxy(proxy, stand, change.sample);
  t.after(() => running.end());
  const visitor = (address = CLIENT_ADDRESS) => new Visitor({ port: httpsPort, ca, address });
  await untilListening(visitor(), running.finished);
  return { visitor, logged };
}

/** @param ended - settles when the proxy has ended, which it should not */
async function untilListening(visitor: Visitor, ended: Promise<{ readonly stderr: string }>): Promise<void> {
  let output: string | undefined;
  ended.then(
    ({ stderr }) => {
      output = stderr;
    },
    (error) => {
      output = String(error);
    },
  );
  while (output === undefined) {
    const isListening = await visitor.get('/healthz').then(
      () => true,
      () => false,
    );
    if (isListening) return;
    // wall-clock: asks again until it listens, however long that takes
    await setTimeout(20);
  }
  assert.fail(`The proxy has ended: ${output}`);
}
