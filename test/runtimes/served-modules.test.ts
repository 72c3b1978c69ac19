import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import { transform } from 'esbuild';
import type { Latchkey } from 'latchkey/testing';
import { skipWithoutBrowser } from '../interop/harness/browser.ts';
import { skipWithoutAwsModels, startInstanceWithAwsModels } from './harness/aws-models.ts';
import { DenoUser } from './harness/deno.ts';
import { argumentsFor, assertSignsIn, startInstance } from './harness/instance.ts';
import { assertSignsInFromSite, startSite } from './harness/site.ts';
import { Workspace } from './harness/workspace.ts';

suite('a program that imports modules by URL', () => {
  let latchkey: Latchkey;
  let denoUser: DenoUser;
  before(async () => {
    latchkey = await startInstance();
    denoUser = await DenoUser.of(latchkey);
  });
  after(async () => {
    await denoUser[Symbol.asyncDispose]();
    await latchkey.close();
  });

  test('signs a person in from Deno, type-checked, and may do nothing but call the instance', async () => {
    const flags = ['--check', '--no-prompt', `--allow-net=${denoUser.host}`];
    const lines = denoUser.lines('run', ...flags, 'terminal.ts', ...argumentsFor(latchkey));
    await assertSignsIn(latchkey, lines);
  });

  test("does so with modules made from AWS's own models", { skip: skipWithoutAwsModels }, async () => {
    await using aws = await startInstanceWithAwsModels();
    await using user = await DenoUser.of(aws);
    // By AWS's models any member of an answer may be absent, which this program does not expect.
    const flags = ['--no-check', '--no-prompt', `--allow-net=${user.host}`];
    await assertSignsIn(aws, user.lines('run', ...flags, 'terminal.ts', ...argumentsFor(aws)));
  });

  test('is told to add --allow-net, and with which host', async () => {
    const flags = ['--no-prompt', 'terminal.ts', ...argumentsFor(latchkey)];
    const { exitCode, stderr } = await denoUser.run('run', flags);
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      new RegExp(`ClientError: Cannot connect to '${denoUser.host}': .* --allow-net=${denoUser.host}\n`),
    );
  });

  test('is told to add --allow-env, and with which variables', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
    const { exitCode, stderr } = await denoUser.run('run', ['--no-prompt', 'who-am-i.ts'], env);
    assert.equal(exitCode, 1);
    assert.match(stderr, /ClientError: Cannot find credentials:\n/);
    assert.match(stderr, /add --allow-env=AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY\)\n/);
  });

  test('signs a person in from Chromium, with the scripts that the instance serves', {
    skip: skipWithoutBrowser,
  }, async () => {
    await using site = await startSite();
    await using home = await startInstance({ cors: { allowedOrigins: [site.origin] } });
    await using workspace = await Workspace.withModulesAt(home.url);
    for (const name of ['page', 'sign-in']) {
      const { code } = await transform(await readFile(workspace.file(`${name}.ts`)), { loader: 'ts' });
      site.scripts.set(`/${name}.js`, code.replaceAll(/\.ts(?=["?])/g, '.js'));
    }
    await assertSignsInFromSite(site, home);
  });
});
