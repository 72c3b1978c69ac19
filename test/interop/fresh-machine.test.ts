import assert from 'node:assert/strict';
import { mkdir, mkdtempDisposable, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { awsJson, type Environment, signInCommand, startAws, urlShownBy } from './harness/aws-cli.ts';
import { launchBrowser, signInOnPage, skipWithoutBrowser } from './harness/browser.ts';
import { makeCertificate, skipWithoutOpenssl } from './harness/certificate.ts';
import { awsCli, interopDir } from './harness/clients.ts';
import { RunningProgram, run } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { ageCachedToken, forgetRoleCredentials, readCachedToken } from './harness/sso-cache.ts';

const repository = path.join(interopDir, '../..');
const cli = path.join(repository, 'packages/server/src/cli/main.js');

const skip = (await skipUnlessPrepared(awsCli)) || skipWithoutBrowser;

suite('a person with a fresh machine', { skip }, () => {
  test('types the commands of README.md', async () => {
    await using home = await makeHome();
    const env = {
      ...environmentIn(home.path),
      PATH: [path.dirname(awsCli.command[0]), process.env['PATH']].join(path.delimiter),
      LATCHKEY_DATA_DIR: path.join(home.path, '.latchkey'),
    };
    const [start, write, login, identity, ...others] = await commandsOfReadme();
    assert.deepEqual([start, others], ['npm ci && npm start', []]);
    await using server = serve(env);
    const { url, password } = await readBanner(server);
    const inRepository = { cwd: repository, env: { ...env, LATCHKEY_LISTEN_PORT: new URL(url).port } };
    const written = await run(['/bin/sh', '-c', `${write}`], inRepository);
    assert.equal(written.exitCode, 0, written.stderr);
    await using started = new RunningProgram(['/bin/sh', '-c', `${login} --no-browser`], inRepository);
    await answer(await urlShownBy(started), password);
    const { exitCode, stderr } = await started.finished;
    assert.equal(exitCode, 0, stderr);
    assert.match((await run(['/bin/sh', '-c', `${identity}`], inRepository)).stdout, /\/alice"/);
  });

  test('pastes what latchkey serve prints, and signs in', async () => {
    await using home = await makeHome();
    const env = environmentIn(home.path);
    await using server = serve(env);
    const banner = await readBanner(server);
    await pasteAndSignIn(banner, env);
    assert.match(await whoIs(banner, env), /\/alice$/);
  });

  test('stays signed in when the server is killed and started again', async () => {
    await using home = await makeHome();
    const env = environmentIn(home.path);
    await using killed = serve(env);
    const banner = await readBanner(killed);
    await pasteAndSignIn(banner, env);
    await killed.end('SIGKILL');
    await using restarted = serve(env, '--port', new URL(banner.url).port);
    await restarted.prints(/Latchkey is ready/);
    await ageCachedToken(env.HOME, -1);
    assert.match(await whoIs(banner, env), /\/alice$/);
  });

  test('signs in again with the registration it has when the database is lost', async () => {
    await using home = await makeHome();
    const env = environmentIn(home.path);
    await using first = serve(env);
    const banner = await readBanner(first);
    await pasteAndSignIn(banner, env);
    const { clientId } = await readCachedToken(env.HOME);
    await first.end();
    const database = path.join(home.path, '.latchkey/latchkey.db');
    await rm(database);
    for (const suffix of ['-wal', '-shm']) await rm(database + suffix, { force: true });
    await using second = serve(env, '--port', new URL(banner.url).port);
    await second.prints(/Latchkey is ready/);
    await signIn(banner, env);
    assert.equal((await readCachedToken(env.HOME)).clientId, clientId);
    assert.match(await whoIs(banner, env), /\/alice$/);
  });

  test('signs in over https at the start URL of the server itself', {
    skip: skipWithoutOpenssl,
  }, async () => {
    await using home = await makeHome();
    const { certFile, keyFile } = await makeCertificate(home.path, 'localhost');
    const env = { ...environmentIn(home.path), AWS_CA_BUNDLE: certFile };
    await using server = serve({ ...env, LATCHKEY_TLS_CERT_FILE: certFile, LATCHKEY_TLS_KEY_FILE: keyFile });
    const banner = await readBanner(server);
    assert.ok(banner.awsConfig.includes(`sso_start_url = ${banner.url}/start\n`), banner.awsConfig);
    assert.match(banner.url, /^https:/);
    await pasteAndSignIn(banner, env);
    await forgetRoleCredentials(env.HOME);
    assert.match(await whoIs(banner, env), /\/alice$/);
  });
});

/** The lines to type, in the section on how to start. */
async function commandsOfReadme(): Promise<readonly string[]> {
  const readme = await readFile(path.join(repository, 'README.md'), 'utf8');
  const [section = ''] = /^## Start it\n.*?(?=^## )/ms.exec(readme) ?? [];
  return Array.from(section.matchAll(/^ {4}(\S.*)$/gm), ([, command = '']) => command);
}

interface Banner {
  readonly url: string;
  readonly password: string;
  readonly awsConfig: string;
  readonly profile: string;
}

function makeHome() {
  return mkdtempDisposable(path.join(tmpdir(), 'latchkey-interop-'));
}

function environmentIn(home: string): Environment & { readonly HOME: string } {
  return { PATH: process.env['PATH'], HOME: home };
}

function serve(env: Environment & { readonly HOME: string }, ...options: readonly string[]): RunningProgram {
  const port = options.length === 0 ? ['--port', '0'] : options;
  return new RunningProgram([process.execPath, cli, 'serve', ...port], { cwd: env.HOME, env });
}

async function readBanner(server: RunningProgram): Promise<Banner> {
  const [banner] = await server.prints(/Latchkey is ready: .*Ctrl-C stops the server/s);
  const [, url = ''] = /ready: (\S+)/.exec(banner) ?? [];
  const [, password = ''] = /^ {2}alice +(\S+)$/m.exec(banner) ?? [];
  const [awsConfig = ''] = /^# BEGIN latchkey .*^# END latchkey .*?\n/ms.exec(banner) ?? [];
  const [, profile = ''] = /^aws sso login --profile (.*)$/m.exec(banner) ?? [];
  return { url, password, awsConfig, profile };
}

async function pasteAndSignIn(banner: Banner, env: Environment & { readonly HOME: string }): Promise<void> {
  await mkdir(path.join(env.HOME, '.aws'));
  await writeFile(path.join(env.HOME, '.aws/config'), banner.awsConfig);
  await signIn(banner, env);
}

async function signIn({ password, profile }: Banner, env: Environment): Promise<void> {
  await using login = startAws(env, ...signInCommand('--profile', profile));
  await answer(await urlShownBy(login), password);
  const { exitCode, stderr } = await login.finished;
  assert.equal(exitCode, 0, stderr);
}

/** Opens the page in a browser, signs alice in, and allows what it asks about. */
async function answer(url: string, password: string): Promise<void> {
  await using browser = await launchBrowser();
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  await page.goto(url);
  await signInOnPage(page, password);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(/\/oauth\/callback/, { waitUntil: 'commit' });
}

async function whoIs({ profile }: Banner, env: Environment): Promise<string> {
  const command = ['sts', 'get-caller-identity', '--profile', profile];
  return (await awsJson<{ Arn: string }>(env, ...command)).Arn;
}
