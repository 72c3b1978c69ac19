import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import type { EventValue } from '@latchkey/wire';
import { ApiFactory } from './api-factory.ts';
import type { ApiFactoryOptions } from './api-factory-options.ts';
import { eventStreams } from './event-streams.ts';
import { http2 } from './http2.ts';
import type { Operation } from './operation.ts';
import { conversation, startHttp2Service } from './testing/http2-service.ts';
import { setEnvironment, startProxy } from './testing/proxy.ts';
import { compareReadings } from './testing/readings.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { getTemperature, TooColdException, thermostat } from './testing/thermostat.ts';
import { credentials, thermostatClient } from './testing/thermostat-client.ts';
import { nodeHttp2Transport } from './transport/node-http2.ts';

interface Readings {
  readonly readings: AsyncIterable<EventValue>;
}

const converse: Operation = { ...compareReadings, errors: getTemperature.errors, http2: true };
/** Its events only come in. */
const watch: Operation = { ...converse, input: { type: 'structure', name: 'WatchRequest', members: {} } };
const hall = { reading: { room: 'hall', degrees: 21 } };
const attic = { reading: { room: 'attic', degrees: 12 } };
const now = testClock().now();

const folder = mkdtempSync(join(tmpdir(), 'latchkey-http2-'));
after(() => rmSync(folder, { recursive: true }));
const certificate = makeCertificate();

function makeCertificate(): { readonly cert: string; readonly key: string } | undefined {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile],
        ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
        ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ],
      { stdio: 'ignore' },
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const cert = readFileSync(certFile, 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  return { cert, key: readFileSync(keyFile, 'utf8') };
}

function clientOf(t: TestContext, url: string, options: ApiFactoryOptions = {}) {
  const fixed = { clock: testClock(), maxAttempts: 1, ...options };
  return thermostatClient(t, url, fixed, { eventStreams, http2 });
}

async function* iterable(...events: EventValue[]): AsyncGenerator<EventValue, void, undefined> {
  yield* events;
}

/** Each reading comes back one degree warmer. */
async function* warmer(events: AsyncIterable<EventValue>): AsyncGenerator<EventValue, void, undefined> {
  for await (const { reading } of events) {
    const { room, degrees } = reading as typeof hall.reading;
    yield { reading: { room, degrees: degrees + 1 } };
  }
}

for (const [name, given] of [
  ['over TLS', certificate],
  ['without TLS', undefined],
] as const) {
  const skip = name === 'over TLS' && certificate === undefined && 'openssl not found on the PATH';
  test(`${name}: each event is sent after the last was answered`, { skip }, async (t) => {
    const service = await startHttp2Service(t, conversation(now, warmer), given);
    const said = new TransformStream<EventValue, EventValue>();
    const writer = said.writable.getWriter();
    const { readings } = await clientOf(t, service.url).call<Readings>(converse, { readings: said.readable });
    const answers = readings[Symbol.asyncIterator]();
    for (const degrees of [1, 2, 3]) {
      void writer.write({ reading: { room: 'hall', degrees } });
      const { value } = await answers.next();
      assert.deepEqual(value, { reading: { room: 'hall', degrees: degrees + 1 } });
    }
    void writer.close();
    assert.equal((await answers.next()).done, true);
  });
}

test('over HTTP/2, an error among the events is thrown while they are read, and ends those that are sent', async (t) => {
  async function* refuse(): AsyncGenerator<EventValue, void, undefined> {
    yield attic;
    yield { tooCold: { message: 'Brr', degrees: -4 } };
  }
  const service = await startHttp2Service(t, conversation(now, refuse));
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const endless = new ReadableStream<EventValue>({
    pull: (controller) => controller.enqueue(hall),
    cancel: () => resolve(),
  });
  const { readings } = await clientOf(t, service.url).call<Readings>(converse, { readings: endless });
  const seen: EventValue[] = [];
  await assert.rejects(
    async () => {
      for await (const reading of readings) seen.push(reading);
    },
    (error) => error instanceof TooColdException && error.degrees === -4,
  );
  assert.deepEqual(seen, [attic]);
  await ended;
});

