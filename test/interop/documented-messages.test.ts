import assert from 'node:assert/strict';
import { appendFile, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { makeSecret } from '../../packages/server/src/keys/secret-hash.ts';
import {
  aws,
  type Environment,
  environmentOf,
  signIn,
  signInCommand,
  startAws,
  userCodeShownBy,
} from './harness/aws-cli.ts';
import { makeCertificate, skipWithoutOpenssl } from './harness/certificate.ts';
import { awsCli, interopDir } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { RunningProgram } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { ageCachedToken, editCachedRegistration, forgetRoleCredentials } from './harness/sso-cache.ts';

const document = await readFile(path.join(interopDir, '../../docs/troubleshooting.md'), 'utf8');
const [section = ''] = /^## AWS CLI and boto3\n(.*?)^## /ms.exec(document) ?? [];

/** The messages that the document quotes, as patterns; `…` stands for anything. */
const patterns = Array.from(section.matchAll(/\*\*`([^`]+)`/g), ([, message = '']) => {
  const parts = message.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.*'));
});

/** How often the AWS CLI has tried is no part of what the document quotes. */
function withoutTries(text: string): string {
  return text.replaceAll(/ \(reached max retries: \d+\)/g, '');
}

function assertDocumented(stderr: string): void {
  const text = withoutTries(stderr);
  assert.ok(
    patterns.some((pattern) => pattern.test(text)),
    `docs/troubleshooting.md has no such message:
${stderr}`,
  );
}

suite('docs/troubleshooting.md has what the AWS CLI says when', {
  skip: await skipUnlessPrepared(awsCli),
}, () => {
  let latchkey: Latchkey;
  let env: ReturnType<typeof environmentOf> & Environment;
  before(async () => {
    latchkey = await startExample();
    env = { ...environmentOf(latchkey), AWS_MAX_ATTEMPTS: '1' };
  });
  after(() => latchkey.close());

  const whoAmI = (profile = 'latchkey') => aws(env, 'sts', 'get-caller-identity', '--profile', profile);
  const login = (profile: string) => aws(env, ...signInCommand('--use-device-code', '--profile', profile));

  test('nobody has signed in', async () => {
    assertDocumented((await whoAmI()).stderr);
  });

  test('there is no such profile', async () => {
    assertDocumented((await whoAmI('nobody')).stderr);
  });

  test('somebody denies', async () => {
    await using started = startAws(env, ...signInCommand('--use-device-code'));
    await latchkey.deny(await userCodeShownBy(started), 'alice');
    assertDocumented((await started.finished).stderr);
  });

  test('nobody answers', async () => {
    await using started = startAws(env, ...signInCommand('--use-device-code'));
    await userCodeShownBy(started);
    latchkey.clock.advance({ minutes: 11 });
    assertDocumented((await started.finished).stderr);
  });

  test('the start URL is http, or that of another instance', async () => {
    for (const [name, url] of [
      ['plain', `${latchkey.url}/start`],
      ['other', 'https://identitycenter.amazonaws.com/ssoins-ffffffffffffffff'],
    ] as const) {
      await addSection(latchkey, `sso-session ${name}`, { sso_start_url: url, sso_region: latchkey.region });
      await addSection(latchkey, `profile ${name}`, { ...profileSettings(latchkey), sso_session: name });
      assertDocumented((await login(name)).stderr);
    }
  });

  test('the person has no such role', async () => {
    await using own = await startExample();
    await signIn(own);
    await addSection(own, 'profile mistaken', {
      ...{ ...profileSettings(own), sso_session: 'latchkey', sso_role_name: 'Admin' },
    });
    assertDocumented(
      (await aws({ ...environmentOf(own), AWS_PROFILE: 'mistaken' }, 'sts', 'get-caller-identity')).stderr,
    );
  });

  test('the policy asks for another sign-in, or another network, before a role', async () => {
    for (const demand of [{ factors: 'secondFactor' as const }, { networks: ['192.0.2.0/24'] }]) {
      const policy = [{ permissionSets: ['ReadOnly'], ...demand }];
      await using strict = await startExample({ settings: { policy } });
      await signIn(strict);
      const { exitCode, stderr } = await aws(environmentOf(strict), 'sts', 'get-caller-identity');
      assert.equal(exitCode, 254);
      assertDocumented(stderr);
    }
  });

  test('another API or operation is called', async () => {
    await using own = await startExample();
    await signIn(own);
    const assumeRole = [
      'sts',
      'assume-role',
      '--role-session-name',
      'session',
      '--role-arn',
      'arn:aws:iam::000000000042:role/role',
    ];
    assertDocumented((await aws(environmentOf(own), ...assumeRole)).stderr);
    assertDocumented((await aws({ ...environmentOf(own), AWS_ENDPOINT_URL: own.url }, 's3', 'ls')).stderr);
  });

  test('the clock is wrong', async () => {
    await using own = await startExample();
    await signIn(own);
    await aws(environmentOf(own), 'sts', 'get-caller-identity');
    own.clock.advance({ minutes: 20 });
    assertDocumented((await aws(environmentOf(own), 'sts', 'get-caller-identity')).stderr);
  });

  test('the session is over, as the cached token says or not', async () => {
    await using own = await startExample();
    const ownEnv = environmentOf(own);
    await signIn(own);
    await forgetRoleCredentials(ownEnv.HOME);
    own.clock.advance({ hours: 9 });
    assertDocumented((await aws(ownEnv, 'sts', 'get-caller-identity')).stderr);
    await ageCachedToken(ownEnv.HOME, -60);
    assertDocumented((await aws(ownEnv, 'sts', 'get-caller-identity')).stderr);
  });

  test('its registration is refused', async () => {
    await using own = await startExample();
    const ownEnv = environmentOf(own);
    await signIn(own);
    own.clock.advance({ days: 91 });
    assertDocumented((await aws(ownEnv, ...signInCommand('--use-device-code'))).stderr);
    await editCachedRegistration(ownEnv.HOME, { clientSecret: 'x'.repeat(200) });
    const { stderr } = await aws(ownEnv, ...signInCommand('--use-device-code'));
    assert.match(stderr, /The client id or secret is not valid/);
    assert.ok(section.includes('The client id or secret is not valid'));
  });

  test('device codes are turned off, or for known clients only', async () => {
    await using own = await startExample({ settings: { grants: { deviceCode: false } } });
    assertDocumented((await aws(environmentOf(own), ...signInCommand('--use-device-code'))).stderr);
    const clients = [{ id: 'build-farm', name: 'Build farm', secretHash: makeSecret().secretHash }];
    const settings = { clients, deviceSignIn: { clients: ['build-farm'] } };
    await using limited = await startExample({ settings });
    assertDocumented((await aws(environmentOf(limited), ...signInCommand('--use-device-code'))).stderr);
  });

  test('the certificate is by an authority that it does not know', { skip: skipWithoutOpenssl }, async () => {
    await using home = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-interop-'));
    const { certFile, keyFile } = await makeCertificate(home.path, 'localhost');
    const serve = [
      process.execPath,
      path.join(interopDir, '../../packages/server/src/cli/main.js'),
      'serve',
    ] as const;
    const machine = { PATH: env['PATH'], HOME: home.path };
    await using server = new RunningProgram([...serve, '--port', '0'], {
      cwd: home.path,
      env: { ...machine, LATCHKEY_TLS_CERT_FILE: certFile, LATCHKEY_TLS_KEY_FILE: keyFile },
    });
    const [banner] = await server.prints(/Latchkey is ready: .*Ctrl-C stops the server/s);
    const [config = ''] = /^# BEGIN latchkey .*^# END latchkey .*?\n/ms.exec(banner) ?? [];
    const [, profile = ''] = /^aws sso login --profile (.*)$/m.exec(banner) ?? [];
    const configFile = path.join(home.path, 'config');
    const command = signInCommand('--use-device-code', '--profile', profile);
    const elsewhere = 'https://identitycenter.amazonaws.com/ssoins-0123456789abcdef';
    for (const text of [config, config.replace(/(?<=sso_start_url = ).*/, elsewhere)]) {
      await writeFile(configFile, text);
      const untrusting = { ...machine, AWS_CONFIG_FILE: configFile, AWS_MAX_ATTEMPTS: '1' };
      assertDocumented((await aws(untrusting, ...command)).stderr);
    }
    await writeFile(configFile, config);
    await using trusting = startAws(
      { ...machine, AWS_CONFIG_FILE: configFile, AWS_CA_BUNDLE: certFile },
      ...command,
    );
    await userCodeShownBy(trusting);
  });

  test('Latchkey does not run', async () => {
    await using own = await startExample();
    const ownEnv = environmentOf(own);
    const config = await readFile(own.configFile, 'utf8');
    await own.close();
    await using home = await mkdtempDisposable(path.join(tmpdir(), 'latchkey-interop-'));
    const configFile = path.join(home.path, 'config');
    await writeFile(configFile, config);
    const left = { ...ownEnv, HOME: home.path, AWS_CONFIG_FILE: configFile, AWS_MAX_ATTEMPTS: '1' };
    const { stderr } = await aws(left, ...signInCommand('--use-device-code'));
    assertDocumented(stderr.replace(own.url, 'http://localhost:8484'));
  });

  test('a section stands twice in the file', async () => {
    await using own = await startExample();
    await appendFile(own.configFile, '\n[profile latchkey]\nregion = us-east-1\n');
    assertDocumented((await aws(environmentOf(own), 'sts', 'get-caller-identity')).stderr);
  });
});
