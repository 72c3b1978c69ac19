import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { run } from '../interop/harness/program.ts';
import { deno } from './harness/runtimes.ts';

const chain = import.meta.resolve('@latchkey/client/credentials/default-chain');

const config = `
[profile process]
credential_process = echo {}
[profile role]
role_arn = arn:aws:iam::000000000042:role/Builder
source_profile = role
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = secret
region = eu-central-1
`;

/** What Deno says of a profile with so many permissions. */
async function ask(profile: string, flags: (home: string) => readonly string[]): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const home = await realpath(await mkdtemp(join(tmpdir(), 'latchkey-deno-')));
  stack.defer(() => rm(home, { recursive: true }));
  await mkdir(join(home, '.aws'));
  await writeFile(join(home, '.aws/config'), config);
  const program = join(home, 'program.ts');
  const text = `import { defaultCredentialProvider } from '${chain}';
    await defaultCredentialProvider({ profile: '${profile}' })().catch(({ code, message }) => console.log(code, message));`;
  await writeFile(program, text);
  const env = { ...process.env, HOME: home, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  const command = [deno, 'run', '--no-prompt', '--node-modules-dir=manual', ...flags(home), program] as const;
  const { stdout, stderr } = await run(command, {
    env,
    cwd: join(import.meta.dirname, '../..'),
    timeout: 60_000,
  });
  return (stdout || stderr).replaceAll(home, '~').trim();
}

suite('a permission that Deno was not given', () => {
  test('to know the home folder', async () => {
    const message = await ask('role', () => []);
    assert.match(
      message,
      /^permissionDenied Cannot find the home folder: .* add --allow-env=HOME or --allow-sys=homedir$/,
    );
  });

  test('to read a configuration file', async () => {
    const message = await ask('role', () => ['--allow-env']);
    assert.match(
      message,
      /^permissionDenied Cannot read "~\/\.aws\/config": .* add --allow-read=~\/\.aws\/config$/,
    );
  });

  test('to run a credential_process', async () => {
    const message = await ask('process', (home) => ['--allow-env', `--allow-read=${home}`]);
    assert.match(
      message,
      /^permissionDenied Cannot run the credential_process of profile "process": .* add --allow-run --allow-env$/,
    );
  });

  test('to reach STS', async () => {
    const message = await ask('role', (home) => ['--allow-env', `--allow-read=${home}`]);
    assert.match(
      message,
      /^permissionDenied Cannot connect to 'sts\.eu-central-1\.amazonaws\.com': .* add --allow-net=sts\.eu-central-1\.amazonaws\.com$/,
    );
  });
});