test('over HTTP/2, a caller who has enough ends the stream', async (t) => {
  const { promise: code, resolve } = Promise.withResolvers<number>();
  const service = await startHttp2Service(t, (stream, received) => {
    stream.once('close', () => resolve(stream.rstCode));
    return conversation(now, warmer)(stream, received);
  });
  async function* endless(): AsyncGenerator<EventValue, void, undefined> {
    for (;;) yield hall;
  }
  const { readings } = await clientOf(t, service.url).call<Readings>(converse, { readings: endless() });
  for await (const _reading of readings) break;
  assert.equal(await code, 8);
});

test('over HTTP/2, an answer that is an error is one, also while events are sent', async (t) => {
  const service = await startHttp2Service(t, (stream) => {
    stream.respond({ ':status': 400, 'x-amzn-errortype': 'TooColdException' });
    stream.end('{"degrees":-4}');
  });
  const silent = new ReadableStream<EventValue>();
  await assert.rejects(
    clientOf(t, service.url).call(converse, { readings: silent }),
    (error) => error instanceof TooColdException && error.degrees === -4,
  );
});

test('over HTTP/2, events that fail while they are sent fail the call', async (t) => {
  const service = await startHttp2Service(t, () => {});
  async function* broken(): AsyncGenerator<EventValue, void, undefined> {
    yield hall;
    throw new Error('the microphone is gone');
  }
  await assert.rejects(clientOf(t, service.url).call(converse, { readings: broken() }), {
    code: 'bodyFailed',
    message: /the microphone is gone/,
  });
});

test('over HTTP/2, a call ends when its signal is aborted, before its answer and while events come in', async (t) => {
  const controllers = [new AbortController(), new AbortController()] as const;
  const [early, late] = controllers;
  const service = await startHttp2Service(t, (stream, received) => {
    if (early.signal.aborted) return conversation(now, warmer)(stream, received);
    return early.abort('enough');
  });
  const client = clientOf(t, service.url);
  const silent = () => new ReadableStream<EventValue>();
  const first = client.call(converse, { readings: silent() }, { signal: early.signal });
  await assert.rejects(first, { code: 'aborted', cause: 'enough' });
  const { readings } = await client.call<Readings>(converse, { readings: silent() }, { signal: late.signal });
  const reading = Array.fromAsync(readings);
  late.abort('enough');
  await assert.rejects(reading, { code: 'aborted', cause: 'enough' });
});

test('over HTTP/2, an attempt that takes too long is given up', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const service = await startHttp2Service(t, () => t.mock.timers.tick(60_000));
  const call = clientOf(t, service.url).call(watch, {}, { attemptTimeoutMs: 60_000 });
  await assert.rejects(call, { code: 'timedOut' });
});

for (const [how, breakOff] of [
  ['the stream is reset', (stream: ServerHttp2Stream) => stream.destroy(new Error('broken'))],
  ['the service is shut down', (stream: ServerHttp2Stream) => stream.session?.destroy()],
  ['the connection is lost', (stream: ServerHttp2Stream) => stream.session?.socket.destroy()],
] as const) {
  test(`over HTTP/2, events that break off, because ${how}, fail their reader`, async (t) => {
    const service = await startHttp2Service(t, (stream) => {
      stream.respond({ ':status': 200 });
      stream.write(new Uint8Array(3), () => breakOff(stream));
    });
    const { readings } = await clientOf(t, service.url).call<Readings>(watch, {});
    await assert.rejects(Array.fromAsync(readings), { name: 'ClientError', code: 'connectionFailed' });
  });

  test(`over HTTP/2, a call without an answer, because ${how}, fails`, async (t) => {
    const service = await startHttp2Service(t, breakOff);
    await assert.rejects(clientOf(t, service.url).call(watch, {}), {
      name: 'ClientError',
      code: 'connectionFailed',
    });
  });
}

