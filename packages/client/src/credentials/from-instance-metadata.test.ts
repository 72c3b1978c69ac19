import assert from 'node:assert/strict';
import { mock, suite, test } from 'node:test';
import { fromInstanceMetadata } from './from-instance-metadata.ts';
import { Home } from './testing/home.ts';
import { type Answer, Loopback, type Received } from './testing/loopback.ts';

const answered = {
  Code: 'Success',
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'secret',
  Token: 'token',
  Expiration: '2026-01-01T00:00:00Z',
};

/** As an instance answers it, version 1 switched off. */
function instance({ method, path, headers }: Received): Answer {
  if (method === 'PUT' && path === '/latest/api/token') {
    return headers['x-aws-ec2-metadata-token-ttl-seconds'] === '21600'
      ? { body: 'session' }
      : { status: 400 };
  }
  if (headers['x-aws-ec2-metadata-token'] !== 'session') return { status: 401 };
  if (path === '/latest/meta-data/iam/security-credentials/') return { body: 'builder\n' };
  if (path === '/latest/meta-data/iam/security-credentials/builder')
    return { body: JSON.stringify(answered) };
  return { status: 404 };
}

// Time stands still, so that no answer is late on a slow machine.
mock.timers.enable({ apis: ['setTimeout'] });

suite('fromInstanceMetadata', () => {
  test('fromInstanceMetadata gets the credentials of the role that the instance has', async () => {
    await using home = await Home.with();
    await using metadata = await Loopback.start(instance);
    const env = { ...home.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: `${metadata.url}/` };
    assert.deepEqual(await fromInstanceMetadata({ env })(), {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-01-01T00:00:00Z'),
    });
  });

  test('fromInstanceMetadata asks by IPv6 where environment or profile say so', async () => {
    await using home = await Home.with({
      '.aws/config': '[default]\nec2_metadata_service_endpoint_mode = IPv6',
    });
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      asked.push(new URL(String(url)).origin);
      return new Response('', { status: 403 });
    };
    await assert.rejects(fromInstanceMetadata({ env: home.env })({ fetch }), {
      code: 'noCredentials',
      message: /it answered 403 to a request for a token/,
    });
    assert.deepEqual(asked, ['http://[fd00:ec2::254]']);
    const env = { ...home.env, AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv5' };
    await assert.rejects(fromInstanceMetadata({ env })(), {
      code: 'badConfiguration',
      message: /found "IPv5", expected IPv4 or IPv6/,
    });
  });

  test('fromInstanceMetadata does not apply to an instance without a role', async () => {
    await using home = await Home.with();
    await using metadata = await Loopback.start((request) =>
      request.method === 'PUT' ? instance(request) : { status: 404 },
    );
    const env = { ...home.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url };
    await assert.rejects(fromInstanceMetadata({ env })(), {
      code: 'noCredentials',
      message: `${metadata.url}: the instance has no role`,
    });
  });

  test('fromInstanceMetadata does not apply where nothing answers', async () => {
    await using home = await Home.with();
    const metadata = await Loopback.start(instance);
    const { url } = metadata;
    await metadata[Symbol.asyncDispose]();
    const env = { ...home.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
    await assert.rejects(fromInstanceMetadata({ env })(), {
      code: 'noCredentials',
      message: `${url}: no answer`,
    });
  });

  test('fromInstanceMetadata does not wait longer than it is told for an answer', async () => {
    await using home = await Home.with();
    await using metadata = await Loopback.start(() => {
      mock.timers.tick(90_000);
      return new Promise<Answer>(() => undefined);
    });
    const env = {
      ...home.env,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
      AWS_METADATA_SERVICE_TIMEOUT: '90',
      AWS_METADATA_SERVICE_NUM_ATTEMPTS: '2',
    };
    let attempts = 0;
    const counted: typeof fetch = (...request) => {
      attempts += 1;
      return fetch(...request);
    };
    await assert.rejects(fromInstanceMetadata({ env })({ fetch: counted }), { code: 'noCredentials' });
    assert.equal(attempts, 2);
  });

  test('fromInstanceMetadata refuses a time limit that is none', async () => {
    await using home = await Home.with();
    await assert.rejects(
      fromInstanceMetadata({ env: { ...home.env, AWS_METADATA_SERVICE_TIMEOUT: 'soon' } })(),
      {
        code: 'badConfiguration',
        message: 'Cannot use metadata_service_timeout: found "soon", expected a number above 0',
      },
    );
  });

  test('fromInstanceMetadata refuses an endpoint that is none', async () => {
    await using home = await Home.with();
    await assert.rejects(
      fromInstanceMetadata({ env: { ...home.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: 'metadata' } })(),
      { code: 'badConfiguration', message: /ec2_metadata_service_endpoint: found "metadata"/ },
    );
  });

  test('fromInstanceMetadata says why a role has no credentials', async () => {
    await using home = await Home.with();
    await using metadata = await Loopback.start((request) =>
      request.path.endsWith('/builder')
        ? { body: '{"Code":"AssumeRoleUnauthorizedAccess"}' }
        : instance(request),
    );
    const env = { ...home.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url };
    await assert.rejects(fromInstanceMetadata({ env })(), {
      code: 'credentialsFailed',
      message: /role "builder": AssumeRoleUnauthorizedAccess$/,
    });
  });

  test('fromInstanceMetadata is not asked where AWS_EC2_METADATA_DISABLED says so', async () => {
    await using home = await Home.with();
    const fetch = () => assert.fail('sent');
    const env = { ...home.env, AWS_EC2_METADATA_DISABLED: 'true' };
    await assert.rejects(fromInstanceMetadata({ env })({ fetch }), {
      code: 'noCredentials',
      message: 'AWS_EC2_METADATA_DISABLED is true',
    });
  });
});
