import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import { evaluate } from '../jmespath/evaluate.ts';
import type { Operation } from '../operation.ts';
import { startStubService } from '../testing/stub-service.ts';
import { getTemperature } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import type { EndpointParams, EndpointResolver } from './endpoint.ts';

/** What the rules of a service are asked, and an endpoint of which they know one. */
function asked(url = 'https://thermostat.example.com') {
  const params: EndpointParams[] = [];
  const endpoints: EndpointResolver = {
    defaults: {},
    builtIns: {
      'AWS::Region': 'Region',
      'AWS::UseFIPS': 'UseFIPS',
      'AWS::Auth::AccountId': 'AccountId',
      'AWS::S3::Accelerate': 'Accelerate',
      'SDK::Endpoint': 'Endpoint',
    },
    settings: ['ForceWarmth', 'DisableS3ExpressSessionAuth'],
    resolve(given) {
      params.push(given);
      return { url: new URL(url), headers: { 'X-Heating': ['on', 'low'] } };
    },
  };
  return { params, endpoints };
}

function clientOf(
  t: Parameters<typeof thermostatClient>[0],
  endpoints: EndpointResolver,
  options: ApiFactoryOptions,
) {
  const sent: { url: string; headers: Headers }[] = [];
  const fetch: ApiFactoryOptions['fetch'] = async (url, init) => {
    sent.push({ url: String(url), headers: new Headers(init?.headers) });
    return new Response('{}');
  };
  const client = thermostatClient(
    t,
    '',
    { fixedEndpoint: undefined, fetch, ...options },
    { endpoints, jmesPath: evaluate },
  );
  return { sent, client };
}

test('rules are asked with settings of the factory, members, paths and fixed values of the operation', async (t) => {
  const { params, endpoints } = asked();
  const { client } = clientOf(t, endpoints, {
    useFipsEndpoint: true,
    endpointSettings: { forceWarmth: true, accelerate: true },
  });
  const operation: Operation = {
    ...getTemperature,
    endpointParams: {
      Room: { member: 'room' },
      Kind: { value: 'read' },
      Tags: { path: ['field', 'tags'] },
    },
  };
  await client.call(operation, { room: 'hall', tags: ['a', 'b'] });
  assert.deepEqual(
    Object.fromEntries(Object.entries(params[0] ?? {}).filter(([, value]) => value !== undefined)),
    {
      Region: 'eu-central-1',
      UseFIPS: true,
      Accelerate: true,
      ForceWarmth: true,
      DisableS3ExpressSessionAuth: true,
      Room: 'hall',
      Kind: 'read',
      Tags: ['a', 'b'],
    },
  );
});

test('rules are asked once for the same parameters', async (t) => {
  const { params, endpoints } = asked();
  const { client } = clientOf(t, endpoints, {});
  const operation: Operation = { ...getTemperature, endpointParams: { Room: { member: 'room' } } };
  for (const room of ['hall', 'hall', 'attic', 'hall']) await client.call(operation, { room });
  assert.deepEqual(
    params.map(({ Room }) => Room),
    ['hall', 'attic'],
  );
});

test('the account of the credentials is told to rules that ask for it', async (t) => {
  const { params, endpoints } = asked();
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', accountId: '123456789012' };
  const { client } = clientOf(t, endpoints, { credentials });
  await client.call({ ...getTemperature, auth: ['sigv4'] }, { room: 'hall' });
  assert.equal(params[0]?.['AccountId'], '123456789012');
});

test('headers of an endpoint are sent', async (t) => {
  const { client, sent } = clientOf(t, asked().endpoints, {});
  await client.call(getTemperature, { room: 'hall' });
  assert.equal(sent[0]?.headers.get('x-heating'), 'on, low');
});

const prefixed: Operation = { ...getTemperature, hostPrefix: '{room}.' };

test('what an operation puts before the host is put there, once', async (t) => {
  for (const [url, host] of [
    ['https://thermostat.example.com', 'hall.thermostat.example.com'],
    ['https://hall.thermostat.example.com', 'hall.thermostat.example.com'],
    ['https://127.0.0.1:8443', '127.0.0.1:8443'],
    ['https://[::1]:8443', '[::1]:8443'],
    ['http://localhost:8484', 'localhost:8484'],
  ] as const) {
    const { client, sent } = clientOf(t, asked(url).endpoints, {});
    await client.call(prefixed, { room: 'hall' });
    assert.equal(new URL(sent[0]?.url ?? '').host, host);
  }
});

test('disableHostPrefix leaves the host as it is', async (t) => {
  const { client, sent } = clientOf(t, asked().endpoints, { disableHostPrefix: true });
  await client.call(prefixed, { room: 'hall' });
  assert.equal(new URL(sent[0]?.url ?? '').host, 'thermostat.example.com');
});

test('what the rules say against an endpoint is said of the call', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url, { useFipsEndpoint: true });
  await assert.rejects(client.call(getTemperature, { room: 'hall' }), {
    code: 'noEndpoint',
    message: /^Cannot call GetTemperature of Home Thermostat: Invalid Configuration: FIPS/,
  });
});
