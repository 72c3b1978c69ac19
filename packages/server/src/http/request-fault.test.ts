import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { openSocket } from './testing/socket.ts';

const latchkey = await startLatchkey({
  settings: { cors: { allowedOrigins: ['https://tools.example.com'] } },
});
after(() => latchkey.close());

/** Sends a request, and hears the answer out. */
function exchange(request: string): Promise<string> {
  const connection = openSocket(latchkey);
  connection.socket.write(request, 'latin1');
  return connection.closed();
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const CLOSE = 'Connection: close\r\n';
const HOST = 'Host: localhost\r\n';
const get = (headers: string, target = '/healthz') => `GET ${target} HTTP/1.1\r\n${CLOSE}${headers}\r\n`;

async function assertRefused(request: string, status: number, message: RegExp): Promise<void> {
  const answer = await exchange(request);
  assert.equal(statusOf(answer), status, `${request}\n${answer}`);
  assert.match(answer, message, request);
  assert.match(answer, /connection: close/i);
}

describe('the host of a request', () => {
  test('two Host headers are refused, also when they are the same', async () => {
    for (const [one, other] of [
      ['localhost', 'evil.example'],
      ['localhost', 'localhost'],
      ['', 'localhost'],
    ]) {
      const headers = `Host: ${one}\r\nAccept: */*\r\nhOsT: ${other}\r\n`;
      await assertRefused(get(headers), 400, /The header host came more than once: send one\n$/);
    }
  });

  test('a request in HTTP/1.1 without a Host header is refused, and one in HTTP/1.0 is answered', async () => {
    await assertRefused(get(''), 400, /A request in HTTP\/1\.1 needs the header host/);
    assert.equal(statusOf(await exchange('GET /healthz HTTP/1.0\r\n\r\n')), 200);
  });

  test('a Host header that is no host with or without a port is refused', async () => {
    for (const host of [
      'a b',
      'a, b',
      'a/b',
      'user@a',
      'a:b',
      'a:1:2',
      '[::1',
      '::1',
      'a\\b',
      'http://a',
      'a?b',
      '\u00e4',
    ]) {
      await assertRefused(get(`Host: ${host}\r\n`), 400, /The header host is not a host/);
    }
  });

  test('every form of a host is answered', async () => {
    for (const host of [
      'localhost',
      'SSO.example.com:8484',
      'sso.example.com.',
      'docker_name:80',
      '127.0.0.1:1',
      '[::1]',
      '[2001:db8::1]:443',
      'a:',
      '',
    ]) {
      assert.equal(statusOf(await exchange(get(`Host: ${host}\r\n`))), 200, host);
    }
  });

  test('a target in absolute form is refused unless its host is that of the Host header', async () => {
    for (const [target, host] of [
      ['http://a/healthz', 'b'],
      ['http://a/healthz', ''],
      ['http://a:8080/healthz', 'a'],
      ['https://a:80/healthz', 'a'],
      ['http://user@a/healthz', 'a'],
      ['http://b@a/healthz', 'b'],
    ] as const) {
      await assertRefused(get(`Host: ${host}\r\n`, target), 400, /host of the request target differ/);
    }
    for (const [target, host] of [
      ['http://a/healthz', 'a'],
      ['http://A:80/healthz', 'a'],
      ['https://a/healthz', 'a:443'],
      ['HTTP://a:8080/healthz', 'a:8080'],
    ] as const) {
      assert.equal(statusOf(await exchange(get(`Host: ${host}\r\n`, target))), 200, target);
    }
  });
});

describe('headers that decide what a request is', () => {
  test('each of them is refused when it comes twice', async () => {
    for (const [name, value] of [
      ['Authorization', 'Bearer x'],
      ['Content-Type', 'application/json'],
      ['Origin', 'https://tools.example.com'],
      ['X-Amz-Sso_Bearer_Token', 'x'],
    ] as const) {
      const line = `${name}: ${value}\r\n`;
      const message = new RegExp(`The header ${name.toLowerCase()} came more than once: send one`);
      await assertRefused(get(`${HOST}${line}${line}`), 400, message);
    }
  });

  test('other headers may come twice', async () => {
    for (const name of ['X-Forwarded-For', 'Accept', 'Cookie', 'User-Agent', 'X-Amz-Date']) {
      const line = `${name}: 1\r\n`;
      assert.equal(statusOf(await exchange(get(`${HOST}${line}${line}`))), 200, name);
    }
  });
});

describe('the framing of a request', () => {
  const post = (headers: string, body: string, version = '1.1') =>
    `POST /client/register HTTP/${version}\r\n${CLOSE}${HOST}Accept: */*\r\n${headers}\r\n${body}`;
  const chunked = '2\r\n{}\r\n0\r\n\r\n';

  test('a body whose length can be read in two ways is refused', async () => {
    for (const [headers, body] of [
      ['Content-Length: 2\r\nContent-Length: 2\r\n', '{}'],
      ['Content-Length: 2\r\nContent-Length: 3\r\n', '{} '],
      ['Content-Length: 2, 2\r\n', '{}'],
      ['Content-Length: +2\r\n', '{}'],
      ['Content-Length: 0x2\r\n', '{}'],
      ['Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', chunked],
      ['Transfer-Encoding: chunked\r\nContent-Length: 2\r\n', chunked],
      ['Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', chunked],
      ['Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', chunked],
      ['Transfer-Encoding: chunked, identity\r\n', chunked],
      ['Transfer-Encoding: identity\r\n', '{}'],
      ['Transfer-Encoding: xchunked\r\n', chunked],
      ['Transfer-Encoding : chunked\r\n', chunked],
      ['Transfer-Encoding: chunked\n', chunked],
      ['X: y\rTransfer-Encoding: chunked\r\n', chunked],
      [' Transfer-Encoding: chunked\r\n', chunked],
    ] as const) {
      assert.equal(statusOf(await exchange(post(headers, body))), 400, headers);
    }
  });

  test('another transfer coding than chunked is not understood', async () => {
    for (const coding of ['gzip, chunked', 'identity, chunked', 'chunked;q=1, chunked']) {
      const answer = await exchange(post(`Transfer-Encoding: ${coding}\r\n`, chunked));
      assert.equal(statusOf(answer), 400, `${coding}\n${answer}`);
    }
    await assertRefused(
      post('Transfer-Encoding: gzip, chunked\r\n', chunked),
      400,
      /"message":"The only Transfer-Encoding/,
    );
    assert.match(await exchange(post('Transfer-Encoding: Chunked\r\n', chunked)), /Cannot read the body/);
  });

  test('Transfer-Encoding in HTTP/1.0, which does not have it, is refused', async () => {
    await assertRefused(
      post('Transfer-Encoding: chunked\r\n', chunked, '1.0'),
      400,
      /HTTP\/1\.0 has no Transfer-Encoding/,
    );
  });

  test('other versions of HTTP are refused', async () => {
    for (const version of ['0.9', '2.0']) {
      await assertRefused(
        `GET / HTTP/${version}\r\n${HOST}${CLOSE}\r\n`,
        400,
        /is not spoken here: use HTTP\/1\.1/,
      );
    }
  });

  test('what follows a refused request on its connection is not read', async () => {
    const answer = await exchange(`${get('')}GET /healthz HTTP/1.1\r\n${HOST}${CLOSE}\r\n`);
    assert.equal(answer.match(/^HTTP\/1\.1 \d/gm)?.length, 1, answer);
  });
});

describe('the language of a refusal', () => {
  const refusedAs = (headers: string, line = 'GET /nothing') =>
    exchange(`${line} HTTP/1.1\r\n${CLOSE}${HOST}${HOST}${headers}\r\n`);
  const message = 'The header host came more than once: send one';

  test('a browser is shown a page', async () => {
    const answer = await refusedAs('Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n');
    assert.match(answer, /content-type: text\/html/i);
    assert.match(answer, /content-security-policy/i);
    assert.ok(answer.includes(`<p>${message}.</p>`), answer);
  });

  test('a program that says nothing of what it reads gets text', async () => {
    for (const headers of ['', 'Accept: */*\r\n', 'Accept: text/plain\r\n']) {
      const answer = await refusedAs(headers);
      assert.match(answer, /content-type: text\/plain/i);
      assert.ok(answer.endsWith(`\r\n\r\n${message}\n`), answer);
    }
  });

  test('a caller of an operation, or one that asks for JSON, gets the error in the form of the API', async () => {
    for (const [line, headers] of [
      ['POST /token', ''],
      ['GET /assignment/accounts', 'Accept: */*\r\n'],
      ['GET /healthz', 'Accept: application/json\r\n'],
      ['GET /nothing', 'User-Agent: aws-cli/2.27.0\r\n'],
    ] as const) {
      const answer = await refusedAs(headers, line);
      assert.match(answer, /x-amzn-errortype: BadRequestException/i, line);
      assert.match(answer, /content-type: application\/json/i);
      assert.ok(answer.includes(`"message":"${message}"`), answer);
    }
  });

  test('a caller of STS gets the error in XML, and one of another AWS API in the form of that one', async () => {
    const signed = (service: string) =>
      `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0\r\n`;
    const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n';
    assert.match(
      await refusedAs(`${form}${signed('sts')}`, 'POST /'),
      /<ErrorResponse.*<Code>BadRequestException<\/Code>/s,
    );
    assert.match(await refusedAs('', 'GET /?Action=GetCallerIdentity'), /<ErrorResponse/);
    const target =
      'X-Amz-Target: DynamoDB_20120810.ListTables\r\nContent-Type: application/x-amz-json-1.0\r\n';
    assert.match(await refusedAs(`${target}${signed('dynamodb')}`, 'POST /'), /"__type":/);
  });

  test('a page of an allowed origin can read the refusal, and a preflight is refused, too', async () => {
    const origin = 'Origin: https://tools.example.com\r\n';
    const answer = await refusedAs(origin, 'POST /token');
    assert.match(answer, /access-control-allow-origin: https:\/\/tools\.example\.com/i);
    const preflight = await refusedAs(`${origin}Access-Control-Request-Method: POST\r\n`, 'OPTIONS /token');
    assert.equal(statusOf(preflight), 400);
  });
});

test('whatever Host headers a request has, it is answered, and refused unless there is one', async () => {
  const host = fc.oneof(fc.constantFrom('localhost', '', 'a b', '[::1]'), fc.stringMatching(/^[!-~]{1,20}$/));
  await fc.assert(
    fc.asyncProperty(fc.array(host, { maxLength: 3 }), async (hosts) => {
      const answer = await exchange(get(hosts.map((each) => `Host: ${each}\r\n`).join('')));
      const statuses = hosts.length === 1 ? [200, 400] : [400];
      assert.ok(statuses.includes(statusOf(answer)), answer);
    }),
    { numRuns: 100 },
  );
});
