import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import type { Dropped } from '../limits/drops.ts';
import { listen } from './listen.ts';
import { tls } from './testing/certificate.ts';
import { openSocket } from './testing/socket.ts';

const listenAt = { listen: { host: '127.0.0.1', port: 0 }, trustedProxies: [] };
const transports = { http: listenAt, https: { ...listenAt, tls } };
const patient = { headersTimeoutMs: 60_000, requestTimeoutMs: 60_001, keepAliveTimeoutMs: 60_000 };
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** Text without end, in pieces of 64 KiB; counts what was made, and notes when no more is wanted. */
class Endless {
  made = 0;
  isOver = false;

  async *pieces(): AsyncGenerator<string> {
    try {
      for (;;) {
        this.made += 1;
        yield 'x'.repeat(65_536);
      }
    } finally {
      this.isOver = true;
    }
  }
}

/** A connection that asks, and reads nothing of the answer. */
function openPaused(server: { readonly url: string }, localAddress?: string) {
  const connection = openSocket(server, localAddress);
  connection.socket.pause();
  connection.socket.write(get('/1'));
  return connection;
}

for (const [scheme, config] of Object.entries(transports)) {
  async function start(rest: () => AsyncIterable<string>) {
    const dropped: string[] = [];
    const listener = await listen(
      config,
      Date.now,
      async ({ path }) =>
        path === '/probe'
          ? { status: 200, headers: {}, body: 'probed' }
          : { status: 200, headers: {}, body: 'begin ', rest: rest() },
      patient,
      { drop: (what: Dropped, address: string) => void dropped.push(`${what} ${address}`) },
    );
    const url = `${scheme}://127.0.0.1:${listener.port}`;
    /** Resolves when the server has done what it can. */
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

  describe(`an answer that is made while it is sent, over ${scheme}`, () => {
    test('comes whole, and the next request on the connection is answered', async () => {
      const server = await start(async function* () {
        yield 'middle ';
        yield 'end';
      });
      const connection = openSocket(server);
      connection.socket.write(get('/1') + get('/probe'));
      const heard = await connection.hear(/probed/);
      assert.match(heard, /transfer-encoding: chunked/i);
      assert.match(heard, /\r\nbegin \r\n7\r\nmiddle \r\n3\r\nend\r\n0\r\n\r\nHTTP/);
      connection.socket.destroy();
      await server.close();
    });

    test('is made no further than the client reads, and no more of it once the client has gone', async () => {
      const endless = new Endless();
      const server = await start(() => endless.pieces());
      const connection = openPaused(server);
      await server.settle();
      const before = endless.made;
      await server.settle();
      assert.equal(endless.made, before);
      assert.ok(before < 1_000, `${before} pieces of 64 KiB were made`);
      connection.socket.destroy();
      while (!endless.isOver) await setImmediate();
      await server.close();
    });

    test('cuts off a client that does not read, in time for what it was sent', async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const cutOff = 'unreadAnswer 127.0.0.9';
      const endless = new Endless();
      const server = await start(() => endless.pieces());
      const connection = openPaused(server, '127.0.0.9');
      await server.settle();
      t.mock.timers.tick(29_999);
      await server.settle();
      assert.ok(!server.dropped.includes(cutOff));
      // 30 s, and a second for each 4 KiB of what is waiting
      t.mock.timers.tick(600_000);
      await server.settle();
      assert.ok(server.dropped.includes(cutOff));
      assert.ok(endless.isOver);
      connection.socket.destroy();
      await passTimeUntil(t, server.close(), 800);
    });

    test('is broken off where a piece cannot be made, so that nobody takes a part for the whole', async () => {
      const server = await start(async function* () {
        yield 'middle';
        throw new Error('the store is closed');
      });
      const connection = openSocket(server);
      connection.socket.write(get('/1'));
      const heard = await connection.closed();
      assert.match(heard, /begin /);
      assert.doesNotMatch(heard, /\r\n0\r\n\r\n/);
      await server.close();
    });

    test('is not made for a HEAD request', async () => {
      const endless = new Endless();
      const server = await start(() => endless.pieces());
      const connection = openSocket(server);
      connection.socket.write(get('/1').replace('GET', 'HEAD') + get('/probe'));
      assert.doesNotMatch(await connection.hear(/probed/), /begin/);
      assert.equal(endless.made, 0);
      connection.socket.destroy();
      await server.close();
    });
  });
}
