import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closureOf, parseModel } from '@latchkey/smithy';
import { camelCase, nameShapes } from './names.ts';

function namesOf(traits: object, ...structures: readonly string[]) {
  const target = (name: string) => ({ target: `example#${name}` });
  const members = Object.fromEntries(structures.map((name) => [name, target(name)]));
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      'example#Shop_1': { type: 'service', operations: [target('Buy')], traits },
      'example#Buy': { type: 'operation', input: target('BuyInput') },
      'example#BuyInput': { type: 'structure', members },
      ...Object.fromEntries(structures.map((name) => [`example#${name}`, { type: 'structure' }])),
    },
  });
  const service = model.getService('example#Shop_1');
  return nameShapes(service, closureOf(model, service));
}

test('types keep the names of their shapes, unless generated modules use these for something else', () => {
  const names = namesOf({}, 'Order', 'Promise', 'ModeledError');
  assert.equal(names.typeOf('example#Order'), 'Order');
  assert.equal(names.typeOf('example#Promise'), 'Promise_');
  assert.equal(names.typeOf('example#ModeledError'), 'ModeledError_');
});

test('constants are named after shapes, and never alike', () => {
  const names = namesOf({}, 'URI', 'Uri', 'uriSchema');
  const all = ['URI', 'Uri', 'uriSchema'].map((name) => names.schemaOf(`example#${name}`));
  assert.deepEqual(all, ['uriSchema_', 'uriSchema__', 'uriSchemaSchema']);
});

test('a name that is taken is not given twice', () => {
  const names = namesOf({}, 'BuyError');
  assert.equal(names.claim('BuyError'), 'BuyError_');
  assert.equal(names.claim('BuyError'), 'BuyError__');
});

test('the service is named after its SDK, or its shape, with acronyms as words', () => {
  assert.equal(namesOf({ 'aws.api#service': { sdkId: 'SSO OIDC' } }).service, 'SsoOidc');
  assert.equal(namesOf({ 'aws.api#service': { sdkId: 'DynamoDB' } }).service, 'DynamoDB');
  assert.equal(namesOf({}).service, 'Shop1');
});

test('names in camel case keep what follows an acronym', () => {
  assert.deepEqual(['URI', 'AWSAccount', 'RoleName', 'accountId', 'X'].map(camelCase), [
    'uri',
    'awsAccount',
    'roleName',
    'accountId',
    'x',
  ]);
});
