import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from './parse-model.ts';
import { closureOf, errorsOf, nameIn, operationsOf } from './service.ts';

const ns = 'example.shop';
const to = (name: string) => ({ target: `${ns}#${name}` });
const error = { type: 'structure', traits: { 'smithy.api#error': 'client' } };

const model = parseModel({
  smithy: '2.0',
  shapes: Object.fromEntries(
    Object.entries({
      Shop: {
        type: 'service',
        version: '2026-01-01',
        operations: [to('Search')],
        resources: [to('Order')],
        errors: [to('Throttled')],
        rename: { [`${ns}#Node`]: 'Category' },
      },
      Order: {
        type: 'resource',
        list: to('ListOrders'),
        create: to('PlaceOrder'),
        operations: [to('CancelOrder'), to('Search')],
        collectionOperations: [to('PurgeOrders')],
        resources: [to('Parcel')],
      },
      Parcel: {
        type: 'resource',
        identifiers: { id: to('Id') },
        read: to('TrackParcel'),
        resources: [to('Order')],
      },
      Search: { type: 'operation', input: to('SearchInput'), errors: [to('Throttled'), to('NotFound')] },
      ListOrders: { type: 'operation' },
      PlaceOrder: { type: 'operation' },
      CancelOrder: { type: 'operation' },
      PurgeOrders: { type: 'operation' },
      TrackParcel: { type: 'operation', output: to('TrackOutput') },
      Unbound: { type: 'operation', input: to('Unused') },
      SearchInput: { type: 'structure', members: { in: to('Nodes'), size: to('Size') } },
      Nodes: { type: 'list', member: to('Node') },
      Node: { type: 'structure', members: { children: to('Nodes'), names: to('Names') } },
      Names: { type: 'map', key: { target: 'smithy.api#String' }, value: to('Id') },
      Size: { type: 'enum', members: { SMALL: { target: 'smithy.api#Unit' } } },
      Id: { type: 'string' },
      Place: { type: 'union', members: { town: { target: 'smithy.api#String' } } },
      TrackOutput: { type: 'structure', members: { place: to('Place') } },
      Unused: { type: 'structure' },
      Throttled: error,
      NotFound: error,
    }).map(([name, shape]) => [`${ns}#${name}`, shape]),
  ),
});
const shop = model.getService(`${ns}#Shop`);
const namesOf = (shapes: readonly { readonly id: string }[]) =>
  shapes.map(({ id }) => id.slice(id.indexOf('#') + 1));

test('a service has its own operations and those of its resources, however deep, each once', () => {
  assert.deepEqual(namesOf(operationsOf(model, shop)), [
    'Search',
    'PlaceOrder',
    'ListOrders',
    'CancelOrder',
    'PurgeOrders',
    'TrackParcel',
  ]);
});

test('an operation has its own errors, then those of the service, each once', () => {
  const errorsOfSearch = errorsOf(shop, model.getOperation(`${ns}#Search`));
  assert.deepEqual(errorsOfSearch, [`${ns}#Throttled`, `${ns}#NotFound`]);
  assert.deepEqual(errorsOf(shop, model.getOperation(`${ns}#PlaceOrder`)), [`${ns}#Throttled`]);
});

test('the closure has every shape that travels, each after those it refers to unless they refer back', () => {
  assert.deepEqual(namesOf(closureOf(model, shop)), [
    'String',
    'Id',
    'Names',
    'Node',
    'Nodes',
    'Size',
    'SearchInput',
    'Unit',
    'Throttled',
    'NotFound',
    'Place',
    'TrackOutput',
  ]);
});

test('a shape goes by the name the service gives it, else by its own', () => {
  assert.equal(nameIn(shop, `${ns}#Node`), 'Category');
  assert.equal(nameIn(shop, `${ns}#Size`), 'Size');
});
