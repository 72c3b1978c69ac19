import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import type { Dropped } from '../limits/drops.ts';
import type { Certificate } from './certificate.ts';
import { type ConnectionBounds, listen } from './listen.ts';
import { mostConnections } from './open-files.ts';
import type { IncomingRequest } from './route.ts';
import { tls } from './testing/certificate.ts';
import { openSocket, type RawConnection } from './testing/socket.ts';

const patient = { headersTimeoutMs: 60_000, requestTimeoutMs: 60_001, keepAliveTimeoutMs: 60_000 };
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const post = (length: number, body = '', headers = '') =>
  `POST / HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: ${length}\r\n\r\n${body}`;

/** A server whose answer to `/wait` is held back until `answer` is called, and whose answer to `/long` is long. */
async function start(
  change: Partial<ConnectionBounds>,
  {
    host = '127.0.0.1',
    ...config
  }: { tls?: Certificate; trustedProxies?: readonly string[]; host?: string } = {},
) {
  const dropped: string[] = [];
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const handle = async ({ path }: IncomingRequest) => {
    if (path === '/wait') await answered;
    const body = path === '/long' ? 'x'.repeat(64 * 1024 * 1024) : `<${path}>`;
    return { status: 200, headers: {}, body };
  };
  const listener = await listen(
    { trustedProxies: [], ...config, listen: { host, port: 0 } },
    Date.now,
    handle,
    { ...patient, ...change },
    { drop: (what: Dropped, address: string) => void dropped.push(`${what} ${address}`) },
  );
  const url = `${config.tls === undefined ? 'http' : 'https'}://127.0.0.1:${listener.port}`;
  const open = (localAddress?: string) => openSocket({ url }, localAddress);
  /** Opens a connection, and sends something that is answered at once. */
  const ask = async (localAddress: string, request = get('/')) => {
    const connection = open(localAddress);
    connection.socket.write(request);
    await connection.hear(/<\/.*>/);
    return connection;
  };
  return { ...listener, url, dropped, answer, open, ask };
}

/** Asks on a connection that was answered before. */
async function askAgain({ socket, hear }: RawConnection): Promise<void> {
  socket.write(get('/again'));
  await hear(/<\/again>/);
}

/** Sends a request of which the server has the beginning before any connection that is opened later is answered. */
async function begin(connection: RawConnection, bytes: string): Promise<void> {
  await new Promise((resolve) => connection.socket.write(bytes, resolve));
}

