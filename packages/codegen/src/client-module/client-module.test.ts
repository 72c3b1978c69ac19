import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ModelError, parseModel } from '@latchkey/smithy';
import { transform } from 'esbuild';
import fc from 'fast-check';
import type { ClientModuleOptions } from './client-input.ts';
import { clientModule } from './client-module.ts';

const source = readFileSync(new URL('../testing/weather.json', import.meta.url), 'utf8');
const weather = () => JSON.parse(source);
const id = 'example.weather#Weather';
const runtime = (path: string) => (path === 'mod' ? '@latchkey/client' : `@latchkey/client/${path}`);

function make(options: Partial<ClientModuleOptions> = {}, document: unknown = weather()) {
  return clientModule(parseModel(document), id, { docs: 'none', runtime, ...options });
}

for (const [language, extension] of [
  ['typescript', '.ts'],
  ['javascript', '.js'],
  ['declarations', '.d.ts'],
] as const) {
  test(`a model gives the ${language} that stands under generated/ (npm run generate writes it anew)`, () => {
    const file = new URL(`../generated/weather-client${extension}`, import.meta.url);
    assert.equal(make({ docs: 'full' })[language], readFileSync(file, 'utf8'));
  });
}

test('the JavaScript is the TypeScript without types and documentation', async () => {
  const { typescript, javascript } = make({ docs: 'full' });
  const options = { minifyWhitespace: true, target: 'es2024' } as const;
  const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
  const [fromTypes, fromScript] = await Promise.all([
    transform(typescript, { ...options, loader: 'ts', tsconfigRaw }),
    transform(javascript, { ...options, loader: 'js' }),
  ]);
  assert.equal(fromTypes.code, fromScript.code);
});

test('docs=none has no documentation, docs=short the first sentence, docs=full all of it', () => {
  const { typescript: none } = make({ docs: 'none' });
  const { typescript: short } = make({ docs: 'short' });
  const { typescript: full } = make({ docs: 'full' });
  assert.ok(!none.includes('/**'));
  assert.match(short, /^ {2}\/\*\* Says what the weather will be\. \*\/$/m);
  assert.ok(!short.includes('The further ahead'));
  assert.match(full, /^ {3}\* The further ahead, the less it means/m);
  assert.match(full, /^ {3}\* @throws \{NoSuchCity\}$/m);
  assert.match(full, /^ {3}\* @deprecated Ask for the cities\.$/m);
});

