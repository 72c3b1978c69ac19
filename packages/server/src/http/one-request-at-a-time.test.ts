import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import type { Dropped } from '../limits/drops.ts';
import { listen } from './listen.ts';
import type { IncomingRequest } from './route.ts';
import { tls } from './testing/certificate.ts';
import { openSocket } from './testing/socket.ts';

const listenAt = { listen: { host: '127.0.0.1', port: 0 }, trustedProxies: [] };
const transports = {
  http: listenAt,
  https: { ...listenAt, tls },
};
const patient = { headersTimeoutMs: 60_000, requestTimeoutMs: 60_001, keepAliveTimeoutMs: 60_000 };

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

for (const [scheme, config] of Object.entries(transports)) {
  async function start(answer: (request: IncomingRequest) => Promise<string>) {
    const dropped: string[] = [];
    const handle = async (request: IncomingRequest) => ({
      status: 200,
      headers: {},
      body: await answer(request),
    });
    const drop = (what: Dropped, address: string) => void dropped.push(`${what} ${address}`);
    const listener = await listen(config, Date.now, handle, patient, { drop });
    const url = `${scheme}://127.0.0.1:${listener.port}`;
    /** Resolves when the server has done what it can with all that arrived before. */
    const settle = async () => {
      for (let round = 0; round < 20; round += 1) {
        const probe = openSocket({ url });
        probe.socket.write(get('/probe'));
        await probe.hear(/probed/);
        probe.socket.destroy();
      }
    };
    return { ...listener, url, dropped, settle };
  }

  describe(`pipelined requests over ${scheme}`, () => {
    const header = fc.constantFrom('', 'X: a\r\n', 'Cookie: a=b; c=d\r\n');
    const text = fc.constantFrom(
      '',
      'x',
      '\r\n',
      '\r\n\r\n',
      'a\r\n\r\nGET /no HTTP/1.1\r\n\r\n',
      'y'.repeat(3000),
    );
    const request = fc.oneof(
      fc.record({ method: fc.constant('GET'), header, body: fc.constant([]) }),
      fc.record({
        method: fc.constant('POST'),
        header,
        body: fc.array(text, { maxLength: 3 }),
        chunked: fc.boolean(),
      }),
    );

    function write(
      {
        method,
        header,
        body,
        chunked = false,
      }: { method: string; header: string; body: readonly string[]; chunked?: boolean },
      index: number,
    ): string {
      const head = `${method} /${index} HTTP/1.1\r\nHost: localhost\r\n${header}`;
      if (method === 'GET') return `${head}\r\n`;
      if (!chunked) return `${head}Content-Length: ${body.join('').length}\r\n\r\n${body.join('')}`;
      const chunks = body.filter(Boolean).map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
      return `${head}Transfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`;
    }

    test('however they are cut into packets, they are answered in order, and begun one after the other', async () => {
      let underWay = 0;
      const server = await start(async ({ path, body }) => {
        underWay += 1;
        assert.equal(underWay, 1);
        await new Promise(setImmediate);
        underWay -= 1;
        return `<${path} ${Buffer.from(body).toString('latin1')}>`;
      });
      const cuts = fc.array(fc.nat(), { maxLength: 5 });
      const blanks = fc.constantFrom('', '\r\n', '\r\n\r\n');
      await fc.assert(
        fc.asyncProperty(
          fc.array(request, { minLength: 1, maxLength: 6 }),
          cuts,
          blanks,
          async (requests, at, blank) => {
            const bytes = requests.map((each, index) => blank + write(each, index)).join('');
            const expected = requests.map(({ body }, index) => `</${index} ${body.join('')}>`).join('');
            const connection = openSocket(server);
            connection.socket.setNoDelay(true);
            const ends = [...at.map((end) => end % bytes.length), bytes.length].toSorted((a, b) => a - b);
            for (const [index, end] of ends.entries()) {
              connection.socket.write(bytes.slice(ends[index - 1] ?? 0, end), 'latin1');
              await new Promise(setImmediate);
            }
            await connection.hear(new RegExp(`</${requests.length - 1} [^]*>$`));
            connection.socket.destroy();
            const bodies = connection.heard().replaceAll(/HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*\r\n/g, '');
            assert.equal(bodies, expected);
          },
        ),
      );
      await server.close();
    });

    test('a request cut into single bytes is read, and the one behind it', async () => {
      const server = await start(async ({ path, body }) => `<${path} ${Buffer.from(body)}>`);
      const connection = openSocket(server);
      connection.socket.setNoDelay(true);
      const bytes = `${write({ method: 'POST', header: '', body: ['ab', 'c'], chunked: true }, 1)}${get('/2')}`;
      for (const byte of bytes) {
        connection.socket.write(byte);
        await new Promise(setImmediate);
      }
      assert.match(await connection.hear(/<\/2 >/), /<\/1 abc>/);
      connection.socket.destroy();
      await server.close();
    });

    test('of thousands that arrive at once, one is parsed, and most are not even read, until it is answered', async () => {
      const parsed: IncomingMessage[] = [];
      const note = (event: unknown) => parsed.push((event as { request: IncomingMessage }).request);
      subscribe('http.server.request.start', note);
      const { promise: answered, resolve: answer } = Promise.withResolvers<string>();
      const server = await start(async ({ path }) =>
        path === '/0' ? answered : path === '/probe' ? 'probed' : 'yes',
      );
      const connection = openSocket(server);
      const count = 200_000;
      connection.socket.write(get('/0') + get('/more').repeat(count - 2) + get('/last'));
      await server.settle();
      const own = parsed.filter(({ url }) => url !== '/probe');
      assert.deepEqual(
        own.map(({ url }) => url),
        ['/0'],
      );
      const read = own[0]?.socket.bytesRead ?? 0;
      assert.ok(read <= 4 * 65_536, `${read} bytes were read`);
      answer('first');
      await connection.hear(/first/);
      unsubscribe('http.server.request.start', note);
      connection.socket.destroy();
      await server.close();
    });

    test('a client that sends its last request and closes its side still gets all answers', {
      skip: scheme === 'https' && 'who closes a side of a TLS connection closes it (RFC 5246 section 7.2.1)',
    }, async () => {
      const server = await start(async ({ path }) => `<${path}>`);
      const connection = openSocket(server);
      connection.socket.end(get('/1') + get('/2') + get('/3'));
      const answers = await connection.closed();
      assert.deepEqual(answers.match(/<.*>/g), ['</1>', '</2>', '</3>']);
      await server.close();
    });

    test('a client that does not read its answer is asked nothing more, and cut off in time', async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const cutOff = 'unreadAnswer 127.0.0.9';
      const begun: string[] = [];
      const server = await start(async ({ path }) => {
        if (path === '/probe') return 'probed';
        begun.push(path);
        return 'x'.repeat(64 * 1024 * 1024); // more than the operating systems of both sides take
      });
      const connection = openSocket(server, '127.0.0.9');
      await new Promise((resolve) =>
        connection.socket.once(scheme === 'http' ? 'connect' : 'secureConnect', resolve),
      );
      connection.socket.pause();
      connection.socket.write(get('/1') + get('/2'));
      await server.settle();
      assert.deepEqual(begun, ['/1']);
      assert.ok(!server.dropped.includes(cutOff));
      // 30 s, and a second for each 4 KiB
      t.mock.timers.tick(30_000 + 16_384_000 - 1);
      await server.settle();
      assert.ok(!server.dropped.includes(cutOff));
      t.mock.timers.tick(1);
      await server.settle();
      assert.ok(server.dropped.includes(cutOff));
      connection.socket.resume();
      await connection.closed();
      assert.deepEqual(begun, ['/1']);
      await passTimeUntil(t, server.close(), 800);
    });
  });
}
