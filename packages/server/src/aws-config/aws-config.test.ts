import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { resolveSettings } from '../config/resolve-settings.ts';
import { settingsSchema } from '../config/settings-schema.ts';
import { type AwsConfig, describeForAws, renderAwsConfig, renderAwsConfigByAccount } from './aws-config.ts';
import { nameProfiles } from './profile-names.ts';
import { anyAccounts } from './testing/directories.ts';
import { readStrictly } from './testing/strict-ini.ts';

const instance: Omit<AwsConfig, 'profiles'> = {
  instanceId: 'ssoins-0123456789abcdef',
  region: 'us-east-1',
  baseUrl: 'http://localhost:8484',
  sessionName: 'corp',
  servicesName: 'corp-services',
};

test('the default profile is written as AWS clients look for it', () => {
  const config = renderAwsConfig({
    ...instance,
    profiles: [
      { name: 'default', accountId: '111122223333', roleName: 'Admin' },
      { name: 'other', accountId: '111122223333', roleName: 'Admin' },
    ],
  });
  assert.deepEqual(config.match(/^\[.*\]$/gm), [
    '[sso-session corp]',
    '[default]',
    '[profile other]',
    '[services corp-services]',
  ]);
});

test('the block begins and ends with a comment that names the instance', () => {
  const lines = renderAwsConfig({ ...instance, profiles: [] }).split('\n');
  assert.equal(
    lines[0],
    '# BEGIN latchkey ssoins-0123456789abcdef (http://localhost:8484), replaced by: latchkey aws-config --write',
  );
  assert.deepEqual(lines.slice(-2), ['# END latchkey ssoins-0123456789abcdef', '']);
});

test('whatever accounts and roles are called, a reader as strict as the AWS CLI reads every setting', () => {
  fc.assert(
    fc.property(anyAccounts, (accounts) => {
      const profiles = nameProfiles(accounts, '');
      const sections = readStrictly(renderAwsConfig({ ...instance, profiles }));
      assert.equal(sections.size, profiles.length + 2);
      for (const { name, accountId, roleName } of profiles) {
        assert.deepEqual(
          Object.fromEntries(sections.get(`profile ${name}`) ?? []),
          {
            sso_session: 'corp',
            sso_account_id: accountId,
            sso_role_name: roleName,
            region: 'us-east-1',
            services: 'corp-services',
          },
          name,
        );
      }
      const endpoints = sections.get('services corp-services');
      assert.equal(endpoints?.get('sso_oidc.endpoint_url'), instance.baseUrl);
    }),
  );
});

test('the block is the same when it is made account by account', async () => {
  const { instanceId, baseUrl, region } = instance;
  const config = { ...resolveSettings(v.parse(settingsSchema, {}), (path) => path), baseUrl };
  const context = { instanceId, config: { ...config, instance: { ...config.instance, region } } };
  await fc.assert(
    fc.asyncProperty(anyAccounts, async (accounts) => {
      async function* each() {
        yield* accounts;
      }
      const pieces = await Array.fromAsync(renderAwsConfigByAccount(context, each()));
      assert.equal(pieces.join(''), renderAwsConfig(describeForAws(context, accounts)));
    }),
  );
});
