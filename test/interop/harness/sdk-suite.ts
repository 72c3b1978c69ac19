import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nameProfiles } from '../../../packages/server/src/aws-config/profile-names.ts';
import { defaultSectionNames } from '../../../packages/server/src/aws-config/section-names.ts';
import { writeBlock } from '../../../packages/server/src/aws-config/write-block.ts';
import { environmentOf, runClient, signIn, signOutElsewhere, withoutEndpoints } from './aws-cli.ts';
import { awsCli, type Sdk } from './clients.ts';
import { addSection, profileSettings, startExample } from './example.ts';
import { minutesUntil } from './minutes-until.ts';
import type { Finished } from './program.ts';
import { skipUnlessPrepared } from './readiness.ts';
import { ageCachedToken, copyAwsFolder, readCachedToken } from './sso-cache.ts';
import { WireTap } from './wire-tap.ts';

/** What an SDK's program prints. */
interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly expiresAtMs?: number;
}

const aliceInProduction =
  /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/;

function identityFrom({ exitCode, stdout, stderr }: Finished): Identity {
  assert.equal(exitCode, 0, stdout + stderr);
  return JSON.parse(stdout);
}

/** What every SDK must be able to do once `aws sso login` has signed a person in. */
export async function testSdk(sdk: Sdk): Promise<void> {
  const skip = await skipUnlessPrepared(sdk, awsCli);
  suite(`${sdk.name}, after aws sso login`, { skip }, () => {
    test('gets role credentials with the cached token, and STS knows whose they are', async () => {
      await using latchkey = await startExample();
      await signIn(latchkey);
      const identity = identityFrom(await runClient(sdk, environmentOf(latchkey)));
      assert.equal(identity.account, '000000000042');
      assert.match(identity.arn, aliceInProduction);
      assert.match(identity.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
      if (sdk.hidesExpiry) return;
      const minutesLeft = minutesUntil(identity.expiresAtMs!);
      assert.ok(minutesLeft > 50 && minutesLeft <= 60, `credentials with ${minutesLeft} minutes left`);
    });

    test('needs nothing in the environment when the config file names the endpoints', async () => {
      await using latchkey = await startExample();
      await signIn(latchkey);
      const env = withoutEndpoints(environmentOf(latchkey));
      await ageCachedToken(env.HOME, sdk.refreshesAtSecondsLeft);
      assert.match(identityFrom(await runClient(sdk, env)).arn, aliceInProduction);
    });

    test('takes a profile by the name that its role has in the portal, with the host and characters of every kind', async () => {
      await using latchkey = await startExample();
      const role = { name: 'Read,Only=+@._-', sessionDurationSeconds: 3600 };
      const accounts = [{ id: '000000000042', name: 'Prod & Co.', roles: [role] }];
      const { session, services, profileSuffix } = defaultSectionNames('https://[::1]:8484');
      const profile = { ...nameProfiles(accounts, profileSuffix)[0]!, roleName: 'ReadOnly' };
      await writeBlock(latchkey.configFile, {
        instanceId: 'ssoins-7e57000000000001',
        region: latchkey.region,
        baseUrl: latchkey.url,
        sessionName: session,
        servicesName: services,
        profiles: [profile],
      });
      await signIn(latchkey, profile.name);
      const env = { ...withoutEndpoints(environmentOf(latchkey)), AWS_PROFILE: profile.name };
      assert.match(identityFrom(await runClient(sdk, env)).arn, aliceInProduction);
    });

    test('refreshes a cached token that is about to expire, again and again', async () => {
      await using latchkey = await startExample();
      const env = environmentOf(latchkey);
      await signIn(latchkey);
      const seen = [await readCachedToken(env.HOME)];
      for (const _ of ['first', 'second']) {
        await ageCachedToken(env.HOME, sdk.refreshesAtSecondsLeft);
        identityFrom(await runClient(sdk, env));
        seen.push(await readCachedToken(env.HOME));
      }
      assert.equal(new Set(seen.map(({ accessToken }) => accessToken)).size, 3);
      assert.equal(new Set(seen.map(({ refreshToken }) => refreshToken)).size, 3);
    });

    test('stays signed in when two processes refresh the same cached token at once', async () => {
      await using latchkey = await startExample();
      const env = environmentOf(latchkey);
      await signIn(latchkey);
      await ageCachedToken(env.HOME, sdk.refreshesAtSecondsLeft);
      const other = { ...env, HOME: await copyAwsFolder(env.HOME, 'other') };
      for (const finished of await Promise.all([runClient(sdk, env), runClient(sdk, other)])) {
        identityFrom(finished);
      }
      const { refreshToken } = await readCachedToken(env.HOME);
      assert.equal((await readCachedToken(other.HOME)).refreshToken, refreshToken);
      await ageCachedToken(other.HOME, sdk.refreshesAtSecondsLeft);
      identityFrom(await runClient(sdk, other));
    });

    test('refreshes though the first answer was lost on the way', async () => {
      await using latchkey = await startExample();
      await using tap = await WireTap.start(latchkey.url);
      await signIn(latchkey);
      const env = { ...environmentOf(latchkey), AWS_ENDPOINT_URL_SSO_OIDC: tap.url };
      await ageCachedToken(env.HOME, sdk.refreshesAtSecondsLeft);
      tap.loseOneAnswer(({ path }) => path === '/token');
      identityFrom(await runClient(sdk, env));
      assert.equal(tap.exchanges.length, 2);
    });

    if (sdk.correctsItsClock) {
      test('gets through to STS from a machine whose clock is forty minutes slow', async () => {
        await using latchkey = await startExample();
        await signIn(latchkey);
        latchkey.clock.advance({ minutes: 40 });
        assert.match(identityFrom(await runClient(sdk, environmentOf(latchkey))).arn, aliceInProduction);
      });
    }

    test('is told that the session has ended when alice has signed out elsewhere', async () => {
      await using latchkey = await startExample();
      await signIn(latchkey);
      await signOutElsewhere(environmentOf(latchkey));
      const { exitCode, stderr } = await runClient(sdk, environmentOf(latchkey));
      assert.notEqual(exitCode, 0);
      assert.match(stderr, /Session token not found or invalid|expired or is otherwise invalid/i);
    });

    test('is told that there is no access to a role that alice does not have', async () => {
      await using latchkey = await startExample();
      await signIn(latchkey);
      await addSection(latchkey, 'profile admin', {
        ...profileSettings(latchkey),
        sso_session: 'latchkey',
        sso_role_name: 'Admin',
      });
      const { exitCode, stderr } = await runClient(sdk, { ...environmentOf(latchkey), AWS_PROFILE: 'admin' });
      assert.notEqual(exitCode, 0);
      assert.match(stderr, /No access/);
    });
  });
}
