import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signSigV4 } from '@latchkey/wire';
import { skipWithoutOpenssl } from '../interop/harness/certificate.ts';
import { CLIENT_ADDRESS, type Deployment, deploy, PASSWORD } from './harness/deployment.ts';
import { programOf, proxies, type ReverseProxy } from './harness/proxies.ts';
import type { Visitor } from './harness/visitor.ts';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const TOKEN_HEADER = 'x-amz-sso_bearer_token';

/** Signs a device in as a person would: with a password, in a browser that comes by the proxy. */
async function signIn(device: Visitor, browser: Visitor): Promise<string> {
  const { clientId = '', clientSecret = '' } = await device.call('/client/register', {
    ...{ clientName: 'a client', clientType: 'public', scopes: ['sso:account:access'] },
  });
  const client = { clientId, clientSecret };
  const startUrl = `https://${device.host}/start`;
  const started = await device.call('/device_authorization', { ...client, startUrl });
  const { verificationUriComplete = '', deviceCode = '', userCode = '' } = started;
  const origin = `https://${browser.host}`;
  assert.ok(verificationUriComplete.startsWith(`${origin}/device?`), verificationUriComplete);
  const asked = await browser.get(verificationUriComplete.replace(origin, ''), { accept: 'text/html' });
  const form = await browser.get(asked.location, { accept: 'text/html' });
  const person = { user_name: 'alice', password: PASSWORD };
  const signedIn = await browser.fill('/sign-in', { ...form.hidden, ...person });
  const question = await browser.get(signedIn.location, { accept: 'text/html' });
  assert.match(question.text, new RegExp(`<dt>From</dt><dd><bdi>${CLIENT_ADDRESS}</bdi>`));
  const confirmation = userCode.slice(-4);
  const answered = await browser.fill('/device', { ...question.hidden, decision: 'allow', confirmation });
  assert.match(answered.location, /^\/device\/allowed/);
  const { accessToken = '' } = await device.call('/token', { ...client, deviceCode, grantType: DEVICE_CODE });
  return accessToken;
}

/** Calls STS with role credentials. @returns the answer */
async function callerIdentity(device: Visitor, accessToken: string): Promise<string> {
  const query = 'account_id=111122223333&role_name=Developer';
  const answer = await device.get(`/federation/credentials?${query}`, { [TOKEN_HEADER]: accessToken });
  assert.equal(answer.status, 200, answer.text);
  const credentials = JSON.parse(answer.text).roleCredentials;
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const headers = { host: device.host, 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) };
  const options = { credentials, service: 'sts', region: 'us-east-1', nowMs: Date.now() };
  const signed = await signSigV4(request, options);
  return (await device.send('POST', '/', signed.headers, body)).text;
}

/** The address that Latchkey has for a request. */
async function addressOf({ logged }: Deployment, path: string): Promise<string | undefined> {
  const [line] = await logged(new RegExp(`^\\{.*"path":"${path}".*"msg":"request"\\}$`));
  return JSON.parse(line).address;
}

