import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { conversation, startHttp2Service } from '../../packages/client/src/testing/http2-service.ts';
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

for (const [name, command] of [
  ['Deno', [deno, 'run', '--no-prompt', '--allow-net', '--allow-env']],
  ['Bun', [bun]],
] as const) {
  test(`events go both ways at once over HTTP/2 on ${name}, which then ends by itself`, async (t) => {
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
    const [runtime, ...args] = command;
    const lines = linesOfProgram([runtime, ...args, program, service.url], { cwd: folder.path });
    assert.deepEqual(await Array.fromAsync(lines), ['21', '22', '23']);
  });
}
