/** Programs of the guide that need a service of Latchkey, or none. Those for other services run in test/servers. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Latchkey, startLatchkey } from 'latchkey/testing';
import { run } from '../interop/harness/program.ts';
import { programsOf } from './documented-programs.ts';

const root = path.join(import.meta.dirname, '../..');
/** Modules of services that Latchkey has the models of. */
const ownServices = ['ssooidc', 'sts'];
const programs = (await programsOf('docs/typed-clients.md')).filter(({ services }) =>
  services.every((service) => ownServices.includes(service)),
);

suite('programs of docs/typed-clients.md', () => {
  let latchkey: Latchkey;
  let folder: string;
  before(async () => {
    latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
    // In the repository, so that packages are found.
    folder = await mkdtemp(path.join(import.meta.dirname, '.programs-'));
    const main = path.join(root, 'packages/server/src/cli/main.js');
    const { exitCode, stderr } = await run(
      [process.execPath, main, 'generate', ...ownServices, '--out', `${folder}/`],
      { cwd: folder },
    );
    assert.equal(exitCode, 0, stderr);
  });
  after(async () => {
    await latchkey.close();
    await rm(folder, { recursive: true });
  });

  for (const { name, source } of programs) {
    test(`${name} runs as it is printed`, async () => {
      const file = path.join(folder, 'program.ts');
      await writeFile(file, source);
      const env = {
        ...{ PATH: process.env['PATH'], HOME: folder, AWS_REGION: latchkey.region },
        AWS_ENDPOINT_URL: latchkey.url,
      };
      const { exitCode, stdout, stderr } = await run([process.execPath, file], { cwd: folder, env });
      assert.equal(exitCode, 0, stdout + stderr);
    });
  }

  test('there are some', () => assert.ok(programs.length > 0));
});
