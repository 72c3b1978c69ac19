import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { StreamingOutput } from '../call/streaming-output.ts';
import { startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { getTemperature, setTemperature, updateFirmware } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';

const transports: readonly (readonly [name: string, options: ApiFactoryOptions])[] = [
  ['node:http', {}],
  ['fetch', { fetch }],
];
const once = { maxAttempts: 1 };

for (const [name, options] of transports) {
  test(`${name}: a call whose signal is aborted already is not sent`, async (t) => {
    const service = await startStubService(t, () => ({}));
    const call = thermostatClient(t, service.url, options).call(
      getTemperature,
      { room: 'hall' },
      { signal: AbortSignal.abort('enough') },
    );
    await assert.rejects(call, { name: 'AbortError', code: 'aborted', cause: 'enough' });
    assert.equal(service.received.length, 0);
  });

  test(`${name}: a call ends when its signal is aborted`, async (t) => {
    const controller = new AbortController();
    const service = await startStubService(t, () => {
      controller.abort('enough');
      return undefined;
    });
    const { signal } = controller;
    const call = thermostatClient(t, service.url, options).call(getTemperature, { room: 'hall' }, { signal });
    await assert.rejects(call, { name: 'AbortError', code: 'aborted', cause: 'enough' });
    assert.equal(service.received.length, 1);
  });

  test(`${name}: an attempt that takes too long is given up and made again`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const service = await startStubService(t, () => {
      if (service.received.length > 1) return {};
      t.mock.timers.tick(60_000);
      return undefined;
    });
    const client = thermostatClient(t, service.url, { ...options, clock: testClock() });
    await client.call(getTemperature, { room: 'hall' }, { attemptTimeoutMs: 60_000 });
    assert.equal(service.received.length, 2);
  });

  test(`${name}: a call that takes too long fails with timedOut, whatever its attempts may`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const service = await startStubService(t, () => {
      t.mock.timers.tick(60_000);
      return undefined;
    });
    const client = thermostatClient(t, service.url, { ...options, timeoutMs: 60_000 });
    await assert.rejects(client.call(getTemperature, { room: 'hall' }, { attemptTimeoutMs: 120_000 }), {
      code: 'timedOut',
      message: 'GetTemperature of Home Thermostat took longer than 60000 ms',
    });
  });

  test(`${name}: an upload takes text, bytes, blobs, streams and async iterables`, async (t) => {
    const service = await startStubService(t, () => ({}));
    const client = thermostatClient(t, service.url, options);
    const bytes = new TextEncoder().encode('image');
    async function* pieces() {
      yield bytes.subarray(0, 2);
      yield bytes.subarray(2);
    }
    for (const image of ['image', bytes, new Blob(['image']), new Blob(['image']).stream(), pieces()]) {
      await client.call(updateFirmware, { image });
    }
    assert.deepEqual(
      service.received.map(({ body }) => body.toString()),
      ['image', 'image', 'image', 'image', 'image'],
    );
  });

  test(`${name}: a stream that fails while it is sent fails the call with its error`, async (t) => {
    const service = await startStubService(t, () => ({}));
    async function* pieces() {
      yield new Uint8Array(10);
      throw new Error('the disk is gone');
    }
    const call = thermostatClient(t, service.url, options).call(updateFirmware, { image: pieces() });
    await assert.rejects(call, {
      code: name === 'fetch' ? 'connectionFailed' : 'bodyFailed',
      message: /the disk is gone/,
    });
  });

  test(`${name}: a download is handed out while it comes in`, async (t) => {
    const parts = ['one', 'two', 'three'];
    const service = await startStubService(t, (_received, response) => {
      response.writeHead(200);
      for (const part of parts) response.write(part);
      response.end();
      return undefined;
    });
    const client = thermostatClient(t, service.url, options);
    const { log } = await client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' });
    assert.equal(await log.text(), 'onetwothree');
  });

  test(`${name}: a download that breaks off fails its reader`, async (t) => {
    const service = await startStubService(t, (_received, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('begun', () => response.destroy());
      return undefined;
    });
    const client = thermostatClient(t, service.url, options);
    const { log } = await client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' });
    await assert.rejects(log.text(), {
      name: 'ClientError',
      code: 'connectionFailed',
      message: /^The answer of '127\.0\.0\.1:\d+' broke off: /,
    });
  });

  test(`${name}: a whole answer that breaks off says so`, async (t) => {
    const service = await startStubService(t, (_received, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{', () => response.destroy());
      return undefined;
    });
    const client = thermostatClient(t, service.url, { ...options, ...once });
    await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
      code: 'connectionFailed',
      message: /^The answer of '127\.0\.0\.1:\d+' broke off: /,
    });
  });

  for (const [limit, message] of [
    ['timeoutMs', 'UpdateFirmware of Home Thermostat took longer than 60000 ms'],
    ['attemptTimeoutMs', 'An attempt of UpdateFirmware of Home Thermostat took longer than 60000 ms'],
  ] as const) {
    test(`${name}: a download that stalls is ended by ${limit}, up to its last byte`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const service = await startStubService(t, (_received, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('begun');
        return undefined;
      });
      const client = thermostatClient(t, service.url, options);
      const { log } = await client.call<{ log: StreamingOutput }>(
        updateFirmware,
        { image: 'x' },
        { [limit]: 60_000 },
      );
      const text = log.text();
      t.mock.timers.tick(60_000);
      await assert.rejects(text, { name: 'ClientError', code: 'timedOut', message });
    });
  }

  test(`${name}: a download that was read or cancelled in time has no time limit any more`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const service = await startStubService(t, () => ({ body: 'all' }));
    const client = thermostatClient(t, service.url, {
      ...options,
      timeoutMs: 60_000,
      attemptTimeoutMs: 60_000,
    });
    const download = () => client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' });
    const { log } = await download();
    assert.equal(await log.text(), 'all');
    await (await download()).log.cancel();
    t.mock.timers.tick(60_000);
    assert.equal(await (await download()).log.text(), 'all');
  });

  test(`${name}: a packed answer is read, and a packed error, too`, async (t) => {
    const packs = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
    for (const [encoding, pack] of Object.entries(packs)) {
      const headers = { 'content-encoding': encoding };
      const service = await startStubService(t, ({ url }) =>
        url.includes('cellar')
          ? { status: 404, headers, body: pack('{"message":"No such room"}') }
          : { headers, body: pack('{"degrees":21}') },
      );
      const client = thermostatClient(t, service.url, { ...options, ...once });
      assert.equal((await client.call<{ degrees: number }>(getTemperature, { room: 'hall' })).degrees, 21);
      await assert.rejects(client.call(getTemperature, { room: 'cellar' }), { message: 'No such room' });
    }
  });

  test(`${name}: an answer that is not packed as it says is badResponse or broken off`, async (t) => {
    const headers = { 'content-encoding': 'gzip' };
    const service = await startStubService(t, () => ({ headers, body: '{"degrees":21}' }));
    const client = thermostatClient(t, service.url, { ...options, ...once });
    await assert.rejects(client.call(getTemperature, { room: 'hall' }), { name: 'ClientError' });
  });

  test(`${name}: a download ends when the signal of its call is aborted`, async (t) => {
    const controller = new AbortController();
    const service = await startStubService(t, (_received, response) => {
      response.writeHead(200);
      response.write('begun');
      return undefined;
    });
    const client = thermostatClient(t, service.url, options);
    const { signal } = controller;
    const { log } = await client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' }, { signal });
    const text = log.text();
    controller.abort('enough');
    await assert.rejects(text, { name: 'AbortError', code: 'aborted', cause: 'enough' });
  });

  test(`${name}: a header that cannot be sent is refused without saying its value`, async (t) => {
    const service = await startStubService(t, () => ({}));
    const client = thermostatClient(t, service.url, {
      ...options,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'secret\ntoken' },
    });
    await assert.rejects(client.call(setTemperature, { room: 'hall' }), {
      code: 'badInput',
      message: /^Cannot send the header "x-amz-security-token": it has a line break/,
    });
    assert.equal(service.received.length, 0);
  });

  test(`${name}: a time limit longer than timers take is no limit`, async (t) => {
    const service = await startStubService(t, () => ({}));
    const client = thermostatClient(t, service.url, { ...options, timeoutMs: Number.POSITIVE_INFINITY });
    await client.call(getTemperature, { room: 'hall' }, { attemptTimeoutMs: 2 ** 31 });
    assert.equal(service.received.length, 1);
  });

  test(`${name}: nothing that listens at the endpoint is connectionRefused`, async (t) => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const client = thermostatClient(t, `http://127.0.0.1:${port}`, { ...options, ...once });
    await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
      code: 'connectionRefused',
      message: `Cannot connect to '127.0.0.1:${port}': nothing listens there; is the service running, and the port right?`,
    });
  });

  test(`${name}: a name that does not resolve says so`, async (t) => {
    const client = thermostatClient(t, 'http://thermostat.invalid', { ...options, ...once });
    await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
      code: 'hostNotFound',
      message: /^Cannot connect to 'thermostat\.invalid': the name does not resolve/,
    });
  });
}

