import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { bundleClient } from '../../scripts/bundle-client.ts';
import { run } from '../interop/harness/program.ts';
import { bun, deno } from './harness/runtimes.ts';

const root = path.join(import.meta.dirname, '../..');
const tools = path.join(import.meta.dirname, 'tools');
const latchkey = path.join(root, 'packages/server/src/cli/main.js');

/** Tests as somebody writes them, but for what a runner calls its functions. */
const tests = `
import { ClientError, ServiceError } from '@latchkey/client';
import { metadataOf } from '@latchkey/client/metadata';
import { FakeApiFactory, failure } from '@latchkey/client/testing';
import { InvalidClientMetadataException, SSOOIDC } from './ssooidc.js';

const input = { clientName: 'it', clientType: 'public' };

test('an operation is answered by its method, and tells what it was asked', async () => {
  const fake = new FakeApiFactory().answer(SSOOIDC, { registerClient: { clientId: 'c-1' } });
  const output = await new SSOOIDC(fake).registerClient(input);
  expect(output).toEqual({ clientId: 'c-1' });
  expect(metadataOf(output)?.status).toBe(200);
  expect(fake.inputs(SSOOIDC, 'registerClient')).toEqual([input]);
  expect(new TextDecoder().decode(fake.attempts[0].request.body)).toBe(JSON.stringify(input));
});

test('the third attempt fails with an error of its class', async () => {
  const passing = failure('ThrottlingException');
  const failing = failure(InvalidClientMetadataException, { message: 'no' });
  const fake = new FakeApiFactory().answer(SSOOIDC, { registerClient: [passing, passing, failing] });
  const call = new SSOOIDC(fake).registerClient(input);
  await expect(call).rejects.toThrow(InvalidClientMetadataException);
  await expect(call).rejects.toBeInstanceOf(ServiceError);
  expect(fake.attempts.length).toBe(3);
});

test('an error that the test answers with is thrown as it is', async () => {
  const unplugged = new ClientError('connectionFailed', 'unplugged');
  const answers = { registerClient: [unplugged, new TypeError('mine')] };
  const fake = new FakeApiFactory({ maxAttempts: 1 }).answer(SSOOIDC, answers);
  await expect(new SSOOIDC(fake).registerClient(input)).rejects.toThrow(ClientError);
  await expect(new SSOOIDC(fake).registerClient(input)).rejects.toThrow('mine');
});

test('input that does not fit, and an answer that is missing, are told', async () => {
  const oidc = new SSOOIDC(new FakeApiFactory());
  await expect(oidc.registerClient({ ...input, scopes: 1 })).rejects.toMatchObject({ code: 'badInput' });
  await expect(oidc.registerClient(input)).rejects.toThrow('The test has no answer to RegisterClient');
});

test('retries and time limits wait for no timer, so timers may be fake', async () => {
  timers.useFakeTimers();
  try {
    const answers = { registerClient: [failure('ThrottlingException'), { clientId: 'c-2' }] };
    const fake = new FakeApiFactory({ timeoutMs: 60_000 }).answer(SSOOIDC, answers);
    expect((await new SSOOIDC(fake).registerClient(input)).clientId).toBe('c-2');
  } finally {
    timers.useRealTimers();
  }
});
`;

/** What `expect` of these tests is without a package that has it. */
const ownExpect = `
import assert from 'node:assert/strict';
const { test } = Deno;
const timers = { useFakeTimers() {}, useRealTimers() {} };
const expect = (value) => ({
  toBe: (wanted) => assert.equal(value, wanted),
  toEqual: (wanted) => assert.deepEqual(value, wanted),
  rejects: {
    toBeInstanceOf: (type) => assert.rejects(value, type),
    toMatchObject: (wanted) => assert.rejects(value, wanted),
    toThrow: (wanted) => assert.rejects(value, typeof wanted === 'string' ? new RegExp(wanted) : wanted),
  },
});
`;

interface Runner {
  readonly name: string;
  readonly imports: string;
  readonly command: (folder: string) => readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
}

const runners: readonly Runner[] = [
  {
    name: 'Vitest',
    imports: "import { expect, test, vi as timers } from 'vitest';",
    command: (folder) => [
      ...([process.execPath, path.join(tools, 'node_modules/vitest/vitest.mjs')] as const),
      ...['run', '--root', folder],
    ],
  },
  {
    name: 'Jest with ES modules',
    imports: "import { expect, jest as timers, test } from '@jest/globals';",
    command: (folder) => [
      ...([process.execPath, path.join(tools, 'node_modules/jest/bin/jest.js')] as const),
      ...['--rootDir', folder, '--testEnvironment', 'node'],
    ],
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
  },
  {
    name: 'bun test',
    imports: "import { expect, jest as timers, test } from 'bun:test';",
    command: () => [bun, 'test'],
  },
  {
    name: 'deno test, without any permission',
    imports: ownExpect,
    command: () => [deno, 'test', '--no-prompt', '--node-modules-dir=manual', '--no-check'],
  },
];

suite('the factory of fake answers works under', () => {
  let folder: string;
  before(async () => {
    // Beside the runners, which the tests import; the client as it is published, as Jest reads no TypeScript.
    folder = await mkdtemp(path.join(tools, '.programs-'));
    const client = path.join(folder, 'node_modules/@latchkey/client');
    const exports = await bundleClient(root, client);
    const manifest = { name: '@latchkey/client', version: '0.0.0', type: 'module', exports };
    await writeFile(path.join(client, 'package.json'), JSON.stringify(manifest));
    const out = path.join(folder, 'ssooidc.js');
    const generated = await run([process.execPath, latchkey, 'generate', 'ssooidc', '--out', out]);
    assert.equal(generated.exitCode, 0, generated.stderr);
  });
  after(() => rm(folder, { recursive: true }));

  for (const { command, env, imports, name } of runners) {
    test(name, async () => {
      // Each runner finds tests by their names, so each gets a folder of its own.
      const own = path.join(folder, name.replaceAll(/\W/g, '-'));
      await mkdir(own);
      await writeFile(path.join(own, 'package.json'), '{ "type": "module" }');
      await writeFile(path.join(own, 'fake.test.js'), imports + tests.replace('./ssooidc', '../ssooidc'));
      const variables: NodeJS.ProcessEnv = {
        ...process.env,
        NO_COLOR: '1',
        CI: '1',
        NODE_OPTIONS: '',
        ...env,
      };
      delete variables['NODE_TEST_CONTEXT'];
      const { exitCode, stderr, stdout } = await run(command(own), { cwd: own, env: variables });
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stdout + stderr, /\b5 pass/);
    });
  }
});
