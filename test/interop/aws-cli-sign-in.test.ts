import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import {
  awsJson,
  environmentOf,
  signIn,
  signInCommand,
  startAws,
  urlShownBy,
  userCodeShownBy,
  withoutEndpoints,
} from './harness/aws-cli.ts';
import { launchBrowser, signInOnPage, skipWithoutBrowser } from './harness/browser.ts';
import { awsCli } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { minutesUntil } from './harness/minutes-until.ts';
import type { RunningProgram } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { forgetCachedToken, readCachedToken } from './harness/sso-cache.ts';
import { WireTap } from './harness/wire-tap.ts';

suite('aws sso login', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('signs in with --use-device-code once the code it shows is approved', async () => {
    await using latchkey = await startExample();
    await using login = startAws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    const { exitCode, stdout, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, new RegExp(`Successfully logged into Start URL: ${latchkey.startUrl}`));
    const token = await readCachedToken(environmentOf(latchkey).HOME);
    assert.ok(token.refreshToken, 'a token of an sso-session can be refreshed');
    assertMinutesLeft(token.expiresAt, 60);
  });

  test('signs in with --use-device-code when the printed link is opened and allowed in a browser', {
    skip: skipWithoutBrowser,
  }, async () => {
    await using latchkey = await startExample();
    await using login = startAws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    const [, link = ''] = await login.prints(/(http\S+user_code=\S+)\s/);
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(link);
    await signInOnPage(page);
    await page.getByLabel('last 4 letters').fill(link.slice(-4));
    await page.getByRole('button', { name: 'Allow' }).click();
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
  });

  test('signs in with PKCE when the URL that --no-browser prints is opened and allowed in a browser', {
    skip: skipWithoutBrowser,
  }, async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await using login = startAws(env, ...signInCommand());
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(await urlShownBy(login));
    await signInOnPage(page);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\?code=/);
    const { exitCode, stdout, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /Successfully logged into Start URL/);
    const { Arn } = await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity');
    assert.match(Arn, /\/alice$/);
  });

  test('signs in a legacy profile without an sso-session for eight hours, with nothing to refresh', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await addSection(latchkey, 'profile legacy', {
      ...profileSettings(latchkey),
      sso_start_url: latchkey.startUrl,
      sso_region: latchkey.region,
    });
    await signIn(latchkey, 'legacy');
    const token = await readCachedToken(env.HOME);
    assert.equal(token.refreshToken, undefined);
    assertMinutesLeft(token.expiresAt, 8 * 60);
    const { Arn } = await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity', '--profile', 'legacy');
    assert.match(Arn, /\/alice$/);
  });

  test('needs nothing in the environment when the profile names the endpoints', async () => {
    await using latchkey = await startExample();
    const env = withoutEndpoints(environmentOf(latchkey));
    await using login = startAws(env, ...signInCommand('--use-device-code'));
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    assert.equal((await login.finished).exitCode, 0);
    const { Account } = await awsJson<{ Account: string }>(env, 'sts', 'get-caller-identity');
    assert.equal(Account, '000000000042');
  });

  test('needs no configured service when AWS_ENDPOINT_URL names the one endpoint', async () => {
    await using latchkey = await startExample();
    const { services: _, ...settings } = profileSettings(latchkey);
    await addSection(latchkey, 'profile bare', { ...settings, sso_session: 'latchkey' });
    const env = {
      ...withoutEndpoints(environmentOf(latchkey)),
      AWS_ENDPOINT_URL: latchkey.url,
      AWS_PROFILE: 'bare',
    };
    await using login = startAws(env, ...signInCommand('--use-device-code'));
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    assert.equal((await login.finished).exitCode, 0);
    const { Account } = await awsJson<{ Account: string }>(env, 'sts', 'get-caller-identity');
    assert.equal(Account, '000000000042');
  });

  for (const startUrl of [
    'https://identitycenter.amazonaws.com/ssoins-7e57000000000001/',
    'https://ssoins-7e57000000000001.portal.us-east-1.app.aws',
    'https://ssoins-7e57000000000001.portal.us-east-1.app.aws/#/',
    'https://acme.awsapps.com/start',
    'https://acme.awsapps.com/start/#',
  ]) {
    for (const [flow, options, answer] of [
      ['--use-device-code', ['--use-device-code'], approveUserCode],
      ['PKCE', [], allowInBrowser],
    ] as const) {
      test(`signs in with ${flow} at the start URL ${startUrl}`, async () => {
        const startUrls = ['https://acme.awsapps.com/start'];
        await using latchkey = await startExample({ settings: { instance: { startUrls } } });
        await addSection(latchkey, 'sso-session written', {
          sso_start_url: startUrl,
          sso_region: latchkey.region,
          sso_registration_scopes: 'sso:account:access',
        });
        await addSection(latchkey, 'profile written', {
          ...profileSettings(latchkey),
          sso_session: 'written',
        });
        const command = signInCommand(...options, '--profile', 'written');
        await using login = startAws(environmentOf(latchkey), ...command);
        await answer(latchkey, login);
        const { exitCode, stderr } = await login.finished;
        assert.equal(exitCode, 0, stderr);
      });
    }
  }

  test('signs in by the name of the session when the environment names the endpoints', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    const command = signInCommand('--use-device-code', '--sso-session', 'latchkey');
    await using login = startAws({ ...env, AWS_PROFILE: undefined }, ...command);
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    assert.equal((await login.finished).exitCode, 0);
    assert.ok((await readCachedToken(env.HOME)).refreshToken);
  });

  test('signs in again with the registration it has', async () => {
    await using latchkey = await startExample();
    const { HOME } = environmentOf(latchkey);
    await signIn(latchkey);
    const first = await readCachedToken(HOME);
    await forgetCachedToken(HOME);
    await signIn(latchkey);
    const second = await readCachedToken(HOME);
    assert.equal(second.clientId, first.clientId);
    assert.notEqual(second.accessToken, first.accessToken);
  });

  test('is never told to slow down, though it polls twice in a row', async () => {
    await using latchkey = await startExample();
    await using tap = await WireTap.start(latchkey.url);
    const env = { ...environmentOf(latchkey), AWS_ENDPOINT_URL_SSO_OIDC: tap.url };
    await using login = startAws(env, ...signInCommand('--use-device-code'));
    const userCode = await userCodeShownBy(login);
    const polls = () => tap.exchanges.filter(({ path }) => path === '/token');
    await tap.sees(() => polls().length === 3);
    await latchkey.approve(userCode, 'alice');
    assert.equal((await login.finished).exitCode, 0);
    const errors = polls().map(({ responseBody }): unknown => JSON.parse(responseBody).error);
    assert.deepEqual(new Set(errors), new Set(['authorization_pending', undefined]));
  });

  for (const [flow, options, answer] of [
    ['--use-device-code', ['--use-device-code'], approveUserCode],
    ['PKCE', [], allowInBrowser],
  ] as const) {
    test(`signs in with ${flow} though the answer with the token is lost and has to be asked for again`, async () => {
      await using latchkey = await startExample();
      await using tap = await WireTap.start(latchkey.url);
      tap.loseOneAnswer(({ path, status }) => path === '/token' && status === 200);
      const env = { ...environmentOf(latchkey), AWS_ENDPOINT_URL_SSO_OIDC: tap.url };
      await using login = startAws(env, ...signInCommand(...options));
      await answer(latchkey, login);
      const { exitCode, stderr } = await login.finished;
      assert.equal(exitCode, 0, stderr);
      assert.match((await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity')).Arn, /\/alice$/);
    });
  }
});

async function approveUserCode(latchkey: Latchkey, login: RunningProgram): Promise<void> {
  await latchkey.approve(await userCodeShownBy(login), 'alice');
}

/** As a browser would, without the pages. */
async function allowInBrowser(latchkey: Latchkey, login: RunningProgram): Promise<void> {
  await fetch(await latchkey.authorize(await urlShownBy(login), 'alice'));
}

function assertMinutesLeft(instant: string, expected: number): void {
  const minutesLeft = minutesUntil(instant);
  assert.ok(Math.abs(minutesLeft - expected) < 5, `${minutesLeft} minutes left, expected about ${expected}`);
}
