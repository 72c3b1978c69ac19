import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { clientModule } from '../client-module/client-module.ts';

const source = readFileSync(new URL('../testing/weather.json', import.meta.url), 'utf8');
const service = 'example.weather#Weather';

interface Change {
  /** Traits of the service beside its own. */
  readonly service?: Readonly<Record<string, unknown>>;
  /** Whether the service keeps `aws.auth#sigv4`. */
  readonly isSigned?: boolean;
  readonly operation?: Readonly<Record<string, unknown>>;
  readonly structure?: Readonly<Record<string, unknown>>;
  readonly member?: Readonly<Record<string, unknown>>;
  readonly shapes?: Readonly<Record<string, unknown>>;
}

/** Generates the client of a service; the changes are made to its operation `ListCities`. */
function make(change: Change, actions = ['ListCities']): string {
  const document = JSON.parse(source);
  const { shapes } = document;
  const weather = shapes[service];
  const { 'aws.auth#sigv4': sigv4, ...others } = weather.traits;
  weather.traits = {
    ...others,
    ...(change.isSigned !== false && { 'aws.auth#sigv4': sigv4 }),
    ...change.service,
  };
  const operation = shapes['example.weather#ListCities'];
  operation.traits = { ...operation.traits, ...change.operation };
  const input = shapes[operation.input.target];
  input.traits = { ...input.traits, ...change.structure };
  const [member] = Object.values<{ traits?: object }>(input.members);
  assert.ok(member);
  member.traits = { ...member.traits, ...change.member };
  Object.assign(shapes, change.shapes);
  return clientModule(parseModel(document), service, { docs: 'none', actions, runtime: (path) => path })
    .typescript;
}

for (const scheme of [
  'smithy.api#httpApiKeyAuth',
  'smithy.api#httpBasicAuth',
  'smithy.api#httpDigestAuth',
  'aws.auth#cognitoUserPools',
  'aws.auth#signedByTomorrow',
]) {
  test(`a service whose only authentication scheme is ${scheme} is refused by operation and trait`, () => {
    const message = new RegExp(
      `^Invalid shape "example.weather#ListCities": trait ${scheme}: .*authenticate`,
    );
    assert.throws(() => make({ isSigned: false, service: { [scheme]: {} } }), {
      name: 'ModelError',
      message,
    });
  });

  test(`an operation that takes ${scheme} alone is refused, and others of its service are not`, () => {
    const change = { service: { [scheme]: {} }, operation: { 'smithy.api#auth': [scheme] } };
    assert.throws(() => make(change), {
      name: 'ModelError',
      message: new RegExp(`ListCities": trait ${scheme}`),
    });
    assert.match(make(change, ['ListStations']), /auth: \['sigv4'\]/);
  });

  test(`a service that takes ${scheme} beside SigV4 is called with SigV4`, () => {
    assert.match(make({ service: { [scheme]: {} } }), /auth: \['sigv4'\]/);
  });

  test(`an operation that needs no authentication is called without ${scheme}`, () => {
    const change = { isSigned: false, service: { [scheme]: {} } };
    assert.match(make({ ...change, operation: { 'smithy.api#auth': [] } }), /auth: \[\]/);
    assert.match(make({ ...change, operation: { 'smithy.api#optionalAuth': {} } }), /auth: \[\]/);
  });
}

test('an authentication scheme that a model defines itself is refused where it is the only one', () => {
  const definition = {
    type: 'structure',
    members: {},
    traits: { 'smithy.api#trait': {}, 'smithy.api#authDefinition': {} },
  };
  const change = { isSigned: false, service: { 'example.weather#barometerAuth': {} } };
  assert.throws(() => make({ ...change, shapes: { 'example.weather#barometerAuth': definition } }), {
    name: 'ModelError',
    message: /ListCities": trait example\.weather#barometerAuth: a client cannot authenticate so/,
  });
  assert.match(make(change), /auth: \[\]/, 'a trait that is no authentication scheme');
});

test('an operation that takes a scheme which its service lacks is refused by name', () => {
  assert.throws(() => make({ isSigned: false, operation: { 'smithy.api#auth': ['aws.auth#sigv4'] } }), {
    name: 'ModelError',
    message:
      'Invalid shape "example.weather#ListCities": trait aws.auth#sigv4: the service does not have this authentication scheme',
  });
});

for (const trait of [
  'aws.customizations#wrappedTwice',
  'aws.protocols#rot13',
  'smithy.protocols#reversed',
  'smithy.rules#endpointOracle',
  'aws.auth#doubleSigned',
]) {
  for (const place of ['operation', 'structure', 'member'] as const) {
    test(`${trait}, which is not known, is refused by name on the ${place} that has it`, () => {
      assert.throws(() => make({ [place]: { [trait]: {} } }), {
        name: 'ModelError',
        message: new RegExp(
          `^Invalid shape "example\\.weather#[\\w$]+": trait ${trait}: this version of Latchkey`,
        ),
      });
    });
  }

  test(`${trait} of an operation that is not chosen keeps nothing from being generated`, () => {
    assert.match(make({ operation: { [trait]: {} } }, ['ListStations']), /ListStations/);
  });
}

test('an operation whose endpoint must be discovered is refused where the service does not say how', () => {
  const discovered = (required: boolean) => ({ 'aws.api#clientDiscoveredEndpoint': { required } });
  assert.throws(() => make({ operation: discovered(true) }), {
    name: 'ModelError',
    message: /ListCities": trait aws\.api#clientDiscoveredEndpoint: the endpoint must be discovered/,
  });
  assert.match(make({ operation: discovered(false) }), /ListCities/);
});

test('a protocol that is not known, beside one that is, keeps nothing from being generated', () => {
  assert.match(
    make({ service: { 'smithy.protocols#rpcv3Yaml': {}, 'smithy.protocols#rpcv2Json': {} } }),
    /restJson1/,
  );
});

test('a service whose hosts only its endpoint rules know is refused without rules', () => {
  for (const trait of [
    'aws.endpoints#standardPartitionalEndpoints',
    'aws.endpoints#dualStackOnlyEndpoints',
    'aws.endpoints#rulesBasedEndpoints',
  ]) {
    assert.throws(() => make({ service: { [trait]: {} } }), {
      name: 'ModelError',
      message: new RegExp(`^Invalid shape "${service}": trait ${trait}: it needs endpoint rules`),
    });
  }
});

test('traits that are not known, but most likely describe, are named in a comment of the module', () => {
  const module = make({
    member: { 'smithy.api#pronounced': 'loud' },
    operation: { 'aws.api#carbonFootprint': 1, 'smithy.api#pronounced': 'soft' },
  });
  const comments = module.split('\n').filter((line) => line.startsWith('// Not followed'));
  assert.deepEqual(
    comments,
    [
      '// Not followed, as this version of Latchkey does not know it: trait smithy.api#pronounced, e.g. of example.weather#ListCities.',
      '// Not followed, as this version of Latchkey does not know it: trait aws.api#carbonFootprint, e.g. of example.weather#ListCities.',
    ].toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

test("traits of other namespaces, and of a model's own, change nothing", () => {
  const traits = {
    'aws.iam#requiredActions': ['a'],
    'smithy.test#smokeTests': [],
    'example.weather#cloudy': {},
  };
  assert.equal(make({ operation: traits, structure: traits, member: traits }), make({}));
});