test('node:http: a connection whose TLS is not made in time fails with timedOut', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = createServer(() => t.mock.timers.tick(60_000));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  const client = thermostatClient(t, `https://127.0.0.1:${port}`, { ...once, connectTimeoutMs: 60_000 });
  await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
    code: 'timedOut',
    message: `Cannot connect to '127.0.0.1:${port}': no connection in 60000 ms`,
  });
});

test('node:http: a download takes no more than its reader does', async (t) => {
  let sent = 0;
  const service = await startStubService(t, (_received, response) => {
    response.writeHead(200);
    const more = () => {
      while (sent < 4096) {
        sent += 1;
        if (!response.write(new Uint8Array(65_536))) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    more();
    return undefined;
  });
  const client = thermostatClient(t, service.url);
  const { log } = await client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' });
  const reader = log.getReader();
  await reader.read();
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(sent < 4096);
  await reader.cancel();
});

test('node:http: connections are kept, and a call does not wait for another', async (t) => {
  const ports = new Set<number | undefined>();
  const service = await startStubService(t, (_received, response) => {
    ports.add(response.socket?.remotePort);
    return {};
  });
  const client = thermostatClient(t, service.url);
  for (let call = 0; call < 5; call += 1) await client.call(setTemperature, { room: 'hall' });
  assert.equal(ports.size, 1);
});

test('node:http: an endpoint that speaks no TLS says so', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url.replace('http:', 'https:'), once);
  await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
    code: 'connectionFailed',
    message: /: it speaks no TLS; should the endpoint begin with http:\?$/,
  });
});

