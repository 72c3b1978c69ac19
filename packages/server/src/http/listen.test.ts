import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, describe, test } from 'node:test';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { type ConnectionBounds, listen } from './listen.ts';
import type { IncomingRequest } from './route.ts';
import { post, send } from './testing/api.ts';
import { openSocket } from './testing/socket.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

/** Sends bytes on a connection of their own, and hears the answer out. */
function exchange(...chunks: readonly (string | Uint8Array)[]): Promise<string> {
  const connection = openSocket(latchkey);
  for (const chunk of chunks) connection.socket.write(chunk);
  return connection.closed();
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const CLOSE = 'Host: localhost\r\nConnection: close\r\n';

test('a request target in absolute form is served by its path (RFC 9112 section 3.2.2)', async () => {
  assert.equal(statusOf(await exchange(`GET http://localhost/healthz HTTP/1.1\r\n${CLOSE}\r\n`)), 200);
  assert.equal(statusOf(await exchange(`GET http://localhost?Action=X HTTP/1.1\r\n${CLOSE}\r\n`)), 400);
});

describe('request bodies', () => {
  const head = (length: number) =>
    `POST /client/register HTTP/1.1\r\n${CLOSE}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  test('a request body that arrives in pieces is read whole', async () => {
    const body = '{"clientName":"Zoë","clientType":"public"}';
    const bytes = Buffer.from(body);
    const connection = openSocket(latchkey);
    connection.socket.write(head(bytes.length));
    for (const byte of bytes) connection.socket.write(Uint8Array.of(byte));
    assert.equal(statusOf(await connection.closed()), 200);
  });

  test('a request body in chunked coding is read whole', async () => {
    const chunks = ['{"clientName":', '"x","clientType":"public"}'];
    const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
    const headers = `${CLOSE}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n`;
    const answer = await exchange(`POST /client/register HTTP/1.1\r\n${headers}\r\n${framed}0\r\n\r\n`);
    assert.equal(statusOf(answer), 200);
  });

  test('a request body over 64 KiB is refused at once, before it ends', async () => {
    const answer = await exchange(head(1_000_000_000), Buffer.alloc(70_000, 'x'));
    assert.equal(statusOf(answer), 400);
    assert.match(answer, /connection: close/i);
    assert.match(answer, /longer than 65536 bytes/);
  });

  test('a form over 64 KiB is refused with a page in browsers and an error elsewhere', async () => {
    const answer = await send(latchkey, '/sign-in', { method: 'POST', body: 'x'.repeat(70_000) });
    assert.equal(answer.status, 413);
  });

  test('a request with both Content-Length and chunked coding is refused, because they may disagree', async () => {
    const headers = `${CLOSE}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`;
    const answer = await exchange(
      `POST /token HTTP/1.1\r\n${headers}\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n`,
    );
    assert.equal(statusOf(answer), 400);
    assert.doesNotMatch(answer, /latchkey_http/);
  });
});

describe('request headers', () => {
  test('a request with up to a hundred headers is accepted, and one with more is refused', async () => {
    const request = (count: number) => {
      const extra = Array.from({ length: count - 2 }, (_, index) => `X-${index}: x\r\n`).join('');
      return `GET /healthz HTTP/1.1\r\n${CLOSE}${extra}\r\n`;
    };
    assert.equal(statusOf(await exchange(request(100))), 200);
    assert.match(await exchange(request(101)), /^HTTP\/1\.1 431 .*at most 100 headers/s);
    assert.equal(statusOf(await exchange(request(1000))), 431);
  });

  test('a request with headers over 32 KiB in all is refused', async () => {
    const request = (length: number) =>
      `GET /healthz HTTP/1.1\r\n${CLOSE}X-Long: ${'x'.repeat(length)}\r\n\r\n`;
    assert.equal(statusOf(await exchange(request(30_000))), 200);
    assert.equal(statusOf(await exchange(request(40_000))), 431);
  });

  test('a request with headers that break the syntax of HTTP is refused', async () => {
    const heads = [
      'GET /healthz HTTP/1.1\r\n\r\n',
      `GET /healthz HTTP/1.1\r\n${CLOSE}Bad Name: x\r\n\r\n`,
      `GET /healthz HTTP/1.1\r\n${CLOSE}X: a\u0000b\r\n\r\n`,
      `GET /health z HTTP/1.1\r\n${CLOSE}\r\n`,
      `GET /healthz HTTP/9.9\r\n${CLOSE}\r\n`,
      'hello\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n',
    ];
    for (const head of heads) assert.equal(statusOf(await exchange(head)), 400, JSON.stringify(head));
  });
});

describe('the origin of a request', () => {
  async function originSeenBy(trustedProxies: readonly string[], forwardedFor: string) {
    const origins: IncomingRequest['origin'][] = [];
    const config = { listen: { host: '127.0.0.1', port: 0 }, trustedProxies };
    const listener = await listen(config, Date.now, async ({ origin }) => {
      origins.push(origin);
      return { status: 204, headers: {}, body: '' };
    });
    const headers = { 'x-forwarded-for': forwardedFor, 'user-agent': 'a program' };
    await fetch(`http://127.0.0.1:${listener.port}/`, { headers });
    await listener.close();
    return origins[0];
  }

  test('the origin of a request is the address that a trusted proxy forwards', async () => {
    const origin = await originSeenBy(['127.0.0.0/8'], '203.0.113.1');
    assert.equal(origin?.address, '203.0.113.1');
    assert.equal(origin?.userAgent, 'a program');
  });

  test('the origin of a request from no trusted proxy is the peer of the socket', async () => {
    assert.equal((await originSeenBy([], '203.0.113.1'))?.address, '127.0.0.1');
    assert.equal((await originSeenBy(['192.0.2.1'], '203.0.113.1'))?.address, '127.0.0.1');
  });
});