for (const [name, noProxy, expected] of [
  ['goes through the proxy of HTTPS_PROXY, over one tunnel for calls at once', undefined, 1],
  ['goes past the proxy where NO_PROXY names the host', 'localhost', 0],
] as const) {
  const skip = certificate === undefined && 'openssl not found on the PATH';
  test(`over HTTP/2, a call with events ${name}`, { skip }, async (t) => {
    const proxy = await startProxy(t);
    const service = await startHttp2Service(t, conversation(now, warmer), certificate);
    setEnvironment(t, { HTTPS_PROXY: proxy.url, NO_PROXY: noProxy });
    const client = clientOf(t, service.url);
    const called = async () => {
      const { readings } = await client.call<Readings>(converse, { readings: iterable(hall) });
      return Array.fromAsync(readings);
    };
    for (const answered of await Promise.all([called(), called()])) assert.equal(answered.length, 1);
    const tunnel = `CONNECT ${new URL(service.url).host}`;
    assert.deepEqual(proxy.asked, Array(expected).fill(tunnel));
  });
}

test('over HTTP/2, calls share a connection, until the service wants no more on it', async (t) => {
  const service = await startHttp2Service(t, conversation(now, warmer));
  const client = clientOf(t, service.url);
  const called = () => client.call<Readings>(converse, { readings: iterable(hall) });
  await Array.fromAsync((await called()).readings);
  const begun = await called();
  const [session] = service.sessions;
  assert(session);
  session.goaway();
  // Frames come in their order: what is answered after this one is known to have been left.
  await promisify(session.ping.bind(session))();
  const next = await called();
  assert.equal(service.sessions.length, 2);
  for (const { readings } of [begun, next]) assert.equal((await Array.fromAsync(readings)).length, 1);
});

test('over HTTP/2, a call that finds no room on a connection has one of its own', async (t) => {
  const service = await startHttp2Service(t, conversation(now, warmer));
  const client = clientOf(t, service.url);
  const first = await client.call<Readings>(converse, { readings: new ReadableStream<EventValue>() });
  const [session] = service.sessions;
  assert(session);
  session.settings({ maxConcurrentStreams: 1 });
  await once(session, 'localSettings');
  const second = await client.call<Readings>(converse, { readings: iterable(hall) });
  await Array.fromAsync(second.readings);
  assert.equal(service.sessions.length, 2);
  await first.readings[Symbol.asyncIterator]().return?.();
});

test('over HTTP/2, neither side gets more than it takes', async (t) => {
  const room = 'x'.repeat(30_000);
  const count = 1_000;
  let [said, answered] = [0, 0];
  async function* many(counted: () => void): AsyncGenerator<EventValue, void, undefined> {
    for (let each = 0; each < count; each += 1) {
      counted();
      yield { reading: { room, degrees: each } };
    }
  }
  const answers = () => many(() => (answered += 1));
  const service = await startHttp2Service(t, conversation(now, answers));
  const { readings } = await clientOf(t, service.url).call<Readings>(converse, {
    readings: many(() => (said += 1)),
  });
  const reading = readings[Symbol.asyncIterator]();
  await reading.next();
  const [session] = service.sessions;
  assert(session);
  const ping = promisify(session.ping.bind(session));
  for (let [seen, rounds] = [0, 0]; rounds < 50; rounds += 1) {
    await ping();
    if (said + answered > seen) [seen, rounds] = [said + answered, 0];
  }
  assert.ok(said < 100, `${said} were sent`);
  assert.ok(answered < 100, `${answered} were answered`);
  await reading.return?.();
});

test('over HTTP/2, closing the factory closes the connections, also one that is left', async (t) => {
  const service = await startHttp2Service(t, conversation(now, warmer));
  const factory = new ApiFactory({
    region: 'eu-central-1',
    credentials,
    fixedEndpoint: service.url,
    clock: testClock(),
  });
  const client = factory.buildServiceClient({ ...thermostat, eventStreams, http2 });
  const { readings } = await client.call<Readings>(converse, { readings: new ReadableStream<EventValue>() });
  const [session] = service.sessions;
  assert(session);
  session.goaway();
  await promisify(session.ping.bind(session))();
  await factory.close();
  await assert.rejects(Array.fromAsync(readings), { name: 'ClientError', code: 'closed' });
  if (!session.destroyed) await once(session, 'close');
});