for (const proxy of proxies) {
  const isThere = programOf(proxy) !== undefined;
  const isRequired = process.env['CI'] !== undefined && proxy.name !== 'Traefik';
  const skip =
    skipWithoutOpenssl || (!isThere && !isRequired && `${proxy.program} not found: ${proxy.source}`);

  describe(`the sample for ${proxy.name}`, { skip }, () => {
    test('a person signs a device in, and the device gets role credentials, with which STS knows it', async (t) => {
      const { visitor } = await deploy(t, proxy);
      const accessToken = await signIn(visitor(), visitor());
      const identity = await callerIdentity(visitor(), accessToken);
      assert.match(
        identity,
        /<Arn>arn:aws:sts::111122223333:assumed-role\/AWSReservedSSO_Developer_\w+\/alice<\/Arn>/,
      );
    });

    test('the address is that of the caller, whatever headers the caller writes', async (t) => {
      const deployment = await deploy(t, proxy);
      const { visitor } = deployment;
      const claims = ['203.0.113.9', '127.0.0.1', 'unknown', '127.0.0.1, 203.0.113.9'];
      for (const claim of claims) {
        const headers = { 'x-forwarded-for': claim, forwarded: `for=${claim}`, 'x-real-ip': claim };
        assert.equal((await visitor().get('/readyz', { ...headers, X_Forwarded_For: claim })).status, 200);
      }
      const twice = `GET /readyz HTTP/1.1\r\nHost: ${visitor().host}\r\nConnection: close\r\n`;
      const lines = claims.map((claim) => `X-Forwarded-For: ${claim}\r\n`).join('');
      assert.match(await visitor().exchange(`${twice}${lines}\r\n`), /^HTTP\/1\.1 200/);
      for (const claim of [...claims, 'all of them']) {
        assert.equal(await addressOf(deployment, '/readyz'), CLIENT_ADDRESS, claim);
      }
    });

    test('metrics are not published, however their path is written', async (t) => {
      const { visitor } = await deploy(t, proxy);
      for (const path of [
        '/metrics',
        '/metrics?x=y',
        '/metrics/',
        '//metrics',
        '/./metrics',
        '/x/../metrics',
        '/%6detrics',
        '/metrics%2f',
        '/Metrics',
        '/metrics;x',
        '/metrics%00',
        '/metrics%20',
      ]) {
        const { host } = visitor();
        for (const target of [path, `https://${host}${path}`]) {
          const request = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
          const answer = await visitor().exchange(request);
          assert.match(answer, /^HTTP\/1\.\d 4\d\d /, target);
          assert.doesNotMatch(answer, /latchkey_/, target);
        }
      }
      assert.equal((await visitor().get('/healthz')).status, 200, 'other paths are');
    });

    test('two hosts in one request are refused', async (t) => {
      const { visitor } = await deploy(t, proxy);
      const { host } = visitor();
      for (const hosts of [
        [host, 'evil.example'],
        ['evil.example', host],
      ]) {
        const lines = hosts.map((each) => `Host: ${each}\r\n`).join('');
        const request = `GET /healthz HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`;
        assert.match(await visitor().exchange(request), /^HTTP\/1\.\d 400 /, hosts.join());
      }
    });
  });
}

describe('what a proxy without a part of its sample does', { skip: skipOf('nginx') }, () => {
  const nginx = proxies.find(({ program }) => program === 'nginx') as ReverseProxy;

  test('nginx that drops headers with underscores is noticed in the answer and in the log', async (t) => {
    const { visitor, logged } = await deploy(t, nginx, {
      sample: (text) => text.replace('underscores_in_headers on;\n', ''),
    });
    const accessToken = await signIn(visitor(), visitor());
    const { status, text } = await visitor().get('/assignment/accounts', { [TOKEN_HEADER]: accessToken });
    assert.equal(status, 401);
    assert.match(
      text,
      /the header x-amz-sso_bearer_token is missing\. Does a proxy drop headers with underscores\?/,
    );
    await logged(/"level":40,.*does a proxy drop headers with underscores\?/);
  });

  test('nginx that is not in trustedProxies is refused, and the log has its address', async (t) => {
    const { visitor, logged } = await deploy(t, nginx, {
      settings: (text) => text.replace(/^trustedProxies: .*$/m, 'trustedProxies: [192.0.2.1]'),
    });
    const { status, text } = await visitor().get('/sign-in');
    assert.equal(status, 403);
    assert.match(text, /A proxy on this machine sent this, and is not in trustedProxies/);
    await logged(/"level":40,.*"address":"127\.0\.0\.1".*plain http was refused/);
  });

  test('nginx that sends no X-Forwarded-For is noticed in the log', async (t) => {
    const { visitor, logged } = await deploy(t, nginx, {
      sample: (text) => text.replace('X-Forwarded-For', 'X-Real-IP'),
    });
    assert.equal((await visitor().get('/healthz')).status, 200);
    await logged(/"level":40,.*"proxy":"127\.0\.0\.1".*a trusted proxy sends no X-Forwarded-For/);
  });
});

function skipOf(program: string): string | false {
  const proxy = proxies.find((each) => each.program === program);
  const isThere = proxy !== undefined && programOf(proxy) !== undefined;
  return skipWithoutOpenssl || (!isThere && process.env['CI'] === undefined && `${program} not found`);
}
