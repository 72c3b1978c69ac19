import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from './parse-model.ts';

const ns = 'example.shop';
const string = { target: 'smithy.api#String' };
const mixin = { 'smithy.api#mixin': {} };
const doc = (text: string) => ({ 'smithy.api#documentation': text });

function parse(...documents: readonly Record<string, unknown>[]) {
  const model = parseModel(
    ...documents.map((shapes) => ({
      smithy: '2.0',
      shapes: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`${ns}#${name}`, shape])),
    })),
  );
  return (name: string) => {
    const shape = model.getDataShape(`${ns}#${name}`);
    assert.ok(shape.type === 'structure');
    return {
      traits: shape.traits,
      members: Object.fromEntries([...shape.members.values()].map(({ name, traits }) => [name, traits])),
    };
  };
}

test('a structure has the members of its mixins, before its own', () => {
  const get = parse({
    HasId: { type: 'structure', traits: mixin, members: { id: string } },
    HasTimes: { type: 'structure', traits: mixin, members: { madeAt: string, changedAt: string } },
    Order: {
      type: 'structure',
      mixins: [{ target: `${ns}#HasId` }, { target: `${ns}#HasTimes` }],
      members: { total: string },
    },
  });
  assert.deepEqual(Object.keys(get('Order').members), ['id', 'madeAt', 'changedAt', 'total']);
});

test('a structure has the traits of its mixins but for mixin itself and the local ones, and its own win', () => {
  const get = parse({
    HasId: {
      type: 'structure',
      traits: {
        'smithy.api#mixin': { localTraits: ['smithy.api#private'] },
        'smithy.api#private': {},
        'smithy.api#sensitive': {},
        ...doc('Has an id.'),
      },
    },
    Order: { type: 'structure', mixins: [{ target: `${ns}#HasId` }], traits: doc('What was bought.') },
  });
  assert.deepEqual(get('Order').traits, { 'smithy.api#sensitive': {}, ...doc('What was bought.') });
});

test('mixins may have mixins', () => {
  const get = parse({
    Order: { type: 'structure', mixins: [{ target: `${ns}#Tracked` }] },
    Tracked: {
      type: 'structure',
      traits: mixin,
      mixins: [{ target: `${ns}#HasId` }],
      members: { place: string },
    },
    HasId: { type: 'structure', traits: mixin, members: { id: string } },
  });
  assert.deepEqual(Object.keys(get('Order').members), ['id', 'place']);
});

test('a member that is written again keeps the traits of the mixin and adds its own', () => {
  const get = parse({
    HasId: {
      type: 'structure',
      traits: mixin,
      members: { id: { ...string, traits: { 'smithy.api#required': {}, ...doc('An id.') } } },
    },
    Order: {
      type: 'structure',
      mixins: [{ target: `${ns}#HasId` }],
      members: { id: { ...string, traits: doc('The number on the invoice.') } },
    },
  });
  assert.deepEqual(get('Order').members, {
    id: { 'smithy.api#required': {}, ...doc('The number on the invoice.') },
  });
});

test('apply gives traits to a member that came of a mixin, without touching the mixin', () => {
  const get = parse({
    HasId: { type: 'structure', traits: mixin, members: { id: { ...string, traits: doc('An id.') } } },
    Order: { type: 'structure', mixins: [{ target: `${ns}#HasId` }] },
    Order$id: { type: 'apply', traits: doc('The number on the invoice.') },
  });
  assert.deepEqual(get('Order').members, { id: doc('The number on the invoice.') });
  assert.deepEqual(get('HasId').members, { id: doc('An id.') });
});

test('what is applied to a mixin reaches the structures that use it', () => {
  const get = parse({
    HasId: { type: 'structure', traits: mixin, members: { id: string } },
    HasId$id: { type: 'apply', traits: { 'smithy.api#required': {} } },
    Order: { type: 'structure', mixins: [{ target: `${ns}#HasId` }] },
  });
  assert.deepEqual(get('Order').members, { id: { 'smithy.api#required': {} } });
});

test('a second document may correct the traits of the first', () => {
  const get = parse(
    { Order: { type: 'structure', members: { total: string }, traits: doc('?') } },
    {
      Order: { type: 'apply', traits: doc('What was bought.') },
      Order$total: { type: 'apply', traits: doc('In cents.') },
    },
  );
  assert.deepEqual(get('Order'), { traits: doc('What was bought.'), members: { total: doc('In cents.') } });
});

test('traits are applied to the members of lists and maps', () => {
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      [`${ns}#Names`]: { type: 'list', member: string },
      [`${ns}#Names$member`]: { type: 'apply', traits: { 'smithy.api#xmlName': 'Name' } },
    },
  });
  const names = model.getDataShape(`${ns}#Names`);
  assert.ok(names.type === 'list');
  assert.deepEqual(names.member.traits, { 'smithy.api#xmlName': 'Name' });
});

test('an operation has the errors of its mixins, and its own', () => {
  const error = { type: 'structure', traits: { 'smithy.api#error': 'client' } };
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      [`${ns}#Denied`]: error,
      [`${ns}#Gone`]: error,
      [`${ns}#Guarded`]: { type: 'operation', traits: mixin, errors: [{ target: `${ns}#Denied` }] },
      [`${ns}#Buy`]: {
        type: 'operation',
        mixins: [{ target: `${ns}#Guarded` }],
        errors: [{ target: `${ns}#Gone` }],
      },
    },
  });
  assert.deepEqual(model.getOperation(`${ns}#Buy`).errors, [`${ns}#Denied`, `${ns}#Gone`]);
});

const structure = { type: 'structure' };
const broken: readonly (readonly [what: string, shapes: Record<string, unknown>, message: string])[] = [
  [
    'a mixin that does not exist',
    { Order: { ...structure, mixins: [{ target: `${ns}#HasId` }] } },
    `"${ns}#Order": mixin "${ns}#HasId" does not exist`,
  ],
  [
    'a mixin that is none',
    { HasId: structure, Order: { ...structure, mixins: [{ target: `${ns}#HasId` }] } },
    `"${ns}#Order": mixin "${ns}#HasId" lacks trait smithy.api#mixin`,
  ],
  [
    'a mixin of another type',
    {
      HasId: { type: 'string', traits: mixin },
      Order: { ...structure, mixins: [{ target: `${ns}#HasId` }] },
    },
    `"${ns}#Order": mixin "${ns}#HasId": is of type string, must be of type structure`,
  ],
  [
    'a mixin of itself',
    { Order: { ...structure, traits: mixin, mixins: [{ target: `${ns}#Order` }] } },
    `"${ns}#Order": is a mixin of itself`,
  ],
  [
    'traits applied to nothing',
    { Order: { type: 'apply', traits: {} } },
    `"${ns}#Order": traits are applied to it, but it does not exist`,
  ],
  [
    'traits applied to no member',
    { Order: structure, Order$total: { type: 'apply', traits: {} } },
    `"${ns}#Order$total": traits are applied to it, but it does not exist`,
  ],
];

for (const [what, shapes, message] of broken) {
  test(`${what} is refused`, () => {
    assert.throws(() => parse(shapes), { name: 'ModelError', message: `Invalid shape ${message}` });
  });
}
