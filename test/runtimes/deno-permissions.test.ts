import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { run } from '../interop/harness/program.ts';
import { deno } from './harness/runtimes.ts';

const chain = import.meta.resolve('@latchkey/client/credentials/default-chain');

const startUrl = 'https://example.awsapps.com/start';

const config = `
[profile process]
credential_process = echo {}
[profile role]
role_arn = arn:aws:iam::000000000042:role/Builder
source_profile = role
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = secret
region = eu-central-1
[profile sign-in]
sso_start_url = ${startUrl}
sso_region = eu-central-1
sso_account_id = 000000000042
sso_role_name = ReadOnly
`;

const expiredSignIn = {
  accessToken: 'access',
  expiresAt: '2026-01-01T00:00:00Z',
  clientId: 'client',
  clientSecret: 'secret',
  registrationExpiresAt: '2999-01-01T00:00:00Z',
  refreshToken: 'refresh',
};

/** What Deno says of a profile with so many permissions. */
async function ask(profile: string, flags: (home: string) => readonly string[]): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const home = await realpath(await mkdtemp(join(tmpdir(), 'latchkey-deno-')));
  stack.defer(() => rm(home, { recursive: true }));
  await mkdir(join(home, '.aws'));
  await writeFile(join(home, '.aws/config'), config);
  const cacheFile = `.aws/sso/cache/${createHash('sha1').update(startUrl).digest('hex')}.json`;
  await mkdir(join(home, '.aws/sso/cache'), { recursive: true });
  await writeFile(join(home, cacheFile), JSON.stringify(expiredSignIn));
  const program = join(home, 'program.ts');
  const text = `import { defaultCredentialProvider } from '${chain}';
    await defaultCredentialProvider({ profile: '${profile}' })().catch(({ code, message }) => console.log(code, message));`;
  await writeFile(program, text);
  const env = { ...process.env, HOME: home, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  const command = [deno, 'run', '--no-prompt', '--node-modules-dir=manual', ...flags(home), program] as const;
  const { stdout, stderr } = await run(command, {
    env,
    cwd: join(import.meta.dirname, '../..'),
    timeout: 10 * 60_000,
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

  test('to keep the token of a sign-in that has to be refreshed, before the refresh is asked for', async () => {
    const message = await ask('sign-in', (home) => ['--allow-env', `--allow-read=${home}`, '--allow-net']);
    assert.match(
      message,
      /^permissionDenied Cannot write "~\/\.aws\/sso\/cache\/\w+\.json": .* add --allow-write=~\/\.aws\/sso\/cache$/,
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