describe('connections', () => {
  test('for one beyond the limit, the one is closed that has waited for longest, of the address with the most', async () => {
    const server = await start({ maxConnections: 4 });
    const other = await server.ask('127.0.0.2');
    const [first, second, third] = [
      await server.ask('127.0.0.3'),
      await server.ask('127.0.0.3'),
      await server.ask('127.0.0.3'),
    ];
    await askAgain(first);
    const newcomer = await server.ask('127.0.0.4');
    await second.closed();
    assert.deepEqual(server.dropped, ['connection 127.0.0.3']);
    for (const connection of [other, first, third, newcomer]) await askAgain(connection);
    await server.close();
  });

  const waiting: Readonly<Record<string, (connection: RawConnection) => Promise<unknown>>> = {
    'says nothing': (connection) => begin(connection, ''),
    'sends half of its headers': (connection) => begin(connection, 'GET / HTTP/1.1\r\nHost: lo'),
    'sends half of a body': (connection) => begin(connection, post(10, 'half')),
    'waits between two requests': async (connection) => {
      await begin(connection, get('/'));
      await connection.hear(/<\/>/);
    },
    'does not read its answer': async (connection) => {
      await begin(connection, get('/long'));
      await connection.hear(/x/);
      connection.socket.pause();
    },
  };
  for (const [what, wait] of Object.entries(waiting)) {
    test(`a connection that ${what} is closed for another one`, async () => {
      for (const config of [{}, { tls }]) {
        const server = await start({ maxConnections: 2 }, config);
        const crowd = [server.open('127.0.0.2'), server.open('127.0.0.2')];
        for (const connection of crowd) await wait(connection);
        const newcomer = await server.ask('127.0.0.3');
        assert.deepEqual(server.dropped, ['connection 127.0.0.2']);
        await askAgain(newcomer);
        for (const { socket } of crowd) socket.destroy();
        await server.close();
      }
    });
  }

  test('a TLS handshake that does not go on is given up for another connection', async () => {
    const server = await start({ maxConnections: 2 }, { tls });
    const plain = { url: server.url.replace('https', 'http') };
    const crowd = [openSocket(plain, '127.0.0.2'), openSocket(plain, '127.0.0.2')];
    for (const connection of crowd) await begin(connection, '\u0016\u0003\u0001');
    await askAgain(await server.ask('127.0.0.3'));
    assert.deepEqual(server.dropped, ['connection 127.0.0.2']);
    for (const { socket } of crowd) socket.destroy();
    await server.close();
  });

  for (const [scheme, config] of Object.entries({ http: {}, https: { tls } })) {
    test(`over ${scheme} a connection whose request is being answered is not closed, whoever comes`, async () => {
      const server = await start({ maxConnections: 3 }, config);
      await server.ask('127.0.0.2');
      const busy = server.open('127.0.0.2');
      busy.socket.write(get('/wait'));
      for (let last = 3; last < 9; last += 1) await askAgain(await server.ask(`127.0.0.${last}`));
      server.answer();
      await busy.hear(/<\/wait>/);
      await server.close();
    });
  }

  test('a connection is refused where all others are being answered', async () => {
    const server = await start({ maxConnections: 2 });
    const busy = [server.open('127.0.0.2'), server.open('127.0.0.2')];
    for (const { socket } of busy) socket.write(get('/wait'));
    const refused = server.open('127.0.0.3');
    // Until the server has the whole of both requests, it may close one of their connections instead.
    while (server.dropped.length === 0) await new Promise(setImmediate);
    if (server.dropped[0] === 'connection 127.0.0.3') assert.equal(await refused.closed(), '');
    server.answer();
    for (const { socket } of [...busy, refused]) socket.destroy();
    await server.close();
  });

  test('sixty addresses that hold all connections keep nobody out', async () => {
    const server = await start({ maxConnections: 120 });
    const crowd: RawConnection[] = [];
    for (let index = 0; index < 180; index += 1) {
      const connection = server.open(`127.0.1.${1 + (index % 60)}`);
      crowd.push(connection);
      await begin(connection, 'GET / HTTP/1.1\r\nHost: lo');
    }
    const others = [];
    for (let last = 1; last <= 20; last += 1) others.push(await server.ask(`127.0.0.${last}`));
    for (const other of others) await askAgain(other);
    for (const { socket } of crowd) socket.destroy();
    await server.close();
  });

  test('connections of trusted proxies and of all others do not push out each other', async () => {
    const server = await start({ maxConnections: 1 }, { trustedProxies: ['127.0.0.2', '127.0.0.3'] });
    const proxy = await server.ask('127.0.0.2');
    const client = await server.ask('127.0.0.1');
    await askAgain(proxy);
    await askAgain(client);
    assert.deepEqual(server.dropped, []);
    await server.ask('127.0.0.3');
    await proxy.closed();
    assert.deepEqual(server.dropped, ['connection 127.0.0.2']);
    await server.close();
  });

  test('connections to both addresses of localhost count together', async () => {
    const server = await start({ maxConnections: 1 }, { host: 'localhost' });
    const first = await server.ask('127.0.0.2');
    for (const host of ['127.0.0.1', '[::1]']) {
      assert.equal((await fetch(`http://${host}:${server.port}/`)).status, 200, host);
    }
    await first.closed();
    assert.equal(server.dropped.length, 2);
    await server.close();
  });

  test('there are no more connections than the operating system lets the process open, and some files besides', () => {
    const limits = (soft: string) =>
      `Limit  Soft Limit  Hard Limit  Units\nMax open files  ${soft}  524288  files\n`;
    assert.equal(mostConnections(1, limits('1024')), 896);
    assert.equal(mostConnections(2, limits('1024')), 448);
    assert.equal(mostConnections(1, limits('64')), 16);
    assert.equal(mostConnections(1, limits('unlimited')), Number.POSITIVE_INFINITY);
    assert.ok(mostConnections(1) > 0);
  });
});

