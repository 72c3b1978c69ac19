import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndpointResolver } from '@latchkey/client/endpoints/endpoint';
import { endpointRules } from '@latchkey/client/endpoints/rules';
import { standardEndpoints } from '@latchkey/client/endpoints/standard';
import { operationsOf, parseModel } from '@latchkey/smithy';
import { readServedModel, servedModels } from '../testing/served-models.ts';
import { type EmittedEndpoints, emitEndpoints } from './emit-endpoints.ts';

const parameters = {
  Region: { type: 'String', builtIn: 'AWS::Region', required: false },
  Endpoint: { type: 'String', builtIn: 'SDK::Endpoint', required: false },
  Bucket: { type: 'String', required: false },
  Accelerate: { type: 'Boolean', builtIn: 'AWS::S3::Accelerate', required: true, default: false },
};

const ref = (name: string) => ({ ref: name });
const call = (fn: string, ...argv: readonly unknown[]) => ({ fn, argv });

const rules = [
  { type: 'endpoint', conditions: [call('isSet', ref('Endpoint'))], endpoint: { url: ref('Endpoint') } },
  {
    type: 'tree',
    conditions: [call('isSet', ref('Bucket'))],
    rules: [
      {
        type: 'endpoint',
        conditions: [call('booleanEquals', ref('Accelerate'), true)],
        endpoint: {
          url: 'https://{Bucket}.fast.test',
          headers: { 'x-bucket': ['{Bucket}'] },
          properties: {
            authSchemes: [{ name: 'sigv4a', signingName: 's3', signingRegionSet: ['*'] }],
          },
        },
      },
      { type: 'endpoint', conditions: [], endpoint: { url: 'https://{Bucket}.test' } },
    ],
  },
  {
    type: 'endpoint',
    conditions: [call('isSet', ref('Region'))],
    endpoint: { url: 'https://{Region}.test' },
  },
  { type: 'error', conditions: [], error: 'Neither bucket nor region' },
];

function emit(
  traits: Readonly<Record<string, unknown>>,
  operations: readonly string[] = ['Get', 'List'],
): EmittedEndpoints {
  const member = { target: 'smithy.api#String', traits: { 'smithy.rules#contextParam': { name: 'Bucket' } } };
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      'a#Store': {
        type: 'service',
        version: '1',
        operations: [{ target: 'a#Get' }, { target: 'a#List' }],
        traits: { 'aws.auth#sigv4': { name: 'store' }, ...traits },
      },
      'a#Get': { type: 'operation', input: { target: 'a#GetInput' }, output: { target: 'smithy.api#Unit' } },
      'a#GetInput': { type: 'structure', members: { bucket: member } },
      'a#List': {
        type: 'operation',
        input: { target: 'smithy.api#Unit' },
        output: { target: 'smithy.api#Unit' },
      },
    },
  });
  const service = model.getService('a#Store');
  const chosen = operationsOf(model, service).filter(({ id }) => operations.includes(id.slice(2)));
  return emitEndpoints(model, service, chosen);
}

function evaluate({ expression }: EmittedEndpoints): EndpointResolver {
  return new Function('endpointRules', 'standardEndpoints', `return ${expression};`)(
    endpointRules,
    standardEndpoints,
  );
}

const ruleSet = { version: '1.0', parameters, rules };

test('rules of their own are printed so that the client decides as they say', () => {
  const emitted = emit({
    'smithy.rules#endpointRuleSet': ruleSet,
    'smithy.rules#clientContextParams': { Accelerate: { type: 'boolean' } },
  });
  assert.deepEqual(emitted.imports, [{ path: 'endpoints/rules', name: 'endpointRules' }]);
  assert.deepEqual([...emitted.usedParams].toSorted(), ['Accelerate', 'Bucket', 'Endpoint', 'Region']);
  const resolver = evaluate(emitted);
  assert.deepEqual(resolver.defaults, { Accelerate: false });
  assert.deepEqual(resolver.settings, ['Accelerate']);
  assert.equal(resolver.builtIns['AWS::Region'], 'Region');
  assert.equal(resolver.resolve({ Endpoint: 'http://localhost:1/x' }).url.href, 'http://localhost:1/x');
  assert.equal(resolver.resolve({ Bucket: 'b' }).url.href, 'https://b.test/');
  assert.deepEqual(resolver.resolve({ Bucket: 'b', Accelerate: true }), {
    url: new URL('https://b.fast.test'),
    authSchemes: [{ name: 'sigv4a', signingName: 's3', signingRegionSet: ['*'] }],
    headers: { 'x-bucket': ['b'] },
  });
  assert.throws(() => resolver.resolve({}), { name: 'EndpointError', message: 'Neither bucket nor region' });
});

