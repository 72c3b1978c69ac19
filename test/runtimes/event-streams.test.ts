import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { build } from 'esbuild';
import { conversation, startHttp2Service } from '../../packages/client/src/testing/http2-service.ts';
import type { Command } from '../interop/harness/clients.ts';
import { linesOfProgram } from './harness/lines.ts';
import { bun, deno } from './harness/runtimes.ts';

type Events = Parameters<Parameters<typeof conversation>[1]>[0];

/** Answers each reading by one that is a degree warmer. */
async function* warmer(events: Events): Events {
  for await (const { reading } of events) {
    const { room, degrees } = reading as { room: string; degrees: number };
    yield { reading: { room, degrees: degrees + 1 } };
  }
}

/** Runs the conversation as one file of JavaScript, and gives what it prints. */
async function converse(t: TestContext, [runtime, ...args]: Command): Promise<string[]> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-events-'));
  const service = await startHttp2Service(t, (stream, received) =>
    conversation(Date.now(), warmer)(stream, received),
  );
  const program = path.join(folder.path, 'conversation.js');
  await build({
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'es2023', logLevel: 'silent' },
    entryPoints: [path.join(import.meta.dirname, 'conversation.ts')],
    outfile: program,
  });
  const options = { cwd: folder.path, env: { ...process.env, NO_COLOR: '1' } };
  return await Array.fromAsync(linesOfProgram([runtime, ...args, program, service.url], options));
}

const denoRun = [deno, 'run', '--no-prompt', '--allow-env'] as const;

for (const [name, command] of [
  ['Deno', [...denoRun, '--allow-net']],
  ['Bun', [bun]],
] as const) {
  test(`events go both ways at once over HTTP/2 on ${name}, which then ends by itself`, async (t) => {
    assert.deepEqual(await converse(t, command), ['21', '22', '23']);
  });
}

test('Deno says which permission a connection wants', async (t) => {
  await assert.rejects(converse(t, denoRun), {
    message: /Cannot connect to '127\.0\.0\.1:\d+': Deno may not do that: add --allow-net=127\.0\.0\.1:\d+/,
  });
});