describe('request bodies held in memory', () => {
  const page = 4096;
  const two = 'x'.repeat(2 * page);

  test('beyond the limit of all together, the newest body of the address with the most is refused', async () => {
    const server = await start({ maxHeldBodyBytes: 5 * page });
    const [older, newer, other] = [
      server.open('127.0.0.2'),
      server.open('127.0.0.2'),
      server.open('127.0.0.3'),
    ];
    for (const { socket } of [older, newer]) {
      socket.write(post(3 * page, two));
      await server.ask('127.0.0.9'); // by now the server has the beginning
    }
    other.socket.write(post(2 * page, two));
    await other.hear(/<\/>/);
    const refusal = await newer.closed();
    assert.match(refusal, /^HTTP\/1\.1 503 /);
    assert.match(refusal, /retry-after: 1/i);
    assert.match(refusal, /connection: close/i);
    assert.deepEqual(server.dropped, ['body 127.0.0.2']);
    older.socket.write('x'.repeat(page));
    await older.hear(/<\/>/);
    await server.close();
  });

  test('a body for which there is no room is refused where no address has more', async () => {
    const server = await start({ maxHeldBodyBytes: 2 * page });
    const crowd = [server.open('127.0.0.2'), server.open('127.0.0.3')];
    for (const { socket } of crowd) {
      socket.write(post(10, 'half'));
      await server.ask('127.0.0.9');
    }
    const newcomer = server.open('127.0.0.4');
    newcomer.socket.write(post(10, 'half'));
    assert.match(await newcomer.closed(), /^HTTP\/1\.1 503 /);
    assert.deepEqual(server.dropped, ['body 127.0.0.4']);
    for (const { socket, hear } of crowd) {
      socket.write('-empty');
      await hear(/<\/>/);
    }
    await server.close();
  });

  test('a body takes room until its request is answered or its connection lost, and no longer', async () => {
    const server = await start({ maxHeldBodyBytes: 2 * page });
    for (let count = 0; count < 5; count += 1) {
      const connection = await server.ask('127.0.0.2', post(2 * page, two));
      connection.socket.destroy();
    }
    for (let count = 0; count < 5; count += 1) {
      const lost = server.open('127.0.0.2');
      await begin(lost, post(3 * page, two));
      await server.ask('127.0.0.9');
      lost.socket.destroy();
      await server.ask('127.0.0.9');
    }
    await server.ask('127.0.0.2', post(2 * page, two));
    assert.deepEqual(server.dropped, []);
    await server.close();
  });

  test('behind a trusted proxy bodies count for the client that the proxy names', async () => {
    const server = await start({ maxHeldBodyBytes: 4 * page }, { trustedProxies: ['127.0.0.1'] });
    const from = (address: string) => `X-Forwarded-For: ${address}\r\n`;
    const crowd = ['2001:db8:1:1::1', '2001:db8:1:2::1'].map((address) => {
      const connection = server.open();
      connection.socket.write(post(2 * page + 1, two, from(address)));
      return connection;
    });
    await server.ask('127.0.0.1');
    await server.ask('127.0.0.1', post(page, 'x'.repeat(page), from('192.0.2.1')));
    assert.equal(server.dropped.length, 1);
    assert.match(server.dropped[0] ?? '', /^body 2001:db8:1:[12]::1$/, 'one of the two that share a /48');
    for (const { socket } of crowd) socket.destroy();
    await server.close();
  });
});

describe('a request that is shed', () => {
  test('is answered with 503 and Retry-After, while health checks are answered as always', async () => {
    const server = await start({ maxWaitingRequests: 0 });
    const connection = server.open('127.0.0.2');
    connection.socket.write(get('/token'));
    const answer = await connection.hear(/try again/);
    assert.match(answer, /^HTTP\/1\.1 503 /);
    assert.match(answer, /retry-after: 1/i);
    assert.match(answer, /connection: keep-alive/i);
    assert.deepEqual(server.dropped, ['request 127.0.0.2']);
    for (const path of ['/healthz', '/readyz?now', '/metrics']) await server.ask('127.0.0.2', get(path));
    await server.close();
  });

  test('is the last one read from its connection for a second, unless a trusted proxy brings it', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const server = await start({ maxWaitingRequests: 0 }, { trustedProxies: ['127.0.0.2'] });
    const [proxy, client] = [server.open('127.0.0.2'), server.open('127.0.0.1')];
    for (const { socket, hear } of [proxy, client]) {
      socket.write(get('/'));
      await hear(/try again/);
      socket.write(get('/healthz'));
    }
    await proxy.hear(/<\/healthz>/);
    for (let round = 0; round < 20; round += 1) await server.ask('127.0.0.1', get('/healthz'));
    assert.doesNotMatch(client.heard(), /healthz/);
    t.mock.timers.tick(1000);
    await client.hear(/<\/healthz>/);
    await passTimeUntil(t, server.close(), 800);
  });

  test('is one of many that come at once; each of these gets an answer or 503, and none is lost', async () => {
    const server = await start({ maxWaitingRequests: 5 });
    const crowd = Array.from({ length: 200 }, () => server.open('127.0.0.2'));
    for (const { socket } of crowd) socket.write(get('/'));
    const answers = await Promise.all(crowd.map(({ hear }) => hear(/<\/>|try again/)));
    const statuses = answers.map((answer) => answer.slice(9, 12));
    assert.equal(statuses.filter((status) => status === '503').length, server.dropped.length);
    assert.ok(
      statuses.every((status) => status === '200' || status === '503'),
      statuses.join(),
    );
    await server.close();
  });
});
