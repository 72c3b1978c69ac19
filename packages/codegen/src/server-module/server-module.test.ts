import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ModelError, parseModel } from '@latchkey/smithy';
import fc from 'fast-check';
import { serverModule } from './server-module.ts';

const weather = readFileSync(new URL('../testing/weather.json', import.meta.url), 'utf8');
const id = 'example.weather#Weather';

test('a model gives the module that stands under generated/ (npm run generate writes it anew)', () => {
  const expected = readFileSync(new URL('../generated/weather-server.ts', import.meta.url), 'utf8');
  const source = 'packages/codegen/src/testing/weather.json';
  assert.equal(serverModule(parseModel(JSON.parse(weather)), id, source), expected);
});

test('the first line names the model and its version', () => {
  const [line] = serverModule(parseModel(JSON.parse(weather)), id, 'weather.json').split('\n');
  assert.equal(
    line,
    '// Generated from weather.json (example.weather#Weather, version 2026-01-01): change the model, then generate again.',
  );
});

test('a model whose requests have a pattern that cannot be matched in linear time is refused by its shape', () => {
  const document = JSON.parse(weather);
  const [shapeId, shape] = Object.entries<{ traits: Record<string, unknown> }>(document.shapes).find(
    ([, { traits }]) => traits?.['smithy.api#pattern'] !== undefined,
  )!;
  shape.traits['smithy.api#pattern'] = '^(a)\\1$';
  assert.throws(
    () => serverModule(parseModel(document), id, 'weather.json'),
    (error) => {
      assert.ok(error instanceof ModelError);
      assert.equal(error.shapeId, shapeId);
      assert.match(
        error.message,
        /pattern \^\(a\)\\1\$: the back-reference \\1 .*take the trait out of the model/,
      );
      return true;
    },
  );
});

test('a pattern that a server does not check, as it is of an answer, is no reason to refuse a model', () => {
  const document = JSON.parse(weather);
  const output = Object.entries<{ output?: { target: string } }>(document.shapes).find(
    ([, { output: found }]) => found !== undefined && found.target in document.shapes,
  )![1].output!.target;
  document.shapes['example.weather#Odd'] = { type: 'string', traits: { 'smithy.api#pattern': '^(a)\\1$' } };
  document.shapes[output].members['odd'] = { target: 'example.weather#Odd' };
  assert.ok(serverModule(parseModel(document), id, 'weather.json'));
});

test('a model that is broken anywhere gives a module or a ModelError, never a crash', () => {
  const places = placesIn(JSON.parse(weather));
  const replacement = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(...places.map(({ key }) => key)),
    fc.constantFrom(...Object.keys(JSON.parse(weather).shapes)),
    fc.constantFrom(...Object.keys(JSON.parse(weather).shapes).map((target) => ({ target }))),
  );
  const change = fc.record({
    place: fc.nat(places.length - 1),
    how: fc.constantFrom('replace', 'remove', 'add'),
    value: replacement,
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const document = JSON.parse(weather);
      const targets = placesIn(document);
      for (const { place, how, value } of changes) {
        const { holder, key } = targets[place]!;
        if (how === 'replace') holder[key] = value;
        else if (how === 'remove') delete holder[key];
        else holder[String(value)] = holder[key];
      }
      try {
        assert.ok(serverModule(parseModel(document), id, 'weather.json').length > 0);
      } catch (error) {
        assert.ok(error instanceof ModelError, String(error instanceof Error ? error.stack : error));
        refused += 1;
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(refused > 0);
});

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every property of every object and array in a JSON value, in an order that depends on the value alone. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}
