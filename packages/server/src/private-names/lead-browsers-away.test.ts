import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { IncomingRequest } from '../http/route.ts';
import { openSocket } from '../http/testing/socket.ts';
import { leadBrowsersAway } from './lead-browsers-away.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

const OIDC = 'oidc.us-east-1.amazonaws.com';
const HTML = { accept: 'text/html,application/xhtml+xml' };

/** Sends a request whose Host and target are not those of the connection. */
async function ask(target: string, headers: Readonly<Record<string, string>>, method = 'GET') {
  const connection = openSocket(latchkey);
  const lines = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  connection.socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const answer = await connection.closed();
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
    location: /^location: (.*?)\r$/im.exec(answer)?.[1],
  };
}

test("a browser that comes by a host name of AWS's is sent on to the same page at baseUrl", async () => {
  for (const [method, target] of [
    ['GET', '/authorize?response_type=code&state=a%2Fb'],
    ['GET', '/device?user_code=BCDF-GHJK'],
    ['HEAD', '/start'],
    ['GET', '/'],
    ['GET', '//evil.example/'],
  ] as const) {
    const answer = await ask(target, { host: OIDC, ...HTML }, method);
    assert.deepEqual(answer, { status: 302, location: `${latchkey.url}${target}` }, target);
  }
});

test('no request target leads a browser to another origin than baseUrl', async () => {
  for (const target of ['http://evil.example/x', '*', 'http://evil.example', '/\\evil.example']) {
    const { location } = await ask(target, { host: OIDC, ...HTML });
    assert.ok(location === undefined || new URL(location).origin === latchkey.url, `${target}: ${location}`);
  }
});

/** Where a browser that asks for a page at the host name of SSO OIDC is sent. */
async function destination(baseUrl: string, path: string, query: string): Promise<unknown> {
  const answered = { operation: 'here', response: { status: 200, headers: {}, body: '' } };
  const router = { answer: async () => answered, isOperation: () => false };
  const leading = leadBrowsersAway(router, { baseUrl, instance: { region: 'us-east-1', startUrls: [] } });
  const request: IncomingRequest = {
    ...{ method: 'GET', path, query, body: new Uint8Array(), oversized: false },
    headers: { host: OIDC, ...HTML },
    origin: { address: '127.0.0.1', userAgent: '', requestId: '' },
  };
  return (await leading.answer(request)).response.headers['location'];
}

test('whatever path and query a browser comes with, it is sent to them at baseUrl', async () => {
  const baseUrl = 'https://sso.example.com';
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (path, query) => {
      const location = await destination(baseUrl, path, query);
      if (!path.startsWith('/')) return assert.equal(location, undefined);
      assert.equal(location, `${baseUrl}${path}${query === '' ? '' : `?${query}`}`);
      return assert.equal(new URL(String(location)).origin, baseUrl);
    }),
  );
});

test("a browser stays where a host name of AWS's is that of baseUrl itself", async () => {
  assert.equal(await destination(`https://${OIDC}`, '/authorize', ''), undefined);
});

test("programs that come by a host name of AWS's are answered there", async () => {
  const portal = await ask('/assignment/accounts', { host: 'portal.sso.us-east-1.amazonaws.com' });
  assert.deepEqual(portal, { status: 401, location: undefined });
  const sts = await ask('/?Action=GetCallerIdentity&Version=2011-06-15', {
    host: 'sts.us-east-1.amazonaws.com',
  });
  assert.deepEqual(sts, { status: 403, location: undefined });
  assert.deepEqual(await ask('/unknown', { host: OIDC }), { status: 404, location: undefined });
});

test('browsers at any other host name stay there', async () => {
  const { host } = new URL(latchkey.url);
  for (const name of [host, '127.0.0.1', 'oidc.eu-west-1.amazonaws.com', `x.${OIDC}`]) {
    const { location } = await ask('/healthz', { host: name, ...HTML });
    assert.equal(location, undefined, name);
  }
});
