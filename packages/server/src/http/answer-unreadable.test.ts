import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { listen } from './listen.ts';
import { openSocket } from './testing/socket.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

/** Sends bytes on a connection of their own, and hears the answer out. */
function exchange(bytes: string): Promise<string> {
  const connection = openSocket(latchkey);
  connection.socket.write(bytes, 'latin1');
  return connection.closed();
}

const HOST = 'Host: localhost\r\n';

for (const [what, bytes, status, message] of [
  ['text that is no request', 'hello\r\n\r\n', '400 Bad Request', /^This is no request in HTTP\/1\.1/],
  [
    'a header with a space in its name',
    `GET / HTTP/1.1\r\n${HOST}A B: c\r\n\r\n`,
    '400 Bad Request',
    /^This is no request/,
  ],
  [
    'two lengths of one body',
    `POST /token HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    '400 Bad Request',
    /^This is no request/,
  ],
  [
    'https on a port of plain http',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    '400 Bad Request',
    /https came/,
  ],
  [
    'headers that are too long',
    `GET / HTTP/1.1\r\n${HOST}A: ${'x'.repeat(40_000)}\r\n\r\n`,
    '431 Request Header Fields Too Large',
    /longer than 32 KiB/,
  ],
] as const) {
  test(`${what}: the answer says what is wrong, and ends the connection`, async () => {
    const [head = '', body = ''] = (await exchange(bytes)).split('\r\n\r\n');
    assert.ok(head.startsWith(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain`), head);
    assert.ok(head.endsWith(`content-length: ${body.length}`), head);
    assert.match(body, message);
  });
}

test('a request that does not arrive in time: the answer says so', async () => {
  const listener = await listen(
    { listen: { host: '127.0.0.1', port: 0 }, trustedProxies: [] },
    Date.now,
    async () => ({ status: 204, headers: {}, body: '' }),
    // wall-clock: Node's own timers, which cannot be moved; the test waits until they are over, however long that takes
    { headersTimeoutMs: 20, requestTimeoutMs: 40, checkTimeoutsMs: 10 },
  );
  const { socket, closed } = openSocket({ url: `http://127.0.0.1:${listener.port}` });
  socket.write('GET / HTTP/1.1\r\nHost: lo');
  assert.match(await closed(), /^HTTP\/1\.1 408 Request Timeout\r\n.*The request did not arrive in time\n$/s);
  await listener.close();
});
