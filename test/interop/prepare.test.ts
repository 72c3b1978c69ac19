import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { awsCli, interopDir } from './harness/clients.ts';
import { type Finished, run } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

/** Prepares clients as on a clean clone, whose folder for them is not there yet. */
async function prepare(env: Readonly<Record<string, string>>, ...clients: string[]): Promise<Finished> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-prepare-'));
  const { CI: _, ...inherited } = process.env;
  return run([process.execPath, path.join(interopDir, 'prepare.ts'), ...clients], {
    env: { ...inherited, INTEROP_CACHE: path.join(folder.path, 'made/for/it'), ...env },
  });
}

const skip = await skipUnlessPrepared(awsCli);

suite('preparing clients', () => {
  test('one client alone is made on a clean clone', { skip }, async () => {
    const { exitCode, stdout, stderr } = await prepare({}, 'aws-cli');
    assert.equal(exitCode, 0, stdout + stderr);
    assert.match(stdout, /^AWS CLI: prepared in /m);
  });

  test('a client that was named, and that the machine lacks the tools for, is a failure with the reason', async () => {
    const { exitCode, stdout } = await prepare({ PATH: path.dirname(process.execPath) }, 'aws-cli');
    assert.equal(exitCode, 1);
    assert.match(stdout, /^AWS CLI: skipped: (npm, )?unzip not found on the PATH$/m);
  });

  test('a client that there is not is refused, with those that there are', async () => {
    const { exitCode, stderr } = await prepare({}, 'aws-cil');
    assert.equal(exitCode, 2);
    assert.match(stderr, /no client "aws-cil", expected some of .*aws-cli, /);
  });
});
