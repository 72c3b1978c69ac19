import assert from 'node:assert/strict';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { requestMetadata } from '../credentials/metadata-request.ts';
import { setEnvironment, startProxy } from '../testing/proxy.ts';
import { startStubService } from '../testing/stub-service.ts';
import { getTemperature } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';

const hall = { room: 'hall' };

for (const variable of ['HTTP_PROXY', 'http_proxy']) {
  test(`a call over plain http goes through the proxy of ${variable}`, async (t) => {
    const [proxy, service] = [await startProxy(t), await startStubService(t, () => ({}))];
    setEnvironment(t, { [variable]: proxy.url });
    const { port } = new URL(service.url);
    await thermostatClient(t, `http://thermostat.example:${port}`).call(getTemperature, hall);
    assert.deepEqual(proxy.asked, [`GET http://thermostat.example:${port}/rooms/hall`]);
    assert.equal(service.received.length, 1);
  });
}

test('a call over https asks the proxy of HTTPS_PROXY for a tunnel', async (t) => {
  const proxy = await startProxy(t);
  setEnvironment(t, { HTTPS_PROXY: proxy.url });
  const client = thermostatClient(t, 'https://thermostat.example:1', { maxAttempts: 1 });
  await assert.rejects(client.call(getTemperature, hall), {
    code: 'connectionFailed',
    message:
      /^Cannot connect to 'thermostat\.example:1': .*HTTPS_PROXY is set: is the proxy right, or should NO_PROXY/,
  });
  assert.deepEqual(proxy.asked, ['CONNECT thermostat.example:1']);
});

test('a proxy that is not there is told apart from a service that is not', async (t) => {
  setEnvironment(t, { HTTP_PROXY: 'http://user:secret@127.0.0.1:1' });
  const client = thermostatClient(t, 'http://thermostat.example', { maxAttempts: 1 });
  await assert.rejects(client.call(getTemperature, hall), (error: Error) => {
    assert.match(error.message, /HTTP_PROXY is set: is the proxy right/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});

for (const [name, noProxy] of [
  ['a host', 'localhost,127.0.0.1'],
  ['every host', '*'],
]) {
  test(`a call goes past the proxy where NO_PROXY names ${name}`, async (t) => {
    const [proxy, service] = [await startProxy(t), await startStubService(t, () => ({}))];
    setEnvironment(t, { HTTP_PROXY: proxy.url, NO_PROXY: noProxy });
    await thermostatClient(t, service.url).call(getTemperature, hall);
    assert.deepEqual(proxy.asked, []);
  });
}

test('metadata and container services are never asked through a proxy', async (t) => {
  const [proxy, service] = [await startProxy(t), await startStubService(t, () => ({ body: 'role' }))];
  setEnvironment(t, { HTTP_PROXY: proxy.url, http_proxy: proxy.url });
  const answer = await requestMetadata({ url: service.url, timeoutMs: 60_000, attempts: 1 }, undefined);
  assert.equal(answer.body, 'role');
  assert.deepEqual(proxy.asked, []);
});

test('an agent of the program makes the connections, and is left open', async (t) => {
  const [proxy, service] = [await startProxy(t), await startStubService(t, () => ({}))];
  setEnvironment(t, { HTTP_PROXY: proxy.url });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const client = thermostatClient(t, service.url, { agent });
  await client.call(getTemperature, hall);
  assert.deepEqual(proxy.asked, [], 'the agent decides about proxies');
  assert.equal(Object.values(agent.freeSockets).flat().length, 1);
});

for (const [name, maxSockets, expected] of [
  ['50', undefined, 50],
  ['maxSockets', 3, 3],
] as const) {
  test(`calls at once share ${name} connections to a host at most`, async (t) => {
    let most = 0;
    const waiting: (() => void)[] = [];
    const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => {
      waiting.push(() => response.setHeader('content-type', 'application/json').end('{}'));
      most = Math.max(most, waiting.length);
      if (waiting.length < expected) return;
      for (const answer of waiting.splice(0)) answer();
    });
    t.after(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = thermostatClient(t, url, maxSockets === undefined ? {} : { maxSockets });
    await Promise.all(Array.from({ length: expected * 4 }, () => client.call(getTemperature, hall)));
    assert.equal(most, expected);
  });
}

test('options for connections of node:http are refused where fetch sends', async (t) => {
  for (const option of [{ maxSockets: 5 }, { agent: new Agent() }]) {
    const client = thermostatClient(t, 'http://127.0.0.1:1', { fetch, ...option });
    await assert.rejects(client.call(getTemperature, hall), {
      code: 'unsupported',
      message: /option "(maxSockets|agent)" where `fetch` is given/,
    });
  }
});
