import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ApiFactoryOptions } from './api-factory-options.ts';
import { EndpointDiscovery } from './endpoint-discovery.ts';
import type { Operation } from './operation.ts';
import { awsJson1_0 } from './protocols/aws-json.ts';
import { testClock } from './testing/test-clock.ts';
import { thermostat } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';

const text = { target: { type: 'string' } } as const;
const query: Operation = {
  name: 'Query',
  auth: ['sigv4'],
  errors: [],
  input: { type: 'structure', name: 'QueryRequest', members: { Table: text } },
  output: { type: 'structure', name: 'QueryResponse', members: {} },
  discovery: { required: true },
};
const optional: Operation = { ...query, name: 'Scan', discovery: { required: false } };
const byTable: Operation = { ...query, discovery: { required: true, ids: ['Table'] } };

interface Service {
  /** What DescribeEndpoints answers: an address, or undefined for a failure. */
  address: string | undefined;
  /** Hosts that answer InvalidEndpointException. */
  readonly wrong: Set<string>;
  /** `<operation> <host>` of each request. */
  readonly asked: string[];
  readonly bodies: unknown[];
}

function start(t: TestContext, options: ApiFactoryOptions = {}) {
  const service: Service = { address: 'cell1.thermostat.example', wrong: new Set(), asked: [], bodies: [] };
  const clock = testClock();
  const fetch: ApiFactoryOptions['fetch'] = async (url, init) => {
    const { host } = new URL(String(url));
    const operation = new Headers(init?.headers).get('x-amz-target')?.split('.')[1];
    service.asked.push(`${operation} ${host}`);
    service.bodies.push(JSON.parse(await new Response(init?.body).text()));
    const answer = (body: object, status = 200) => new Response(JSON.stringify(body), { status });
    if (operation !== 'DescribeEndpoints')
      return service.wrong.has(host) ? answer({ __type: 'x#InvalidEndpointException' }, 400) : answer({});
    if (service.address === undefined) return answer({ __type: 'x#AccessDenied', message: 'No' }, 400);
    return answer({ Endpoints: [{ Address: service.address, CachePeriodInMinutes: 10 }] });
  };
  const discovery = {
    operation: 'DescribeEndpoints',
    error: 'InvalidEndpointException',
    discovery: EndpointDiscovery,
  };
  const metadata = { ...thermostat, protocol: awsJson1_0, endpointDiscovery: discovery };
  const all = { fixedEndpoint: undefined, fetch, clock, maxAttempts: 1, ...options };
  return { service, clock, client: thermostatClient(t, '', all, metadata) };
}

const own = 'thermostat.eu-central-1.amazonaws.com';

test('an operation that needs discovery asks the service first, and goes where it says', async (t) => {
  const { client, service } = start(t);
  await client.call(query, {});
  await client.call(query, {});
  assert.deepEqual(service.asked, [
    `DescribeEndpoints ${own}`,
    'Query cell1.thermostat.example',
    'Query cell1.thermostat.example',
  ]);
});

test('calls at once ask the service once', async (t) => {
  const { client, service } = start(t);
  await Promise.all(Array.from({ length: 5 }, () => client.call(query, {})));
  assert.equal(service.asked.filter((asked) => asked.startsWith('Describe')).length, 1);
});

test('an endpoint is asked for anew once its period is over', async (t) => {
  const { client, clock, service } = start(t);
  await client.call(query, {});
  service.address = 'cell2.thermostat.example:8443';
  clock.advance(10 * 60_000 - 1);
  await client.call(query, {});
  clock.advance(1);
  await client.call(query, {});
  assert.deepEqual(
    service.asked.slice(2),
    [
      'Query cell1.thermostat.example',
      `DescribeEndpoints ${own}`,
      'Query cell2.thermostat.example:8443',
    ].slice(0, 3),
  );
});

test('an endpoint that has expired goes on while the service cannot be asked', async (t) => {
  const { client, clock, service } = start(t);
  await client.call(query, {});
  service.address = undefined;
  clock.advance(10 * 60_000);
  await client.call(query, {});
  await client.call(query, {});
  assert.deepEqual(service.asked.slice(2), [
    `DescribeEndpoints ${own}`,
    'Query cell1.thermostat.example',
    'Query cell1.thermostat.example',
  ]);
});

test('InvalidEndpointException has the endpoint asked for anew, and the call sent again, once', async (t) => {
  const { client, service } = start(t);
  await client.call(query, {});
  service.wrong.add('cell1.thermostat.example');
  service.address = 'cell2.thermostat.example';
  await client.call(query, {});
  assert.deepEqual(service.asked.slice(2), [
    'Query cell1.thermostat.example',
    `DescribeEndpoints ${own}`,
    'Query cell2.thermostat.example',
  ]);
  service.wrong.add('cell2.thermostat.example');
  await assert.rejects(client.call(query, {}), { name: 'InvalidEndpointException' });
});

test('calls with identifiers are told apart by them, and tell them', async (t) => {
  const { client, service } = start(t);
  for (const Table of ['a', 'b', 'a']) await client.call(byTable, { Table });
  assert.equal(service.asked.filter((asked) => asked.startsWith('Describe')).length, 2);
  assert.deepEqual(service.bodies[0], { Operation: 'Query', Identifiers: { Table: 'a' } });
});

test('an endpoint may be told with its scheme, but only over TLS, and must be one', async (t) => {
  const { client, service, clock } = start(t);
  service.address = 'https://cell3.thermostat.example';
  await client.call(query, {});
  assert.equal(service.asked.at(-1), 'Query cell3.thermostat.example');
  for (const address of ['http://cell1.thermostat.example', '', 'two words']) {
    const other = start(t);
    other.service.address = address;
    const message = `Cannot call Query: DescribeEndpoints answered "${address}", which is no endpoint`;
    await assert.rejects(other.client.call(query, {}), { code: 'noEndpoint', message });
    service.address = address;
    clock.advance(20 * 60_000);
    await client.call(query, {});
    assert.equal(service.asked.at(-1), 'Query cell3.thermostat.example');
  }
});

test('a required endpoint that the service does not tell fails the call with its error', async (t) => {
  const { client, service } = start(t);
  service.address = undefined;
  await assert.rejects(client.call(query, {}), { name: 'AccessDenied' });
});

test('optional discovery is off unless asked for, and then a failure leaves the own endpoint', async (t) => {
  const off = start(t);
  await off.client.call(optional, {});
  assert.deepEqual(off.service.asked, [`Scan ${own}`]);
  const on = start(t, { endpointDiscoveryEnabled: true });
  await on.client.call(optional, {});
  assert.deepEqual(on.service.asked, [`DescribeEndpoints ${own}`, 'Scan cell1.thermostat.example']);
  const failing = start(t, { endpointDiscoveryEnabled: true });
  failing.service.address = undefined;
  await failing.client.call(optional, {});
  await failing.client.call(optional, {});
  assert.deepEqual(failing.service.asked, [`DescribeEndpoints ${own}`, `Scan ${own}`, `Scan ${own}`]);
});

test('discovery that is turned off fails an operation that cannot be called without, by name', async (t) => {
  const { client, service } = start(t, { endpointDiscoveryEnabled: false });
  await assert.rejects(client.call(query, {}), {
    code: 'badConfiguration',
    message: /^Cannot call Query of Home Thermostat: its endpoint must be discovered/,
  });
  assert.deepEqual(service.asked, []);
});

test('an endpoint of the program is used as it is', async (t) => {
  const { client, service } = start(t, { fixedEndpoint: 'https://own.example' });
  await client.call(query, {});
  assert.deepEqual(service.asked, ['Query own.example']);
});