describe('plain http behind a trusted proxy', () => {
  const [lan] = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  const skip = lan === undefined && 'this machine has no address but loopback';

  async function statusFor(host: string, trustedProxies: readonly string[]): Promise<number> {
    const config = { listen: { host: '0.0.0.0', port: 0 }, trustedProxies };
    const listener = await listen(config, Date.now, async () => ({ status: 204, headers: {}, body: '' }));
    const { status } = await fetch(`http://${host}:${listener.port}/sign-in`);
    await listener.close();
    return status;
  }

  test('plain http from others than the trusted proxies is refused, so that nobody types a password there', {
    skip,
  }, async () => {
    assert.equal(await statusFor(lan?.address ?? '', ['192.0.2.1']), 403);
  });

  test('plain http from the trusted proxy and from this machine is answered', { skip }, async () => {
    assert.equal(await statusFor(lan?.address ?? '', [lan?.address ?? '']), 204);
    assert.equal(await statusFor('127.0.0.1', ['192.0.2.1']), 204);
  });
});

describe('a proxy on this machine that is not trusted', () => {
  async function ask(config: { readonly baseUrl?: string; readonly trustedProxies: readonly string[] }) {
    const warnings: unknown[] = [];
    const listener = await listen(
      { listen: { host: '127.0.0.1', port: 0 }, ...config },
      Date.now,
      async () => ({ status: 204, headers: {}, body: '' }),
      {},
      { warn: (message, fields) => warnings.push([message, fields]) },
    );
    const headers = { 'x-forwarded-for': '203.0.113.1' };
    const get = (init: RequestInit) => fetch(`http://127.0.0.1:${listener.port}/`, init);
    await get({ headers });
    const forwarded = await get({ headers });
    const direct = (await get({})).status;
    const { status } = forwarded;
    const message = await forwarded.text();
    await listener.close();
    return { status, direct, warnings, message };
  }
  const baseUrl = 'https://sso.example.com';

  test('is refused where people come by https, and the log says so once', async () => {
    const { status, direct, warnings, message } = await ask({ baseUrl, trustedProxies: ['192.0.2.1'] });
    assert.equal(status, 403);
    assert.match(message, /A proxy on this machine sent this, and is not in trustedProxies/);
    assert.deepEqual(warnings, [
      ['plain http was refused from an address that is not in trustedProxies', { address: '127.0.0.1' }],
    ]);
    assert.equal(direct, 204, 'a program on this machine that is no proxy is answered');
  });

  test('is answered once it is trusted, and where nobody comes by https', async () => {
    for (const config of [
      { baseUrl, trustedProxies: ['127.0.0.1'] },
      { baseUrl: 'http://localhost', trustedProxies: ['192.0.2.1'] },
      { trustedProxies: [] },
    ]) {
      const { status, warnings } = await ask(config);
      assert.equal(status, 204);
      assert.deepEqual(warnings, []);
    }
  });
});

