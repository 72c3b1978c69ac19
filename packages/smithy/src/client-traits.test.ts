import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  contextParamTrait,
  operationContextParamsTrait,
  staticContextParamsTrait,
} from './context-params.ts';
import { paginatedTrait } from './paginated-trait.ts';
import { parseModel } from './parse-model.ts';
import { waitableTrait } from './waitable-trait.ts';

function modelOf(operationTraits: object, serviceTraits: object = {}, memberTraits: object = {}) {
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      'example#Shop': { type: 'service', operations: [{ target: 'example#Buy' }], traits: serviceTraits },
      'example#Buy': { type: 'operation', input: { target: 'example#Order' }, traits: operationTraits },
      'example#Order': {
        type: 'structure',
        members: { goods: { target: 'smithy.api#String', traits: memberTraits } },
      },
    },
  });
  const order = model.getDataShape('example#Order');
  const member = order.type === 'structure' ? order.members.get('goods') : undefined;
  assert.ok(member);
  return { service: model.getService('example#Shop'), operation: model.getOperation('example#Buy'), member };
}

test('an operation without pages has none, whatever its service says', () => {
  const { service, operation } = modelOf(
    {},
    { 'smithy.api#paginated': { inputToken: 'in', outputToken: 'out' } },
  );
  assert.equal(paginatedTrait(service, operation), undefined);
});

test('what an operation does not say of its pages, its service says', () => {
  const { service, operation } = modelOf(
    { 'smithy.api#paginated': { items: 'a.b', outputToken: 'own' } },
    { 'smithy.api#paginated': { inputToken: 'in', outputToken: 'out', pageSize: 'size' } },
  );
  assert.deepEqual(paginatedTrait(service, operation), {
    inputToken: 'in',
    outputToken: 'own',
    items: 'a.b',
  });
});

test('pages without a token are refused', () => {
  const { service, operation } = modelOf({ 'smithy.api#paginated': { inputToken: 'in' } });
  assert.throws(() => paginatedTrait(service, operation), {
    name: 'ModelError',
    message:
      'Invalid shape "example#Buy": outputToken of trait smithy.api#paginated: is missing, must be a string',
  });
});

test('a waiter is read with its acceptors, an error without its namespace', () => {
  const path = { path: 'a', expected: 'b', comparator: 'stringEquals' };
  const acceptors = [
    { state: 'success', matcher: { success: true } },
    { state: 'retry', matcher: { errorType: 'example#Gone' } },
    { state: 'failure', matcher: { output: path } },
    { state: 'failure', matcher: { inputOutput: path } },
  ];
  const { operation } = modelOf({
    'smithy.waiters#waitable': { Bought: { acceptors, minDelay: 5, tags: [] } },
  });
  assert.deepEqual(waitableTrait(operation), [
    {
      name: 'Bought',
      acceptors: [
        { state: 'success', matcher: { kind: 'success', success: true } },
        { state: 'retry', matcher: { kind: 'errorType', errorType: 'Gone' } },
        { state: 'failure', matcher: { kind: 'output', ...path } },
        { state: 'failure', matcher: { kind: 'inputOutput', ...path } },
      ],
      minDelay: 5,
    },
  ]);
  assert.deepEqual(waitableTrait(modelOf({}).operation), []);
});

test('a waiter that says what nobody understands is refused', () => {
  const waiter = (acceptor: object) =>
    modelOf({ 'smithy.waiters#waitable': { Bought: { acceptors: [acceptor] } } }).operation;
  const message = /^Invalid shape "example#Buy": .* of Bought of trait smithy\.waiters#waitable/;
  for (const acceptor of [
    { state: 'maybe', matcher: { success: true } },
    { state: 'success', matcher: {} },
    { state: 'success', matcher: { output: { path: 'a', expected: 'b', comparator: 'like' } } },
  ]) {
    assert.throws(() => waitableTrait(waiter(acceptor)), { name: 'ModelError', message });
  }
});

test('endpoint parameters come from members, from expressions, and from the model itself', () => {
  const { operation, member } = modelOf(
    {
      'smithy.rules#staticContextParams': { Fixed: { value: true }, Names: { value: ['a'] } },
      'smithy.rules#operationContextParams': { Keys: { path: 'keys(goods)' } },
    },
    {},
    { 'smithy.rules#contextParam': { name: 'Goods' } },
  );
  assert.deepEqual(Object.fromEntries(staticContextParamsTrait(operation)), { Fixed: true, Names: ['a'] });
  assert.deepEqual(Object.fromEntries(operationContextParamsTrait(operation)), { Keys: 'keys(goods)' });
  assert.equal(contextParamTrait(member), 'Goods');
  const wrong = modelOf({ 'smithy.rules#staticContextParams': { Fixed: { value: 1 } } }).operation;
  assert.throws(() => staticContextParamsTrait(wrong), { name: 'ModelError' });
});
