import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFactory } from '../api-factory.ts';
import { ClientError } from '../client-error.ts';
import { type InternalFactoryOptions, standIns } from '../core-api-factory.ts';
import { ServiceError } from '../service-error.ts';
import { startStubService } from '../testing/stub-service.ts';
import {
  getTemperature,
  setTemperature,
  TooColdException,
  thermostat,
  updateFirmware,
} from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';

test('a call writes its input as the model says, and reads the answer', async (t) => {
  const service = await startStubService(t, () => ({ body: '{"degrees":21}' }));
  const client = thermostatClient(t, service.url);
  const output = await client.call(setTemperature, { room: 'the hall', degrees: 21 });
  assert.deepEqual(output, { degrees: 21 });
  const [request] = service.received;
  assert.equal(request?.method, 'POST');
  assert.equal(request?.url, '/rooms/the%20hall');
  assert.equal(request?.body.toString(), '{"degrees":21}');
});

test('an input member that is null is left out', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url);
  await client.call(setTemperature, { room: 'hall', degrees: null });
  assert.equal(service.received[0]?.body.toString(), '{}');
});

test('the path of a fixed endpoint comes before that of the operation', async (t) => {
  const service = await startStubService(t, () => ({}));
  await thermostatClient(t, `${service.url}/home/`).call(setTemperature, { room: 'hall' });
  assert.equal(service.received[0]?.url, '/home/rooms/hall');
});

test('without a fixed endpoint the service is asked where its rules say', async (t) => {
  const urls: string[] = [];
  const fetch = async (url: unknown) => {
    urls.push(String(url));
    return new Response('{"degrees":18}');
  };
  const factory = new ApiFactory({ region: 'eu-central-1', credentials: 'anonymous', fetch });
  t.after(() => factory.close());
  const client = factory.buildServiceClient(thermostat);
  assert.deepEqual(await client.call(getTemperature, { room: 'attic' }), { degrees: 18 });
  assert.deepEqual(urls, ['https://thermostat.eu-central-1.amazonaws.com/rooms/attic']);
});

test('a modelled error is of its own class, with its members, status, request id and attempts', async (t) => {
  const service = await startStubService(t, () => ({
    status: 400,
    headers: { 'x-amzn-errortype': 'TooColdException', 'x-amzn-requestid': 'r-1' },
    body: '{"message":"Brr","degrees":-4}',
  }));
  const error = await rejection(thermostatClient(t, service.url).call(setTemperature, { room: 'hall' }));
  assert.ok(error instanceof TooColdException);
  assert.equal(error.name, 'TooColdException');
  assert.equal(error.message, 'Brr');
  assert.equal(error.degrees, -4);
  assert.equal(error.fault, 'client');
  assert.equal(error.response.status, 400);
  assert.equal(error.response.requestId, 'r-1');
  assert.equal(error.response.attempts, 1);
});

test('an error that the model does not have keeps the name that the service gives it', async (t) => {
  const service = await startStubService(t, () => ({ status: 403, body: '{"__type":"a.b#Forbidden"}' }));
  const error = await rejection(thermostatClient(t, service.url).call(setTemperature, { room: 'hall' }));
  assert.ok(error instanceof ServiceError);
  assert.equal(error.name, 'Forbidden');
  assert.equal(error.message, 'Home Thermostat answered SetTemperature with status 403');
});

test('the code of an error is its name, or what awsQuery calls it, or what its structure says', async (t) => {
  const codeOf = async (headers: Readonly<Record<string, string>>, errors = setTemperature.errors) => {
    const service = await startStubService(t, () => ({
      status: 400,
      headers: { 'x-amzn-errortype': 'TooColdException', ...headers },
      body: '{"code":"own"}',
    }));
    const operation = { ...setTemperature, errors };
    const call = thermostatClient(t, service.url).call(operation, { room: 'hall' });
    const error = await call.catch((thrown: unknown) => thrown);
    assert.ok(error instanceof ServiceError);
    assert.equal(error.name, 'TooColdException');
    return error.code;
  };
  const [tooCold] = setTemperature.errors;
  assert.ok(tooCold !== undefined);
  assert.equal(await codeOf({}), 'TooColdException');
  assert.equal(await codeOf({ 'x-amzn-query-error': 'AWS.TooCold;Sender' }), 'AWS.TooCold');
  const named = { ...tooCold, queryError: { code: 'TooCold', status: 400 } };
  assert.equal(await codeOf({}, [named]), 'TooCold');
  const members = { code: { target: { type: 'string' } } } as const;
  assert.equal(await codeOf({}, [{ ...tooCold, members }]), 'own');
});

test('an error of something that is not the service says what that answered, cut and on one line', async (t) => {
  const body = `<!doctype html>\n<title>Bad\tgateway</title>\n${'x'.repeat(500)}`;
  const headers = { 'content-type': 'text/html' };
  const service = await startStubService(t, () => ({ status: 400, headers, body }));
  const call = thermostatClient(t, service.url).call(setTemperature, { room: 'hall' });
  await assert.rejects(call, {
    name: 'Unknown',
    message: `Home Thermostat answered SetTemperature with status 400: text/html, "<!doctype html> <title>Bad gateway</title> ${'x'.repeat(57)}…"; is the endpoint that of the service?`,
  });
});

