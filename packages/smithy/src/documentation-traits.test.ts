import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deprecatedTrait,
  examplesTrait,
  externalDocumentationTrait,
  recommendedTrait,
} from './documentation-traits.ts';
import type { OperationShape, TraitMap } from './shape.ts';

function operation(traits: TraitMap): OperationShape {
  return {
    type: 'operation',
    id: 'example#Lend',
    input: 'smithy.api#Unit',
    output: 'smithy.api#Unit',
    errors: [],
    traits,
  };
}

test('what is deprecated says since when, and what to use instead', () => {
  const trait = { message: 'Use the desk.', since: '2026-02-01' };
  assert.deepEqual(deprecatedTrait(operation({ 'smithy.api#deprecated': trait })), trait);
  assert.deepEqual(deprecatedTrait(operation({ 'smithy.api#deprecated': {} })), {});
  assert.equal(deprecatedTrait(operation({})), undefined);
});

test('what is recommended may say why', () => {
  const trait = { reason: 'Clocks differ.' };
  assert.deepEqual(recommendedTrait(operation({ 'smithy.api#recommended': trait })), trait);
  assert.deepEqual(recommendedTrait(operation({ 'smithy.api#recommended': {} })), {});
});

test('documentation elsewhere is named', () => {
  const links = externalDocumentationTrait(
    operation({ 'smithy.api#externalDocumentation': { Guide: 'https://example.com/' } }),
  );
  assert.deepEqual([...links], [['Guide', 'https://example.com/']]);
  assert.equal(externalDocumentationTrait(operation({})).size, 0);
});

test('an example without input has an empty one', () => {
  const examples = [{ title: 'To lend', error: { shapeId: 'example#Lent' } }];
  assert.deepEqual(examplesTrait(operation({ 'smithy.api#examples': examples })), [
    { title: 'To lend', input: {}, error: { shapeId: 'example#Lent', content: {} } },
  ]);
});

test('an example that is malformed says where', () => {
  assert.throws(() => examplesTrait(operation({ 'smithy.api#examples': [{ title: 1 }] })), {
    message: /example#Lend.*title of trait smithy\.api#examples: is the number 1, must be a string/,
  });
});
