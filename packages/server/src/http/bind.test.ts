import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, Server } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { bind } from './bind.ts';

/** Whether this machine has IPv6 on loopback. */
const hasIpv6 = await listenOn('::1').then(
  (server) => closed(server).then(() => true),
  () => false,
);
const skip = !hasIpv6 && 'this machine has no IPv6 address on loopback';

async function listenOn(host: string, port = 0): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve());
  });
  return server;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** An HTTP server on a host, which answers with the address of the client. */
async function serve(host: string, port = 0) {
  const server = createHttpServer((request, response) => response.end(request.socket.remoteAddress));
  return bind(server, { host, port });
}

async function seenFrom(host: string, port: number): Promise<string> {
  const response = await fetch(`http://${host}:${port}/`, { headers: { connection: 'close' } });
  return response.text();
}

test('localhost, and every name under it, is both loopback addresses at one port', { skip }, async () => {
  for (const host of ['localhost', 'LocalHost', 'sso.localhost']) {
    const binding = await serve(host);
    assert.equal(await seenFrom('127.0.0.1', binding.port), '127.0.0.1', host);
    assert.equal(await seenFrom('[::1]', binding.port), '::1', host);
    await binding.close();
  }
});

test('an address is that address alone', { skip }, async () => {
  for (const [host, url, other] of [
    ['127.0.0.1', '127.0.0.1', '[::1]'],
    ['::1', '[::1]', '127.0.0.1'],
  ] as const) {
    const binding = await serve(host);
    assert.equal(await seenFrom(url, binding.port), host);
    await assert.rejects(seenFrom(other, binding.port));
    await binding.close();
  }
});

test('a port that another program has on either loopback address is refused, and the other address is free again', {
  skip,
}, async () => {
  for (const [taken, other] of [
    ['127.0.0.1', '::1'],
    ['::1', '127.0.0.1'],
  ] as const) {
    const program = await listenOn(taken);
    await assert.rejects(serve('localhost', portOf(program)), { code: 'EADDRINUSE', address: taken });
    await closed(await listenOn(other, portOf(program)));
    await closed(program);
  }
});

test('closing ends both addresses', { skip }, async () => {
  const binding = await serve('localhost');
  await binding.close();
  for (const host of ['127.0.0.1', '::1']) await closed(await listenOn(host, binding.port));
});

describe('a machine that lacks a loopback address', () => {
  /** Lets the system refuse to listen on an address, `times` times. */
  function refuse(t: TestContext, address: string, code: string, times = Number.POSITIVE_INFINITY): void {
    const { listen } = Server.prototype;
    let refused = 0;
    t.mock.method(Server.prototype, 'listen', function (this: Server, ...args: [number, string, () => void]) {
      if (args[1] !== address || refused === times) return Reflect.apply(listen, this, args);
      refused += 1;
      process.nextTick(() => this.emit('error', Object.assign(new Error(code), { code, address })));
      return this;
    });
  }

  for (const code of ['EADDRNOTAVAIL', 'EAFNOSUPPORT']) {
    test(`localhost is 127.0.0.1 where IPv6 is off (${code})`, async (t) => {
      refuse(t, '::1', code);
      const binding = await serve('localhost');
      assert.equal(await seenFrom('127.0.0.1', binding.port), '127.0.0.1');
      await assert.rejects(seenFrom('[::1]', binding.port));
      await binding.close();
    });

    test(`localhost is ::1 where IPv4 is off (${code})`, { skip }, async (t) => {
      refuse(t, '127.0.0.1', code);
      const binding = await serve('localhost');
      assert.equal(await seenFrom('[::1]', binding.port), '::1');
      await binding.close();
    });
  }

  test('localhost is an error where both are missing', async (t) => {
    t.mock.method(Server.prototype, 'listen', function (this: Server) {
      process.nextTick(() => this.emit('error', Object.assign(new Error(), { code: 'EADDRNOTAVAIL' })));
      return this;
    });
    await assert.rejects(serve('localhost'), { code: 'EADDRNOTAVAIL' });
  });

  test('a free port is one that is free on both addresses, however often one of them has it in use', {
    skip,
  }, async (t) => {
    refuse(t, '::1', 'EADDRINUSE', 5);
    const binding = await serve('localhost');
    assert.equal(await seenFrom('127.0.0.1', binding.port), '127.0.0.1');
    assert.equal(await seenFrom('[::1]', binding.port), '::1');
    await binding.close();
  });

  test('a port in use on one address is an error at last', async (t) => {
    refuse(t, '::1', 'EADDRINUSE');
    await assert.rejects(serve('localhost'), { code: 'EADDRINUSE', address: '::1' });
  });
});