test('actions= leaves only what the operations reach', () => {
  const { typescript } = make({ actions: ['ListCities'] });
  const declared = [...typescript.matchAll(/^export (?:interface|type|class) (\w+)/gm)].map(
    ([, name]) => name,
  );
  assert.deepEqual(declared, [
    'Throttled',
    'WEATHERReports',
    'CityPage',
    'CityRecord',
    'ListCitiesInput',
    'ListCitiesOutput',
    'Rule',
    'ListCitiesError',
  ]);
  const methods = [...typescript.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  assert.deepEqual(methods, ['constructor', 'listCities', 'paginateListCities']);
  assert.ok(!/NoSuchCity|Waiter|event-streams|features/.test(typescript));
});

test('positions lead to the line that declares a symbol, a property, a method', () => {
  const { typescript, positions } = make({ docs: 'full' });
  const lines = typescript.split('\n');
  const lineOf = (symbol: string) => lines[(positions.get(symbol) ?? 0) - 1];
  assert.equal(lineOf('GetForecastInput'), 'export interface GetForecastInput {');
  assert.equal(lineOf('GetForecastInput.scale'), '  scale?: Scale | null;');
  assert.equal(lineOf('NoSuchCity'), 'export class NoSuchCity extends ServiceError {');
  assert.equal(lineOf('WEATHERReports'), 'export class WEATHERReports {');
  assert.match(lineOf('WEATHERReports.getForecast') ?? '', /^ {2}getForecast\(params: GetForecastInput/);
  assert.equal(lineOf('Rule.all'), '  all: Rule[];');
  assert.equal(lineOf("PutMapError.it's"), `  | "it's"`);
  assert.equal(lineOf('Rank'), 'export type Rank = 1 | 2 | (number & {});');
});

test('a client has no schema of what only a server goes by', () => {
  const { typescript } = make();
  assert.ok(!/\b(?:pattern|range|length|uniqueItems|default|sensitive): /.test(typescript));
  assert.match(typescript, /cityId: \{ target: stringSchema, traits: \{ httpLabel: true \} \}/);
});

test('a module imports of the runtime what its operations need, and no more', () => {
  const runtimeFiles = (actions?: readonly string[], document?: unknown) =>
    Array.from(
      make(actions === undefined ? {} : { actions }, document).javascript.matchAll(
        / from '@latchkey\/client\/(.+)';/g,
      ),
      ([, path]) => path,
    );
  assert.deepEqual(runtimeFiles(['Ping']), ['endpoints/standard', 'protocols/rest-json1']);
  assert.deepEqual(runtimeFiles(['WatchWeather']), [
    'endpoints/standard',
    'event-streams',
    'protocols/rest-json1',
  ]);
  assert.ok(runtimeFiles(['GetMap']).includes('features/http-checksums'));
  assert.ok(!runtimeFiles(['GetMap']).includes('features/request-compression'));
  assert.ok(runtimeFiles(['PutMap']).includes('features/request-compression'));
  assert.ok(!runtimeFiles(['PutMap']).includes('features/measured-body'));
  assert.ok(runtimeFiles(['ListCities']).includes('paginate'));
  assert.ok(runtimeFiles(['GetCity']).includes('wait-for'));

  const document = weather();
  document.shapes['example.weather#PutMapInput'].members.length = {
    target: 'smithy.api#Long',
    traits: { 'smithy.api#httpHeader': 'Content-Length' },
  };
  assert.ok(runtimeFiles(['PutMap'], document).includes('features/measured-body'));
  Object.assign(document.shapes[id].traits, { 'aws.auth#sigv4a': { name: 'weather' } });
  assert.ok(runtimeFiles(['GetCity'], document).includes('features/sigv4a'));
  Object.assign(document.shapes[id].traits, { 'aws.api#service': { sdkId: 'Glacier' } });
  assert.ok(runtimeFiles(['Ping'], document).includes('features/glacier'));
  Object.assign(document.shapes[id].traits, { 'aws.api#service': { sdkId: 'S3' } });
  assert.ok(runtimeFiles(['GetMap'], document).includes('features/s3'));
  assert.ok(!runtimeFiles(['GetMap'], document).includes('features/s3-streams'));
  assert.ok(runtimeFiles(['PutMap'], document).includes('features/s3-streams'));
});

test('an expression of a waiter that is no JMESPath is refused by name', () => {
  const document = weather();
  const { acceptors } =
    document.shapes['example.weather#GetCity'].traits['smithy.waiters#waitable'].CityHasTwins;
  acceptors[0].matcher.output.path = 'twins[';
  assert.throws(() => make({}, document), {
    name: 'ModelError',
    message: /^Invalid shape "example\.weather#GetCity": trait smithy\.waiters#waitable: JMESPath "twins\["/,
  });
});

test('a member of an error that every error has stays with what it is there', () => {
  const document = weather();
  document.shapes['example.weather#Throttled'].members.toString = { target: 'smithy.api#String' };
  const { typescript, positions } = make({}, document);
  assert.ok(!typescript.includes('declare readonly toString'));
  assert.ok(positions.has('Throttled.retryAfterSeconds'));
});

test('a paginator ends where the output says that it is the last page', () => {
  const document = weather();
  document.shapes['example.weather#ListCitiesOutput'].members.IsTruncated = { target: 'smithy.api#Boolean' };
  assert.match(make({}, document).typescript, /inputToken: .*, more: 'IsTruncated'/s);
  assert.ok(!make().typescript.includes("more: '"));
});

test('a paginator whose items are none is refused by name', () => {
  for (const [items, message] of [
    ['page.towns', /^Invalid shape "example\.weather#CityPage": .* no member "towns"$/],
    ['nextToken', /"nextToken" is of type string, must be a list or map$/],
  ] as const) {
    const document = weather();
    document.shapes['example.weather#ListCities'].traits['smithy.api#paginated'].items = items;
    assert.throws(() => make({}, document), { name: 'ModelError', message });
  }
});

test('traits that nobody knows change nothing', () => {
  const document = weather();
  for (const shape of Object.values<Record<string, Record<string, unknown>>>(document.shapes)) {
    if (shape['type'] !== ('apply' as unknown))
      shape['traits'] = { ...shape['traits'], 'example.new#trait': { a: 1 } };
  }
  assert.equal(make({}, document).typescript, make().typescript);
});

test('any choice of operations gives a module, the same each time', () => {
  const names = Object.entries<{ readonly type: string }>(weather().shapes)
    .filter(([, { type }]) => type === 'operation')
    .map(([shapeId]) => shapeId.replace(/^.*#/, ''));
  fc.assert(
    fc.property(
      fc.subarray(names, { minLength: 1 }),
      fc.constantFrom('none', 'short', 'full'),
      (actions, docs) => {
        const { typescript } = make({ actions, docs });
        assert.equal(typescript, make({ actions, docs }).typescript);
        for (const name of names)
          assert.equal(typescript.includes(`  name: '${name}',`), actions.includes(name));
      },
    ),
    { numRuns: 50 },
  );
});

test('a model that is broken anywhere gives a module or a ModelError, never a crash', () => {
  const count = placesIn(weather()).length;
  const keys = placesIn(weather()).map(({ key }) => key);
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(...keys));
  const change = fc.record({ place: fc.nat(count - 1), isRemoval: fc.boolean(), value });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const document = weather();
      const places = placesIn(document);
      for (const { place, isRemoval, value: replacement } of changes) {
        const { holder, key } = places[place]!;
        if (isRemoval) delete holder[key];
        else holder[key] = replacement;
      }
      try {
        make({}, document);
      } catch (error) {
        assert.ok(error instanceof ModelError, String(error instanceof Error ? error.stack : error));
      }
    }),
    { numRuns: 300 },
  );
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