describe('limits of connections', () => {
  const bounds = {
    // wall-clock: Node's own timers, which cannot be moved; tests wait until they are over, however long that takes
    ...{ headersTimeoutMs: 20, requestTimeoutMs: 40, checkTimeoutsMs: 10 },
  };
  const head = (length: number) => `POST / HTTP/1.1\r\n${CLOSE}Content-Length: ${length}\r\n\r\n`;

  async function listenWithin(change: Partial<ConnectionBounds>) {
    const config = { listen: { host: '127.0.0.1', port: 0 }, trustedProxies: [] };
    const handle = async () => ({ status: 204, headers: {}, body: '' });
    const listener = await listen(config, Date.now, handle, change);
    return { ...listener, url: `http://127.0.0.1:${listener.port}` };
  }

  test('a request whose headers or body do not arrive in time is given up', async () => {
    const listener = await listenWithin(bounds);
    for (const beginning of ['GET / HTTP/1.1\r\nHost: lo', `${head(10)}half`]) {
      const { socket, closed } = openSocket(listener);
      socket.write(beginning);
      assert.equal(statusOf(await closed()), 408, beginning);
    }
    await openSocket(listener).closed();
    await listener.close();
  });
});

describe('answers', () => {
  test('every answer has a Date by the clock of the instance, by which clients correct theirs', async () => {
    await using other = await startLatchkey();
    other.clock.advance({ days: 10 });
    const { headers } = await send(other, '/healthz');
    assert.equal(headers.get('date'), new Date(other.clock.now()).toUTCString());
  });

  test('every answer has its own request id', async () => {
    const [one, other] = [await post(latchkey, '/token', {}), await post(latchkey, '/token', {})];
    assert.notEqual(one.headers.get('x-amzn-requestid'), other.headers.get('x-amzn-requestid'));
  });

  test('an answer to HEAD has the headers of GET, and no body', async () => {
    const answer = await exchange(`HEAD /healthz HTTP/1.1\r\n${CLOSE}\r\n`);
    assert.equal(statusOf(answer), 200);
    assert.match(answer, /content-length: 3/i);
    assert.ok(answer.endsWith('\r\n\r\n'));
  });

  test('answers to pipelined requests come in the order of the requests', async () => {
    const get = (path: string, headers = 'Host: localhost\r\n') => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
    const answer = await exchange(get('/healthz') + get('/nothing') + get('/readyz', CLOSE));
    assert.deepEqual(
      Array.from(answer.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status]) => status),
      ['200', '404', '200'],
    );
  });
});

describe('draining the listener', () => {
  test('a listener that drains answers requests, new ones too, and ends each connection with its next answer', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const config = { listen: { host: '127.0.0.1', port: 0 }, trustedProxies: [] };
    const handle = async ({ path }: IncomingRequest) => {
      if (path === '/slow') await answered;
      return { status: 204, headers: {}, body: '' };
    };
    const patient = { headersTimeoutMs: 60_000, requestTimeoutMs: 60_001, keepAliveTimeoutMs: 60_000 };
    const listener = await listen(config, Date.now, handle, patient);
    const open = () => openSocket({ url: `http://127.0.0.1:${listener.port}` });
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const idle = open();
    idle.socket.write(get('/'));
    assert.match(await idle.hear(/204[\s\S]*\r\n\r\n/), /connection: keep-alive/i);
    const busy = open();
    busy.socket.write(get('/slow'));
    await fetch(`http://127.0.0.1:${listener.port}`); // by now the server has the slow request
    listener.drain();
    answer();
    idle.socket.write(get('/'));
    const fresh = open();
    fresh.socket.write(get('/'));
    for (const connection of [idle, busy, fresh]) {
      const answers = await connection.closed();
      assert.match(answers.slice(answers.lastIndexOf('HTTP/1.1')), /204[\s\S]*connection: close/i);
    }
    await listener.close();
  });
});

describe('closing the listener', () => {
  const body = '{"clientName":"x","clientType":"public"}';
  const head = `POST /client/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

  test('closing the listener finishes requests in flight, and accepts no new ones', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const closing = await startLatchkey();
    const connection = openSocket(closing);
    connection.socket.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await connection.hear(/ok\n$/);
    connection.socket.write(head);
    connection.socket.write(body.slice(0, 10));
    await send(closing, '/healthz'); // by now the server has the beginning of the request
    const closed = closing.close();
    await assert.rejects(fetch(`${closing.url}/healthz`));
    connection.socket.write(body.slice(10));
    assert.match(await connection.hear(/"clientId"/), /HTTP\/1\.1 200/);
    await passTimeUntil(t, closed, 800);
  });

  test('closing the listener does not wait for idle connections, nor for requests that never end', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const closing = await startLatchkey();
    const idle = openSocket(closing);
    const endless = openSocket(closing);
    endless.socket.write(head);
    idle.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await idle.hear(/ok\n$/);
    await passTimeUntil(t, closing.close(), 800);
    await Promise.all([idle.closed(), endless.closed()]);
  });
});