test('over HTTP/2, a connection that nothing uses is closed after a while', async (t) => {
  const service = await startHttp2Service(t, (stream) =>
    stream.respond({ ':status': 204 }, { endStream: true }),
  );
  // wall-clock: Node's own timer, which cannot be moved; the test waits until it is over, however long that takes
  const transport = nodeHttp2Transport({ connectTimeoutMs: 60_000, idleTimeoutMs: 1 });
  const { host } = new URL(service.url);
  const request = { method: 'GET', secure: false, host, path: '/', headers: {}, body: new Uint8Array() };
  const { status } = await transport.send(request, { signal: undefined, streams: false });
  assert.equal(status, 204);
  const [session] = service.sessions;
  assert(session);
  if (!session.destroyed) await once(session, 'close');
});

test('over HTTP/2, a program goes on while events come in, and ends when there is nothing but a kept connection', async (t) => {
  const service = await startHttp2Service(t, conversation(Date.now(), warmer));
  const urlOf = (path: string) => new URL(path, import.meta.url).href;
  const program = `
    import { ApiFactory } from '${urlOf('./mod.ts')}';
    import { eventStreams } from '${urlOf('./event-streams.ts')}';
    import { http2 } from '${urlOf('./http2.ts')}';
    import { compareReadings } from '${urlOf('./testing/readings.ts')}';
    import { thermostat } from '${urlOf('./testing/thermostat.ts')}';
    import { credentials } from '${urlOf('./testing/thermostat-client.ts')}';
    const factory = new ApiFactory({ region: 'eu-central-1', credentials, fixedEndpoint: '${service.url}' });
    const client = factory.buildServiceClient({ ...thermostat, eventStreams, http2 });
    async function* said() { yield { reading: { room: 'hall', degrees: 20 } }; }
    const { readings } = await client.call({ ...compareReadings, http2: true }, { readings: said() });
    for await (const { reading } of readings) console.log(reading.degrees);`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { signal: t.signal });
  assert.equal(stdout, '21\n');
});

for (const [name, given] of [
  ['over TLS', certificate],
  ['without TLS', undefined],
] as const) {
  const skip = name === 'over TLS' && certificate === undefined && 'openssl not found on the PATH';
  test(`${name}: a service that does not speak HTTP/2 is an error that says so`, { skip }, async (t) => {
    const server = given === undefined ? createServer() : createSecureServer(given);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const url = given === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
    await assert.rejects(clientOf(t, url).call(watch, {}), {
      code: 'connectionFailed',
      message: /: it does not speak HTTP\/2, which the operation needs$/,
    });
  });
}

test('over HTTP/2, a connection that is not made in time fails with timedOut', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = createTcpServer(() => t.mock.timers.tick(60_000));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  const client = clientOf(t, `https://127.0.0.1:${port}`, { connectTimeoutMs: 60_000 });
  await assert.rejects(client.call(watch, {}), {
    code: 'timedOut',
    message: `Cannot connect to '127.0.0.1:${port}': no connection in 60000 ms`,
  });
});

test('over HTTP/2, nothing that listens at the endpoint is connectionRefused', async (t) => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await assert.rejects(clientOf(t, `http://127.0.0.1:${port}`).call(watch, {}), {
    code: 'connectionRefused',
    message: new RegExp(`^Cannot connect to '127\\.0\\.0\\.1:${port}': nothing listens there`),
  });
});

test('with a fetch, events come in as ever; to send some at once is refused before anything is sent', async (t) => {
  const service = await startStubService(t, () => ({ body: new Uint8Array() }));
  const client = clientOf(t, service.url, { fetch });
  const { readings } = await client.call<Readings>(watch, {});
  assert.deepEqual(await Array.fromAsync(readings), []);
  await assert.rejects(client.call(converse, { readings: iterable(hall) }), {
    name: 'ClientError',
    code: 'unsupported',
    message: /call it from Node, Deno or Bun, without the option "fetch"$/,
  });
  assert.equal(service.received.length, 1);
});
