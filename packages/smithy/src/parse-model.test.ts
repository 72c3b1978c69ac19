import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelError } from './model-error.ts';
import { parseModel } from './parse-model.ts';

const ns = 'example.shop';
const unit = { target: 'smithy.api#Unit' };

function document(shapes: Record<string, unknown>, smithy: unknown = '2.0'): unknown {
  const absolute = Object.entries(shapes).map(([name, shape]) => [
    name.includes('#') ? name : `${ns}#${name}`,
    shape,
  ]);
  return { smithy, shapes: Object.fromEntries(absolute) };
}

test('a model has the shapes of its document, and those that Smithy defines', () => {
  const model = parseModel(
    document({
      Order: {
        type: 'structure',
        members: { total: { target: 'smithy.api#Integer', traits: { 'smithy.api#required': {} } } },
      },
    }),
  );
  const order = model.getDataShape(`${ns}#Order`);
  assert.equal(order.type, 'structure');
  assert.deepEqual(
    [...order.members.values()],
    [
      {
        id: `${ns}#Order$total`,
        name: 'total',
        target: 'smithy.api#Integer',
        traits: { 'smithy.api#required': {} },
      },
    ],
  );
  assert.equal(model.findShape('smithy.api#Integer')?.type, 'integer');
  assert.deepEqual([...model.shapes.keys()], [`${ns}#Order`]);
});

test('an operation without input and output takes and gives Unit', () => {
  const model = parseModel(document({ Ping: { type: 'operation' } }));
  const { input, output, errors } = model.getOperation(`${ns}#Ping`);
  assert.deepEqual({ input, output, errors }, { input: unit.target, output: unit.target, errors: [] });
});

test('a set of Smithy 1.0 is a list of unique items', () => {
  const model = parseModel(
    document({ Tags: { type: 'set', member: { target: 'smithy.api#String' } } }, '1.0'),
  );
  const tags = model.getDataShape(`${ns}#Tags`);
  assert.equal(tags.type, 'list');
  assert.deepEqual(tags.traits, { 'smithy.api#uniqueItems': {} });
});

test('a string of Smithy 1.0 whose values are all named is an enum', () => {
  const values = [
    { value: 'S', name: 'SMALL', documentation: 'Fits in a pocket.' },
    { value: 'L', name: 'LARGE', tags: ['internal'] },
  ];
  const model = parseModel(
    document({ Size: { type: 'string', traits: { 'smithy.api#enum': values } } }, '1.0'),
  );
  const size = model.getDataShape(`${ns}#Size`);
  assert.equal(size.type, 'enum');
  assert.deepEqual(
    [...size.members.values()].map(({ name, traits }) => [name, traits]),
    [
      ['SMALL', { 'smithy.api#enumValue': 'S', 'smithy.api#documentation': 'Fits in a pocket.' }],
      ['LARGE', { 'smithy.api#enumValue': 'L', 'smithy.api#internal': {} }],
    ],
  );
});

test('a string of Smithy 1.0 with a value that has no name stays a string', () => {
  const traits = { 'smithy.api#enum': [{ value: 'S', name: 'SMALL' }, { value: 'L' }] };
  const model = parseModel(document({ Size: { type: 'string', traits } }, '1.0'));
  assert.deepEqual(model.getDataShape(`${ns}#Size`), { id: `${ns}#Size`, type: 'string', traits });
});

test('a shape may not be had as what it is not', () => {
  const model = parseModel(document({ Name: { type: 'string' }, Ping: { type: 'operation' } }));
  const throws = (get: () => unknown, message: string) =>
    assert.throws(get, { name: 'ModelError', message: `Invalid shape "${ns}#${message}` });
  throws(() => model.getService(`${ns}#Name`), 'Name": is of type string, must be a service');
  throws(() => model.getOperation(`${ns}#Name`), 'Name": is of type string, must be an operation');
  throws(() => model.getResource(`${ns}#Name`), 'Name": is of type string, must be a resource');
  throws(() => model.getDataShape(`${ns}#Ping`), 'Ping": is of type operation, must be data');
  throws(() => model.getService(`${ns}#Other`), 'Other": does not exist');
});

test('a minor version of Smithy that is newer is read, too', () => {
  assert.equal(parseModel(document({ Shop: { type: 'service' } }, '2.1')).services.length, 1);
});

test('services are listed', () => {
  const model = parseModel(document({ Shop: { type: 'service', version: '1' }, Name: { type: 'string' } }));
  assert.deepEqual(
    model.services.map(({ id }) => id),
    [`${ns}#Shop`],
  );
});

