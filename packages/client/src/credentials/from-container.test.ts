import assert from 'node:assert/strict';
import { mock, suite, test } from 'node:test';
import { fromContainer } from './from-container.ts';
import { Home } from './testing/home.ts';
import { type Answer, Loopback } from './testing/loopback.ts';

const answered = {
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'secret',
  Token: 'token',
  Expiration: '2026-01-01T00:00:00Z',
  AccountId: '000000000042',
};
const fullUri = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';

async function startAgent(...answers: readonly Answer[]): Promise<Loopback> {
  const queue = [...answers];
  return await Loopback.start(() => queue.shift() ?? { body: JSON.stringify(answered) });
}

// Time stands still, so that no answer is late on a slow machine.
mock.timers.enable({ apis: ['setTimeout'] });

suite('fromContainer', () => {
  test('fromContainer asks the agent that the variables name, with the token for it', async () => {
    await using agent = await startAgent();
    const env = { [fullUri]: `${agent.url}/role?a=b`, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Basic abc' };
    assert.deepEqual(await fromContainer({ env })(), {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-01-01T00:00:00Z'),
      accountId: '000000000042',
    });
    assert.equal(agent.received[0]?.path, '/role?a=b');
    assert.equal(agent.received[0]?.headers['authorization'], 'Basic abc');
  });

  test('fromContainer reads the token from its file anew each time, because the platform replaces it', async () => {
    await using agent = await startAgent();
    await using home = await Home.with();
    const file = await home.write('token', 'one');
    const env = {
      [fullUri]: agent.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'never sent',
    };
    const provider = fromContainer({ env });
    await provider();
    await home.write('token', 'two');
    await provider();
    assert.deepEqual(
      agent.received.map(({ headers }) => headers['authorization']),
      ['one', 'two'],
    );
  });

  test('fromContainer asks the agent of ECS for a relative address', async () => {
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      asked.push(String(url));
      return Response.json(answered);
    };
    await fromContainer({ env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/1' } })({ fetch });
    assert.deepEqual(asked, ['http://169.254.170.2/v2/credentials/1']);
  });

  test('fromContainer asks nobody else for a relative address that names another host', async () => {
    const asked: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      asked.push(new URL(String(url)).host);
      return Response.json(answered);
    };
    for (const address of ['//example.com/role', '@example.com/', 'http://example.com/', '.example.com']) {
      await fromContainer({ env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: address } })({ fetch });
    }
    assert.deepEqual(new Set(asked), new Set(['169.254.170.2']));
  });

  test('fromContainer asks again when the agent is not well', async () => {
    await using agent = await startAgent({ status: 500 }, { status: 503 });
    assert.equal((await fromContainer({ env: { [fullUri]: agent.url } })()).accessKeyId, 'ASIAEXAMPLE');
    assert.equal(agent.received.length, 3);
  });

  test('fromContainer says what the agent said when it refused', async () => {
    await using agent = await startAgent({ status: 400, body: '{"code":"X","message":"no such task"}' });
    await assert.rejects(fromContainer({ env: { [fullUri]: agent.url } })(), {
      code: 'credentialsFailed',
      message: `Cannot get credentials from ${agent.url}/: it answered 400: no such task`,
    });
  });

  for (const address of [
    'http://example.com/',
    'http://169.254.170.3/',
    'http://127.0.0.1.example.com/',
    'ftp://localhost/',
    'nonsense',
  ]) {
    test(`fromContainer does not send the token to ${address}`, async () => {
      const fetch = () => assert.fail('sent');
      await assert.rejects(fromContainer({ env: { [fullUri]: address } })({ fetch }), {
        code: 'badConfiguration',
        message: new RegExp(`found "${address}", expected https, or http to this machine`),
      });
    });
  }

  for (const address of [
    'https://example.com/',
    'http://169.254.170.23/',
    'http://[fd00:ec2::23]/',
    'http://[::1]:8080/',
    'http://localhost/',
  ]) {
    test(`fromContainer asks ${address}`, async () => {
      const fetch = async () => Response.json(answered);
      assert.ok(await fromContainer({ env: { [fullUri]: address } })({ fetch }));
    });
  }

  test('fromContainer refuses a token with line breaks, which would make headers of its own', async () => {
    const env = { [fullUri]: 'http://localhost/', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'a\r\nhost: b' };
    await assert.rejects(fromContainer({ env })(), {
      code: 'badConfiguration',
      message: /it has line breaks/,
    });
  });

  test('fromContainer says of an agent that is configured that it does not answer', async () => {
    const env = { [fullUri]: 'http://127.0.0.1/role' };
    const fetch = () => Promise.reject(new TypeError('nobody there'));
    await assert.rejects(fromContainer({ env })({ fetch }), {
      code: 'credentialsFailed',
      message: 'Cannot get credentials from http://127.0.0.1/role: it does not answer',
    });
  });

  test('fromContainer does not apply where no variable names an agent', async () => {
    await assert.rejects(fromContainer({ env: {} })(), { code: 'noCredentials' });
  });
});