test('node:http: connections that are kept do not keep a program from ending', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = new URL('../testing/thermostat.ts', import.meta.url);
  const program = `
    import { ApiFactory } from '${new URL('../mod.ts', import.meta.url)}';
    import { getTemperature, thermostat } from '${client}';
    const factory = new ApiFactory({ region: 'eu-central-1', fixedEndpoint: '${service.url}' });
    await factory.buildServiceClient(thermostat).call(getTemperature, { room: 'hall' });`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  await promisify(execFile)(process.execPath, args, { signal: t.signal });
  assert.equal(service.received.length, 1);
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ family }) => family === 'IPv6'),
);

test('node:http: IPv6 addresses can be called', { skip: !hasIpv6 && 'no IPv6 here' }, async (t) => {
  const service = await startStubService(t, () => ({}));
  const url = service.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
  await thermostatClient(t, url).call(setTemperature, { room: 'hall' });
  assert.equal(service.received.length, 1);
});

test('fetch: a path with dot segments is refused, because fetch would ask for another', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url, { fetch });
  const byPath = { ...getTemperature, http: { method: 'GET', uri: '/rooms/{room+}', code: 200 } };
  await assert.rejects(client.call(byPath, { room: 'attic/../cellar' }), {
    code: 'badInput',
    message: /only node:http sends them/,
  });
});

const stuck = (status: number) =>
  new Response(new ReadableStream({ pull: () => new Promise(() => {}) }), { status });
const stalling: Readonly<Record<string, () => Promise<Response>>> = {
  'never answers': () => new Promise(() => {}),
  'never ends an answer': async () => stuck(200),
  'never ends an error': async () => stuck(400),
};

for (const [name, answer] of Object.entries(stalling)) {
  for (const limit of ['timeoutMs', 'attemptTimeoutMs'] as const) {
    test(`fetch: ${limit} ends a call of a function that knows no signals and ${name}`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const fetch = () => {
        setImmediate(() => t.mock.timers.tick(60_000));
        return answer();
      };
      const client = thermostatClient(t, 'http://localhost', { ...once, fetch, [limit]: 60_000 });
      await assert.rejects(client.call(getTemperature, { room: 'hall' }), { code: 'timedOut' });
    });
  }
}

test('fetch: an abort ends a download of a function that knows no signals, and cancels its body', async (t) => {
  let cancelled: unknown;
  const body = new ReadableStream({
    pull: () => new Promise(() => {}),
    cancel(reason) {
      cancelled = reason;
    },
  });
  const client = thermostatClient(t, 'http://localhost', { fetch: async () => new Response(body) });
  const controller = new AbortController();
  const { signal } = controller;
  const { log } = await client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' }, { signal });
  const reading = assert.rejects(log.text(), { name: 'AbortError' });
  controller.abort('enough');
  await reading;
  assert.equal((cancelled as Error).name, 'AbortError');
});

test('fetch: a page is told that its origin may not be allowed, which browsers keep from it', async (t) => {
  Object.defineProperty(globalThis, 'location', {
    value: { origin: 'http://localhost:8491' },
    configurable: true,
  });
  t.after(() => Reflect.deleteProperty(globalThis, 'location'));
  const blocked: typeof fetch = async () => {
    throw new TypeError('Failed to fetch');
  };
  const client = thermostatClient(t, 'http://localhost:8484', { ...once, fetch: blocked });
  await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
    code: 'connectionFailed',
    message: `Cannot connect to 'localhost:8484': Failed to fetch; it is not running, or does not allow pages of http://localhost:8491 (CORS)`,
  });
});

test('node:http: a stored object is handed out as it is, packed or not', async (t) => {
  const packed = gzipSync('meow');
  const service = await startStubService(t, () => ({
    headers: { 'content-encoding': 'gzip' },
    body: packed,
  }));
  const client = thermostatClient(t, service.url, {});
  const { log } = await client.call<{ log: StreamingOutput }>(updateFirmware, { image: 'x' });
  assert.deepEqual(Buffer.from(await log.bytes()), packed);
});