test('an answer that is no error and does not fit the model fails with badResponse', async (t) => {
  const service = await startStubService(t, () => ({ body: '{"degrees":"warm"}' }));
  await assert.rejects(thermostatClient(t, service.url).call(setTemperature, { room: 'hall' }), {
    name: 'ClientError',
    code: 'badResponse',
    message: /^Cannot read the answer to SetTemperature of Home Thermostat: .*\/degrees/,
  });
});

test('a page of HTML with status 200 is no answer, and is quoted so that its sender is recognised', async (t) => {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const service = await startStubService(t, () => ({ headers, body: '<title>Hotel WiFi</title>' }));
  await assert.rejects(thermostatClient(t, service.url).call(setTemperature, { room: 'hall' }), {
    name: 'ClientError',
    code: 'badResponse',
    message: /it is a page of HTML: text\/html.*Hotel WiFi.*is the endpoint that of the service\?$/,
  });
});

test('input that does not fit the model fails with badInput, and nothing is sent', async (t) => {
  const service = await startStubService(t, () => ({}));
  const call = thermostatClient(t, service.url).call(setTemperature, { room: 'hall', degrees: 'warm' });
  await assert.rejects(call, { code: 'badInput', message: /SetTemperature of Home Thermostat.*\/degrees/ });
  assert.equal(service.received.length, 0);
});

test('a call without any region fails with noRegion and says where to give one', async (t) => {
  const noSettings = { region: undefined, endpointUrl: () => undefined, value: () => undefined };
  const options: InternalFactoryOptions = {
    credentials: 'anonymous',
    [standIns]: { readSettings: async () => noSettings },
  };
  const factory = new ApiFactory(options);
  t.after(() => factory.close());
  await assert.rejects(factory.buildServiceClient(thermostat).call(getTemperature, { room: 'hall' }), {
    code: 'noRegion',
    message: /give ApiFactory a region, or set AWS_REGION/,
  });
});

test('the region of the credentials serves a client that is given no other', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url, {
    region: undefined,
    credentials: { awsAccessKeyId: 'AKIDEXAMPLE', awsSecretKey: 'example', region: 'sa-east-1' },
  });
  await client.call(setTemperature, { room: 'hall' });
  assert.match(String(service.received[0]?.headers.authorization), /\/sa-east-1\/thermostat\//);
});

test('hooks see each attempt without what is secret', async (t) => {
  const events: unknown[] = [];
  const service = await startStubService(t, () =>
    service.received.length === 1 ? { status: 503 } : { headers: { 'x-amzn-requestid': 'r-2' } },
  );
  const client = thermostatClient(t, service.url, {
    clock: { sleep: async () => {}, random: () => 0.5 },
    hooks: {
      request: (event) => void events.push(['request', event.attempt, event.method, event.origin]),
      response: (event) => void events.push(['response', event.attempt, event.status, event.requestId]),
      retry: (event) => void events.push(['retry', event.attempt, event.delayMs]),
    },
  });
  await client.call(setTemperature, { room: 'hall' });
  assert.deepEqual(events, [
    ['request', 1, 'POST', service.url],
    ['response', 1, 503, undefined],
    ['retry', 1, 50],
    ['request', 2, 'POST', service.url],
    ['response', 2, 200, 'r-2'],
  ]);
});

test('the user agent names library, platform, API, retry mode and program', async (t) => {
  const service = await startStubService(t, () => ({}));
  await thermostatClient(t, service.url, { appId: 'my program' }).call(setTemperature, { room: 'hall' });
  assert.match(
    String(service.received[0]?.headers['user-agent']),
    /^latchkey\/0\.1\.0 ua\/2\.1 os\/\w+ lang\/js md\/node#\d+\.\d+\.\d+ api\/Home_Thermostat#2026-01-01 m\/E app\/my_program$/,
  );
});

test('a closed factory refuses further calls, of clients that have called before as well', async (t) => {
  const service = await startStubService(t, () => ({}));
  const factory = new ApiFactory({ region: 'eu-central-1', fixedEndpoint: service.url });
  const client = factory.buildServiceClient(thermostat);
  await client.call(getTemperature, { room: 'hall' });
  await factory.close();
  await assert.rejects(client.call(getTemperature, { room: 'hall' }), { code: 'closed' });
  assert.equal(service.received.length, 1);
});

test('settings that were put right are read again', async (t) => {
  process.env['AWS_PROFILE'] = 'profile-that-nobody-has';
  t.after(() => delete process.env['AWS_PROFILE']);
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url);
  await assert.rejects(client.call(getTemperature, { room: 'hall' }), { code: 'badConfiguration' });
  delete process.env['AWS_PROFILE'];
  await client.call(getTemperature, { room: 'hall' });
});

test('a streaming output can be read whole in one step, as bytes, text or JSON', async (t) => {
  const service = await startStubService(t, () => ({ body: '{"log":["updated"]}' }));
  const client = thermostatClient(t, service.url);
  const read = async () =>
    (await client.call<{ log: import('./streaming-output.ts').StreamingOutput }>(updateFirmware, {})).log;
  assert.deepEqual(await (await read()).json(), { log: ['updated'] });
  assert.equal(await (await read()).text(), '{"log":["updated"]}');
  assert.deepEqual(await (await read()).bytes(), new TextEncoder().encode('{"log":["updated"]}'));
});

async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new ClientError('badResponse', 'Expected a rejection');
}
