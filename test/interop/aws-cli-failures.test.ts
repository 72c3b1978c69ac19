import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { makeSecret } from '../../packages/server/src/keys/secret-hash.ts';
import {
  aws,
  awsJson,
  environmentOf,
  signIn,
  signInCommand,
  signOutElsewhere,
  startAws,
  urlShownBy,
  userCodeShownBy,
} from './harness/aws-cli.ts';
import { launchBrowser, signInOnPage, skipWithoutBrowser } from './harness/browser.ts';
import { awsCli } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { editCachedRegistration, forgetRoleCredentials, readCachedToken } from './harness/sso-cache.ts';

suite('what the AWS CLI says when', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('the person denies the device', async () => {
    await using latchkey = await startExample();
    await using login = startAws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    await latchkey.deny(await userCodeShownBy(login), 'alice');
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 254);
    assert.match(stderr, /AccessDeniedException.*CreateToken operation: \S/);
    assert.match(stderr, /error: access_denied/);
  });

  test('the person denies the request in the browser', { skip: skipWithoutBrowser }, async () => {
    await using latchkey = await startExample();
    await using login = startAws(environmentOf(latchkey), ...signInCommand());
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(await urlShownBy(login));
    await signInOnPage(page);
    await page.getByRole('button', { name: 'Deny' }).click();
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 255);
    assert.match(stderr, /Failed to retrieve an authorization code/);
  });

  test('nobody answers for ten minutes', async () => {
    await using latchkey = await startExample();
    await using login = startAws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    await userCodeShownBy(login);
    latchkey.clock.advance({ minutes: 11 });
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 255);
    assert.match(stderr, /pending authorization to retrieve an SSO token has expired/);
  });

  test('somebody types a wrong code: nothing, until the right one is typed', {
    skip: skipWithoutBrowser,
  }, async () => {
    await using latchkey = await startExample();
    await using login = startAws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    const userCode = await userCodeShownBy(login);
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(`${latchkey.url}/device`);
    await signInOnPage(page);
    await page.getByLabel('Code').fill('BBBB-BBBB');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Code').fill(userCode.toLowerCase().replace('-', ' '));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
    await page.getByRole('button', { name: 'Allow' }).click();
    assert.equal((await login.finished).exitCode, 0);
  });

  for (const [flow, options, operation] of [
    ['device', ['--use-device-code'], 'StartDeviceAuthorization'],
    ['browser', [], 'RegisterClient'],
  ] as const) {
    test(`the profile has the start URL of another instance (${flow})`, async () => {
      await using latchkey = await startExample();
      await addSection(latchkey, 'sso-session other', {
        sso_start_url: 'https://identitycenter.amazonaws.com/ssoins-ffffffffffffffff',
        sso_region: latchkey.region,
        sso_registration_scopes: 'sso:account:access',
      });
      await addSection(latchkey, 'profile other', { ...profileSettings(latchkey), sso_session: 'other' });
      const command = [...signInCommand(...options), '--profile', 'other'];
      const { exitCode, stderr } = await aws(environmentOf(latchkey), ...command);
      assert.equal(exitCode, 254);
      assert.match(
        stderr,
        new RegExp(`InvalidRequestException.*${operation} operation: .*ssoins-ffffffffffffffff`),
      );
    });
  }

  test('the administrators have turned device codes off', async () => {
    await using latchkey = await startExample({ settings: { grants: { deviceCode: false } } });
    const { exitCode, stderr } = await aws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    assert.equal(exitCode, 254);
    assert.match(
      stderr,
      /UnauthorizedClientException.*StartDeviceAuthorization operation: .*browser.*aws sso login without --use-device-code/,
    );
  });

  test('only clients that the administrators know get a device code, until it has the secret of one', async () => {
    const { secret, secretHash } = makeSecret();
    const clients = [{ id: 'build-farm', name: 'Build farm', secretHash }];
    const settings = { clients, deviceSignIn: { clients: ['build-farm'] } };
    await using latchkey = await startExample({ settings });
    const env = environmentOf(latchkey);
    const { exitCode, stderr } = await aws(env, ...signInCommand('--use-device-code'));
    assert.equal(exitCode, 254);
    assert.match(
      stderr,
      /UnauthorizedClientException.*clients that the administrators know.*aws sso login without --use-device-code/,
    );
    await editCachedRegistration(env.HOME, { clientId: 'build-farm', clientSecret: secret });
    await using login = startAws(env, ...signInCommand('--use-device-code'));
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    assert.equal((await login.finished).exitCode, 0);
  });

  test('its registration has expired', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    latchkey.clock.advance({ days: 91 });
    const { exitCode, stderr } = await aws(environmentOf(latchkey), ...signInCommand('--use-device-code'));
    assert.equal(exitCode, 254);
    assert.match(stderr, /InvalidClientException.*: The client registration expired at/);
    assert.match(stderr, /\.aws\/sso\/cache/);
  });

  test('its registration was damaged', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await editCachedRegistration(env.HOME, { clientSecret: 'x'.repeat(200) });
    const { exitCode, stderr } = await aws(env, ...signInCommand('--use-device-code'));
    assert.equal(exitCode, 254);
    assert.match(stderr, /InvalidClientException.*: .*\.aws\/sso\/cache/);
  });

  test('its registration is lost and the file is deleted: it registers anew', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await editCachedRegistration(env.HOME, { expiresAt: '2020-01-01T00:00:00Z' });
    await signIn(latchkey);
    assert.ok((await readCachedToken(env.HOME)).accessToken);
  });

  test('the person has signed out elsewhere', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await awsJson(env, 'sts', 'get-caller-identity');
    await signOutElsewhere(env);
    await forgetRoleCredentials(env.HOME);
    const { exitCode, stderr } = await aws(env, 'sts', 'get-caller-identity');
    assert.equal(exitCode, 255);
    assert.match(stderr, /The SSO session associated with this profile has expired or is otherwise invalid/);
  });

  test('its clock is wrong by twenty minutes', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    latchkey.clock.advance({ minutes: 20 });
    const { exitCode, stderr } = await aws(env, 'sts', 'get-caller-identity');
    assert.equal(exitCode, 254);
    assert.match(stderr, /SignatureDoesNotMatch.*: Signature expired: \d{8}T\d{6}Z is now earlier than/);
  });

  test('a role needs a recent sign-in: the way to it, once, and after that it works without another login', {
    skip: skipWithoutBrowser,
  }, async () => {
    const policy = [{ permissionSets: ['ReadOnly'], recentSignInSeconds: 900 }];
    await using latchkey = await startExample({ settings: { policy } });
    const env = environmentOf(latchkey);
    await using login = startAws(env, ...signInCommand());
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(await urlShownBy(login));
    await signInOnPage(page);
    await page.getByRole('button', { name: 'Allow' }).click();
    assert.equal((await login.finished).exitCode, 0);
    const token = await readCachedToken(env.HOME);
    latchkey.clock.advance({ minutes: 16 });
    const list = ['configure', 'export-credentials'];
    const { exitCode, stderr } = await aws(env, ...list);
    assert.equal(exitCode, 254);
    const [, sentence = ''] = /ForbiddenException.*GetRoleCredentials operation: (.*)/.exec(stderr) ?? [];
    const [, url = ''] =
      /^ReadOnly needs a sign-in of the last 15m\. Open (\S+) in the browser/.exec(sentence) ?? [];
    assert.equal(url, `${latchkey.url}/step-up?role=ReadOnly`, stderr);
    assert.deepEqual(await readCachedToken(env.HOME), token, 'the CLI keeps the token');
    await page.goto(url);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Go back to your program' }).waitFor();
    assert.equal((await aws(env, ...list)).exitCode, 0);
  });

  test('a role is for another network', async () => {
    const policy = [{ permissionSets: ['ReadOnly'], networks: ['192.0.2.0/24'] }];
    await using latchkey = await startExample({ settings: { policy } });
    await signIn(latchkey);
    const { exitCode, stderr } = await aws(environmentOf(latchkey), 'sts', 'get-caller-identity');
    assert.equal(exitCode, 254);
    assert.match(
      stderr,
      /ForbiddenException.*GetRoleCredentials operation: .*certain networks only, and (?:127\.0\.0\.1|::1) is in none/,
    );
  });

  test('it asks for something that is not served', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const { exitCode, stderr } = await aws(environmentOf(latchkey), 'sts', 'get-session-token');
    assert.equal(exitCode, 254);
    assert.match(stderr, /InvalidAction.*GetSessionToken operation: \S/);
  });

  for (const [what, settings] of [
    ['a role the person does not have', { sso_role_name: 'Admin' }],
    ['a role that does not exist', { sso_role_name: 'Amdin' }],
    ['an account that does not exist', { sso_account_id: '999999999999' }],
  ] as const) {
    test(`the profile names ${what}`, async () => {
      await using latchkey = await startExample();
      await signIn(latchkey);
      await addSection(latchkey, 'profile mistaken', {
        ...profileSettings(latchkey),
        sso_session: 'latchkey',
        ...settings,
      });
      const { exitCode, stderr } = await aws(
        environmentOf(latchkey),
        ...['sts', 'get-caller-identity', '--profile', 'mistaken'],
      );
      assert.equal(exitCode, 254);
      assert.match(stderr, /ForbiddenException.*GetRoleCredentials operation: No access/);
    });
  }
});
