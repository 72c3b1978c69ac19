import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { type Finished, run } from '../interop/harness/program.ts';
import { ageCachedToken } from '../interop/harness/sso-cache.ts';
import { signIn } from '../signed-in.ts';
import { startInstance } from './harness/instance.ts';
import { deno } from './harness/runtimes.ts';

const HOST = 'localhost:8484';
const documents = ['README.md', 'docs/typed-clients.md'];

interface DocumentedProgram {
  readonly source: string;
  /** The lines that follow it, to be typed into a terminal. */
  readonly commands: readonly string[];
}

/** The programs of a document that take their modules from an instance. */
async function programsOf(document: string): Promise<readonly DocumentedProgram[]> {
  const text = await readFile(path.join(import.meta.dirname, '../..', document), 'utf8');
  return Array.from(
    text.matchAll(/^```ts\n([^`]*)```\n(?:\n((?: {4}.*\n)+))?/gm),
    ([, source = '', commands = '']) => ({ source, commands: commands.match(/\S.*/g) ?? [] }),
  ).filter(({ source }) => source.includes(HOST));
}

suite('what the documents tell of Deno works as it is printed', () => {
  let latchkey: Latchkey;
  let home: string;
  before(async () => {
    latchkey = await startInstance();
    home = latchkey.env['HOME'] ?? '';
    await signIn(latchkey);
  });
  after(() => latchkey.close());

  /** In a terminal of somebody who has signed in, and has set nothing else. */
  function type(command: string): Promise<Finished> {
    const env = { HOME: home, PATH: path.dirname(deno), NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
    return run(['/bin/sh', '-c', command.replaceAll(HOST, new URL(latchkey.url).host)], { cwd: home, env });
  }

  async function save({ source }: DocumentedProgram): Promise<void> {
    await writeFile(path.join(home, 'whoami.ts'), source.replaceAll(`http://${HOST}`, latchkey.url));
  }

  for (const document of documents) {
    test(`in ${document}: every program is well-typed`, async () => {
      for (const program of await programsOf(document)) {
        await save(program);
        const { exitCode, stderr } = await type(`deno check --allow-import=${HOST} whoami.ts`);
        assert.equal(exitCode, 0, `${program.source}\n${stderr}`);
      }
    });

    test(`in ${document}: the command line runs the program, also when the token has to be refreshed`, async () => {
      const [program] = (await programsOf(document)).filter(({ commands }) => commands.length > 0);
      assert.ok(program !== undefined);
      await save(program);
      for (const secondsLeft of [3600, 60]) {
        await ageCachedToken(home, secondsLeft);
        for (const command of program.commands) {
          const { exitCode, stdout, stderr } = await type(command);
          assert.equal(exitCode, 0, stderr);
          if (command.includes('deno run')) assert.match(stdout, /^arn:aws:sts::.*\/alice\n$/);
        }
      }
    });
  }
});
