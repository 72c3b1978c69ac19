import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { ApiFactory } from './api-factory.ts';
import { Home } from './credentials/testing/home.ts';
import { Loopback } from './credentials/testing/loopback.ts';
import {
  CredentialsProviderChain,
  DefaultCredentialsProvider,
  EC2MetadataCredentials,
  EcsTaskCredentials,
  EnvironmentCredentials,
  getDefaultRegion,
  SharedIniFileCredentials,
  TokenFileWebIdentityCredentials,
} from './credentials.ts';

const expiration = '2099-01-01T00:00:00Z';
const roleKeys = {
  AccessKeyId: 'ASIA1',
  SecretAccessKey: 'secret1',
  Token: 'token1',
  Expiration: expiration,
};
const inBothForms = {
  accessKeyId: 'ASIA1',
  secretAccessKey: 'secret1',
  sessionToken: 'token1',
  expiration: new Date(expiration),
  awsAccessKeyId: 'ASIA1',
  awsSecretKey: 'secret1',
  expiresAt: new Date(expiration),
};

suite('classes of credentials', { concurrency: 1 }, () => {
  const before = { ...process.env };
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (/^(AWS|R2)_/.test(name)) delete process.env[name];
  });
  afterEach(() => {
    process.env = { ...before };
  });

  test('EnvironmentCredentials takes the variables of its prefix, and gives their region to the factory', async () => {
    Object.assign(process.env, { R2_ACCESS_KEY_ID: 'id', R2_SECRET_ACCESS_KEY: 'key', R2_REGION: 'account' });
    const credentialProvider = new EnvironmentCredentials('R2');
    const { awsAccessKeyId, awsSecretKey, region } = await credentialProvider.getCredentials();
    assert.deepEqual([awsAccessKeyId, awsSecretKey, region], ['id', 'key', 'account']);
    await using factory = new ApiFactory({ credentialProvider });
    assert.equal(await factory.determineCurrentRegion(), 'account');
    const absent = new EnvironmentCredentials('OTHER').getCredentials();
    await assert.rejects(absent, { code: 'noCredentials', message: /OTHER_ACCESS_KEY_ID/ });
  });

  test('SharedIniFileCredentials reads the profile of a file, with its region, or of a text', async () => {
    const text =
      '[default]\nregion = us-west-1\n[work]\naws_access_key_id = id\naws_secret_access_key = key\nregion = eu-west-1\n';
    await using home = await Home.with({ file: text });
    process.env['HOME'] = home.path;
    for (const source of [{ filename: `${home.path}/file` }, { filedata: text }]) {
      const given = await new SharedIniFileCredentials({ ...source, profile: 'work' }).getCredentials();
      assert.deepEqual([given.awsAccessKeyId, given.awsSecretKey, given.region], ['id', 'key', 'eu-west-1']);
    }
    for (const profile of ['default', 'missing']) {
      const none = new SharedIniFileCredentials({ filedata: text, profile });
      await assert.rejects(none.getCredentials(), { code: 'noCredentials', message: new RegExp(profile) });
    }
  });

  test('EcsTaskCredentials asks the agent that its options name, with the token', async () => {
    await using agent = await Loopback.start(({ headers, path }) =>
      path === '/role' && headers['authorization'] === 'let me'
        ? { body: JSON.stringify(roleKeys) }
        : { status: 403 },
    );
    for (const options of [
      { fullUri: `${agent.url}/role` },
      { relativeUri: '/role', serviceEndpoint: agent.url },
    ]) {
      const given = await new EcsTaskCredentials({ ...options, authHeader: 'let me' }).getCredentials();
      assert.deepEqual(given, inBothForms);
    }
    await assert.rejects(new EcsTaskCredentials().getCredentials(), { code: 'noCredentials' });
  });

  test('EC2MetadataCredentials gives the keys of the role of the instance, and its region', async () => {
    await using home = await Home.with();
    process.env['HOME'] = home.path;
    await using metadata = await Loopback.start(({ path }) => {
      if (path === '/latest/api/token') return { body: 'session' };
      if (path.endsWith('/placement/region')) return { body: 'eu-north-1' };
      return path.endsWith('security-credentials/') ? { body: 'role' } : { body: JSON.stringify(roleKeys) };
    });
    const given = await new EC2MetadataCredentials({ serviceEndpoint: metadata.url }).getCredentials();
    assert.deepEqual(given, { ...inBothForms, region: 'eu-north-1' });
  });

  test('TokenFileWebIdentityCredentials says which of its settings is missing', async () => {
    await assert.rejects(new TokenFileWebIdentityCredentials().getCredentials(), {
      code: 'noCredentials',
      message: /AWS_WEB_IDENTITY_TOKEN_FILE/,
    });
    const half = new TokenFileWebIdentityCredentials({ tokenPath: '/nowhere' });
    await assert.rejects(half.getCredentials(), { code: 'badConfiguration', message: /AWS_ROLE_ARN/ });
  });

  test('a chain takes the first source that has credentials, and stays with it', async () => {
    const asked: string[] = [];
    const source = (name: string, key?: string) => () => ({
      async getCredentials() {
        asked.push(name);
        if (key === undefined) throw new Error(`nothing in ${name}`);
        return { awsAccessKeyId: key, awsSecretKey: 'key' };
      },
    });
    const chain = new CredentialsProviderChain([source('a'), source('b', 'id'), source('c', 'other')]);
    assert.equal((await chain.getCredentials()).accessKeyId, 'id');
    assert.equal((await chain.getCredentials()).awsAccessKeyId, 'id');
    assert.deepEqual(asked, ['a', 'b', 'b']);
    const none = new CredentialsProviderChain([source('a'), () => new EnvironmentCredentials('NONE')]);
    await assert.rejects(none.getCredentials(), {
      code: 'noCredentials',
      message: /nothing in a\n.*NONE_ACCESS_KEY_ID/,
    });
  });

  test('a chain does not pass over a source that is configured and fails', async () => {
    process.env['R2_ACCESS_KEY_ID'] = 'id';
    const chain = new CredentialsProviderChain([
      () => new EnvironmentCredentials('R2'),
      () => ({ getCredentials: async () => ({ awsAccessKeyId: 'other', awsSecretKey: 'key' }) }),
    ]);
    await assert.rejects(chain.getCredentials(), {
      code: 'badConfiguration',
      message: /R2_SECRET_ACCESS_KEY/,
    });
  });

  test('DefaultCredentialsProvider follows the default chain, and getDefaultRegion reads AWS_REGION', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' });
    assert.equal((await DefaultCredentialsProvider.getCredentials()).awsSecretKey, 'key');
    assert.throws(() => getDefaultRegion(), { code: 'noRegion', message: /AWS_REGION/ });
    process.env['AWS_REGION'] = 'eu-west-1';
    assert.equal(getDefaultRegion(), 'eu-west-1');
  });
});