const broken: readonly (readonly [what: string, document: unknown, message: string])[] = [
  ['that is no object', [], 'Invalid model: document: is an array, must be an object'],
  [
    'without a version of Smithy',
    { shapes: {} },
    'Invalid model: version of Smithy (property "smithy"): is missing, must be a string',
  ],
  [
    'of a version nobody knows',
    { smithy: '3.0' },
    'Invalid model: version of Smithy: is "3.0", must be one of 1.x, 2.x',
  ],
  [
    'whose shapes are no object',
    { smithy: '2.0', shapes: 1 },
    'Invalid model: shapes: is the number 1, must be an object',
  ],
  [
    'with a relative shape id',
    { smithy: '2.0', shapes: { Order: { type: 'string' } } },
    'Invalid shape "Order": its id must have the form namespace#Name',
  ],
  [
    'with a shape that is null',
    document({ Order: null }),
    `Invalid shape "${ns}#Order": shape: is null, must be an object`,
  ],
  [
    'with a shape without a type',
    document({ Order: {} }),
    `Invalid shape "${ns}#Order": type: is missing, must be a string`,
  ],
  [
    'with a type nobody knows',
    document({ Order: { type: 'record' } }),
    `Invalid shape "${ns}#Order": unknown type "record"`,
  ],
  [
    'with a misspelt property',
    document({ Order: { type: 'structure', memebrs: {} } }),
    `Invalid shape "${ns}#Order": unknown property "memebrs" of type structure`,
  ],
  [
    'with members in an array',
    document({ Order: { type: 'structure', members: [] } }),
    `Invalid shape "${ns}#Order": members: is an array, must be an object`,
  ],
  [
    'with a member that is a string',
    document({ Order: { type: 'structure', members: { id: 'smithy.api#String' } } }),
    `Invalid shape "${ns}#Order$id": member: is the string "smithy.api#String", must be an object`,
  ],
  [
    'with a member without a target',
    document({ Order: { type: 'structure', members: { id: {} } } }),
    `Invalid shape "${ns}#Order$id": target of member: is missing, must be a string`,
  ],
  [
    'with a member whose name is no identifier',
    document({ Order: { type: 'structure', members: { 'order id': unit } } }),
    `Invalid shape "${ns}#Order": member "order id": is not a Smithy identifier`,
  ],
  [
    'with a member that says more than target and traits',
    document({ Order: { type: 'structure', members: { id: { ...unit, required: true } } } }),
    `Invalid shape "${ns}#Order$id": unknown property "required" of a member`,
  ],
  [
    'with a target that is relative',
    document({ Order: { type: 'list', member: { target: 'String' } } }),
    `Invalid shape "${ns}#Order$member": target of member: "String" is not a shape id`,
  ],
  [
    'with a target that dangles',
    document({ Order: { type: 'list', member: { target: `${ns}#Item` } } }),
    `Invalid shape "${ns}#Order$member": target "${ns}#Item" does not exist`,
  ],
  [
    'with a list without a member',
    document({ Order: { type: 'list' } }),
    `Invalid shape "${ns}#Order$member": member: is missing, must be an object`,
  ],
  [
    'with a member that is an operation',
    document({ Ping: { type: 'operation' }, Order: { type: 'list', member: { target: `${ns}#Ping` } } }),
    `Invalid shape "${ns}#Order$member": target "${ns}#Ping": is of type operation, must be data`,
  ],
  [
    'with a map whose keys are numbers',
    document({ Prices: { type: 'map', key: { target: 'smithy.api#Integer' }, value: unit } }),
    `Invalid shape "${ns}#Prices$key": target "smithy.api#Integer": is of type integer, must be a string or an enum`,
  ],
  [
    'with an enum whose values are strings',
    document({ Size: { type: 'enum', members: { SMALL: { target: 'smithy.api#String' } } } }),
    `Invalid shape "${ns}#Size$SMALL": target "smithy.api#String": is of type string, must be smithy.api#Unit`,
  ],
  [
    'with an operation that takes a string',
    document({ Ping: { type: 'operation', input: { target: 'smithy.api#String' } } }),
    `Invalid shape "${ns}#Ping": target "smithy.api#String": is of type string, must be a structure`,
  ],
  [
    'with an error that is none',
    document({ Ping: { type: 'operation', errors: [unit] } }),
    `Invalid shape "${ns}#Ping": target "smithy.api#Unit": is of type structure, must be a structure with trait smithy.api#error`,
  ],
  [
    'with a service of structures',
    document({ Shop: { type: 'service', operations: [unit] } }),
    `Invalid shape "${ns}#Shop": target "smithy.api#Unit": is of type structure, must be an operation`,
  ],
  [
    'with a trait id that is none',
    document({ Order: { type: 'string', traits: { required: {} } } }),
    `Invalid shape "${ns}#Order": traits: "required" is not a shape id`,
  ],
];

for (const [what, model, message] of broken) {
  test(`a document ${what} is refused`, () => {
    assert.throws(() => parseModel(model), { name: 'ModelError', message });
  });
}

test('the error names the shape for programs too', () => {
  assert.throws(
    () => parseModel(document({ Order: { type: 'record' } })),
    (error) => error instanceof ModelError && error.shapeId === `${ns}#Order`,
  );
});

test('two documents may not define one shape', () => {
  const order = document({ Order: { type: 'string' } });
  assert.throws(() => parseModel(order, order), {
    message: `Invalid shape "${ns}#Order": is defined by two documents`,
  });
});
