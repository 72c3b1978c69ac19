import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { skipWithoutBrowser } from '../interop/harness/browser.ts';
import { argumentsFor, assertSignsIn, startInstance } from './harness/instance.ts';
import { linesOfProgram, linesOfResponse } from './harness/lines.ts';
import { bun } from './harness/runtimes.ts';
import { assertSignsInFromSite, startSite } from './harness/site.ts';
import { startWorker } from './harness/worker.ts';
import { Workspace } from './harness/workspace.ts';

suite('a program with generated modules signs a person in', () => {
  let latchkey: Latchkey;
  let workspace: Workspace;
  before(async () => {
    [latchkey, workspace] = await Promise.all([startInstance(), Workspace.withGeneratedModules()]);
  });
  after(async () => {
    await latchkey.close();
    await workspace[Symbol.asyncDispose]();
  });

  function runs(...command: readonly [string, ...string[]]): Promise<void> {
    const [program, ...args] = command;
    const lines = linesOfProgram([program, ...args, ...argumentsFor(latchkey)], { cwd: workspace.path });
    return assertSignsIn(latchkey, lines);
  }

  test('on Node', () => runs(process.execPath, 'terminal.ts'));

  test('on Node, as a bundle', async () => {
    await runs(process.execPath, await workspace.bundle('terminal.ts', { platform: 'node' }));
  });

  test('on Bun', () => runs(bun, 'terminal.ts'));

  test('on workerd', async () => {
    await using worker = await startWorker(await workspace.bundle('worker.ts', { platform: 'browser' }));
    const { url: endpoint, region, startUrl } = latchkey;
    const body = JSON.stringify({ endpoint, region, startUrl });
    await assertSignsIn(latchkey, linesOfResponse(await fetch(worker.url, { method: 'POST', body })));
  });

  test('in Chromium', { skip: skipWithoutBrowser }, async () => {
    await using site = await startSite();
    const bundle = await workspace.bundle('page.ts', { platform: 'browser' });
    site.scripts.set('/page.js', await readFile(bundle, 'utf8'));
    await using permissive = await startInstance({ cors: { allowedOrigins: [site.origin] } });
    await assertSignsInFromSite(site, permissive);
  });
});
