import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runClient, signInCommand, startClient, userCodeShownBy } from './harness/aws-cli.ts';
import { awsCliOfDebian, type Client, sdkForGoV1, sdkForJavaScriptV2 } from './harness/clients.ts';
import { PrivateNetwork, skipWithoutNamespaces } from './harness/private-network.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { ageCachedToken, forgetRoleCredentials, readCachedToken } from './harness/sso-cache.ts';

const alice = /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/;

type Profile = 'session' | 'legacy';

/** Signs alice in with the AWS CLI 2.9, which shows a page of the instance and a user code. */
async function signIn(network: PrivateNetwork, profile: Profile): Promise<void> {
  const command = signInCommand('--profile', profile);
  await using login = startClient(network.here(awsCliOfDebian), network.env, ...command);
  const [page] = await login.prints(/http:\/\/localhost:\d+\/device/);
  await network.approve(page, await userCodeShownBy(login));
  const { exitCode, stderr } = await login.finished;
  assert.equal(exitCode, 0, stderr);
}

async function whoIs(network: PrivateNetwork, profile: Profile): Promise<string> {
  const command = ['sts', 'get-caller-identity', '--profile', profile, '--output', 'json'];
  return arnFrom(network, awsCliOfDebian, profile, command, 'Arn');
}

/** What a client of ours, which takes the cached token, says of its caller. */
async function arnFrom(
  network: PrivateNetwork,
  client: Client,
  profile: Profile,
  args: readonly string[] = [],
  member = 'arn',
): Promise<string> {
  // Without AWS_SDK_LOAD_CONFIG, old SDKs do not read ~/.aws/config.
  const env = { ...network.env, AWS_PROFILE: profile, AWS_SDK_LOAD_CONFIG: '1' };
  const { exitCode, stdout, stderr } = await runClient(network.here(client), env, ...args);
  assert.equal(exitCode, 0, stdout + stderr);
  return JSON.parse(stdout)[member];
}

const skip =
  (await skipUnlessPrepared(awsCliOfDebian, sdkForGoV1, sdkForJavaScriptV2)) ||
  (await skipWithoutNamespaces());

suite("clients that can't be told an endpoint, where a private DNS leads AWS's own host names to Latchkey", {
  skip,
}, () => {
  test('the AWS CLI 2.9 signs in, refreshes, and signs out', async () => {
    await using network = await PrivateNetwork.start();
    await signIn(network, 'session');
    assert.match(await whoIs(network, 'session'), alice);

    const { accessToken } = await readCachedToken(network.env.HOME);
    await ageCachedToken(network.env.HOME, 60);
    await forgetRoleCredentials(network.env.HOME);
    assert.match(await whoIs(network, 'session'), alice);
    assert.notEqual((await readCachedToken(network.env.HOME)).accessToken, accessToken);

    const logout = await runClient(network.here(awsCliOfDebian), network.env, 'sso', 'logout');
    assert.equal(logout.exitCode, 0, logout.stderr);
    const { exitCode, stderr } = await runClient(
      network.here(awsCliOfDebian),
      network.env,
      ...['sts', 'get-caller-identity', '--profile', 'session'],
    );
    assert.equal(exitCode, 255);
    assert.match(stderr, /Error loading SSO Token/);
  });

  test('the AWS CLI 2.9 signs in by a profile that has the start URL itself, and the SDKs for Go 1 and JavaScript 2 take its token', async () => {
    await using network = await PrivateNetwork.start();
    await signIn(network, 'legacy');
    for (const client of [sdkForGoV1, sdkForJavaScriptV2]) {
      assert.match(await arnFrom(network, client, 'legacy'), alice, client.name);
    }
    assert.match(await whoIs(network, 'legacy'), alice);
  });
});
