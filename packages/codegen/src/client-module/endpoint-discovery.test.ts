import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { clientModule } from './client-module.ts';

/** A service that tells the endpoints of some of its operations. */
function make(actions?: readonly string[], protocol = 'awsJson1_0') {
  const id = { 'aws.api#clientEndpointDiscoveryId': {} };
  const http = { 'smithy.api#http': { method: 'POST', uri: '/' } };
  const operation = (traits: object) => ({
    type: 'operation',
    input: { target: 'a#Input' },
    traits: { ...traits, ...http },
  });
  const shapes = {
    'a#Cells': {
      type: 'service',
      version: '1',
      operations: ['Describe', 'Query', 'Scan', 'Ping'].map((name) => ({ target: `a#${name}` })),
      errors: [{ target: 'a#WrongCell' }],
      traits: {
        [`aws.protocols#${protocol}`]: {},
        'aws.api#clientEndpointDiscovery': { operation: 'a#Describe', error: 'a#WrongCell' },
      },
    },
    'a#WrongCell': { type: 'structure', members: {}, traits: { 'smithy.api#error': 'client' } },
    'a#Input': {
      type: 'structure',
      members: {
        Table: { target: 'smithy.api#String', traits: id },
        Limit: { target: 'smithy.api#Integer' },
      },
    },
    'a#Describe': { type: 'operation', traits: http },
    'a#Query': operation({ 'aws.api#clientDiscoveredEndpoint': { required: true } }),
    'a#Scan': operation({ 'aws.api#clientDiscoveredEndpoint': { required: false } }),
    'a#Ping': { type: 'operation', traits: http },
  };
  const options = { docs: 'none', runtime: (path: string) => path, ...(actions && { actions }) } as const;
  return clientModule(parseModel({ smithy: '2.0', shapes }), 'a#Cells', options).typescript;
}

test('operations say whether their endpoint must be discovered, and by which members', () => {
  const typescript = make();
  const discoveryOf = (constant: string) =>
    /discovery: (.*),$/m.exec(
      typescript.slice(typescript.indexOf(`const ${constant}: `)).split('\n};')[0] ?? '',
    )?.[1];
  assert.equal(discoveryOf('query'), "{ required: true, ids: ['Table'] }");
  assert.equal(discoveryOf('scan'), "{ required: false, ids: ['Table'] }");
  assert.equal(discoveryOf('ping'), undefined);
});

test('a client brings discovery along where one of its operations has it', () => {
  const imported = /^import \{ EndpointDiscovery \} from 'endpoint-discovery';$/m;
  assert.match(make(), imported);
  assert.match(
    make(),
    /endpointDiscovery: \{ operation: 'Describe', error: 'WrongCell', discovery: EndpointDiscovery \}/,
  );
  assert.doesNotMatch(make(['Ping']), imported);
});

test('a client whose protocol says nothing of how to ask for endpoints is not made', () => {
  for (const protocol of ['awsJson1_1', 'awsQuery', 'ec2Query'])
    assert.match(make(undefined, protocol), /Query/);
  for (const protocol of ['restJson1', 'restXml']) {
    for (const action of ['Query', 'Scan']) {
      assert.throws(() => make([action], protocol), {
        name: 'ModelError',
        message: new RegExp(`a#${action}.*clientDiscoveredEndpoint.* by ${protocol};`),
      });
    }
    assert.match(make(['Ping'], protocol), /ping/);
  }
});