test('rules that only other operations reach are left out', () => {
  const emitted = emit({ 'smithy.rules#endpointRuleSet': ruleSet }, ['List']);
  assert.deepEqual([...emitted.usedParams].toSorted(), ['Endpoint', 'Region']);
  assert.doesNotMatch(emitted.expression, /Bucket|Accelerate/);
});

test('rules that come as a graph decide alike, swapped answers included', () => {
  const results = [
    { type: 'endpoint', conditions: [], endpoint: { url: ref('Endpoint') } },
    { type: 'endpoint', conditions: [], endpoint: { url: 'https://{Bucket}.test' } },
    { type: 'error', conditions: [], error: 'Neither' },
  ];
  const resultAt = (place: number) => 100_000_000 + place;
  const numbers = [
    [-1, 1, -1],
    [0, resultAt(1), -3],
    [1, resultAt(3), resultAt(2)],
  ].flat();
  const nodes = Buffer.alloc(numbers.length * 4);
  for (const [place, number] of numbers.entries()) nodes.writeInt32BE(number, place * 4);
  const conditions = [call('isSet', ref('Endpoint')), call('isSet', ref('Bucket'))];
  const trait = {
    version: '1.1',
    parameters,
    conditions,
    results,
    root: 2,
    nodeCount: 3,
    nodes: nodes.toString('base64'),
  };

  const resolver = evaluate(emit({ 'smithy.rules#endpointBdd': trait }));
  assert.equal(resolver.resolve({ Endpoint: 'http://localhost:1/x' }).url.href, 'http://localhost:1/x');
  assert.equal(resolver.resolve({ Bucket: 'b' }).url.href, 'https://b.test/');
  assert.throws(() => resolver.resolve({}), { message: 'Neither' });
});

test('a graph that goes in a circle is refused by name', () => {
  const nodes = Buffer.alloc(24);
  for (const [place, number] of [-1, 1, -1, 0, 1, 2].entries()) nodes.writeInt32BE(number, place * 4);
  const conditions = [call('isSet', ref('Endpoint'))];
  const trait = { parameters, conditions, results: [], root: 2, nodes: nodes.toString('base64') };
  assert.throws(() => emit({ 'smithy.rules#endpointBdd': trait }), {
    name: 'ModelError',
    message: /a#Store.*goes in a circle at 2/,
  });
});

test('a function that clients do not have is refused by name when the module is made', () => {
  const unknown = [{ type: 'error', conditions: [call('aws.guess', ref('Region'))], error: 'Never' }];
  assert.throws(() => emit({ 'smithy.rules#endpointRuleSet': { ...ruleSet, rules: unknown } }), {
    name: 'ModelError',
    message: /a#Store.*aws\.guess/,
  });
});

test('a service without rules is at the host that its name gives', () => {
  assert.equal(emit({}).expression, "standardEndpoints({ prefix: 'store' })");
  const named = emit({
    'aws.api#service': { sdkId: 'Store', arnNamespace: 'shelf', endpointPrefix: 'api.store' },
  });
  assert.equal(named.expression, "standardEndpoints({ prefix: 'api.store' })");
  assert.equal(
    emit({ 'aws.api#service': { sdkId: 'Store', arnNamespace: 'shelf' } }).expression,
    "standardEndpoints({ prefix: 'shelf' })",
  );
});

test('our own models are at the hosts of the services that they stand for', () => {
  const expressions = servedModels.map((name) => {
    const model = readServedModel(name);
    const [service] = model.services;
    assert.ok(service);
    return emitEndpoints(model, service, operationsOf(model, service)).expression;
  });
  assert.deepEqual(
    expressions,
    ['oidc', 'portal.sso', 'sts'].map((prefix) => `standardEndpoints({ prefix: '${prefix}' })`),
  );
});
