import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { weatherReportsService } from './generated/weather-server.ts';
import { serviceSchema } from './service-schema.ts';

const weather = JSON.parse(readFileSync(new URL('./testing/weather.json', import.meta.url), 'utf8'));
const id = 'example.weather#Weather';

test('a service that does not exist is refused', () => {
  assert.throws(() => serviceSchema(parseModel(weather), 'example.weather#Climate'), {
    name: 'ModelError',
    message: 'Invalid shape "example.weather#Climate": does not exist',
  });
});

test('a service without a protocol that schemas are for is refused, and told what it speaks', () => {
  const { 'aws.protocols#restJson1': _, ...traits } = weather.shapes[id].traits;
  for (const [found, own] of [
    ['missing', {}],
    ['smithy.protocols#rpcv2Json', { 'smithy.protocols#rpcv2Json': {} }],
  ] as const) {
    const service = { ...weather.shapes[id], traits: { ...traits, ...own } };
    const model = parseModel({ ...weather, shapes: { ...weather.shapes, [id]: service } });
    assert.throws(() => serviceSchema(model, id), {
      name: 'ModelError',
      message: `Invalid shape "${id}": its protocol: is ${found}, must be one of aws.protocols#restJson1, aws.protocols#awsJson1_0, aws.protocols#awsJson1_1, aws.protocols#awsQuery, aws.protocols#ec2Query, aws.protocols#restXml, smithy.protocols#rpcv2Cbor`,
    });
  }
});

test('a service that signs nothing has the name of its ARNs, and anonymous operations', () => {
  const { 'aws.auth#sigv4': _, ...traits } = weather.shapes[id].traits;
  const model = parseModel({
    ...weather,
    shapes: { ...weather.shapes, [id]: { ...weather.shapes[id], traits } },
  });
  const schema = serviceSchema(model, id);
  assert.equal(schema.signingName, 'weather');
  assert.ok(Object.values(schema.operations).every(({ auth }) => auth.length === 0));
});

test('an operation is signed, signed or not, or anonymous, as its traits say', () => {
  const { operations } = serviceSchema(parseModel(weather), id);
  assert.deepEqual(operations['GetCity']?.auth, ['sigv4']);
  assert.deepEqual(operations['GetForecast']?.auth, ['sigv4', 'anonymous']);
  assert.deepEqual(operations['Ping']?.auth, []);
});

/** The schema of the weather service with more traits on its shapes. */
function schemaWith(traitsOf: Readonly<Record<string, Readonly<Record<string, unknown>>>>) {
  const shapes = structuredClone(weather.shapes);
  for (const [name, traits] of Object.entries(traitsOf)) {
    const shape = shapes[`example.weather#${name}`];
    shape.traits = { ...shape.traits, ...traits };
  }
  return serviceSchema(parseModel({ ...weather, shapes }), id);
}

test('an operation may be signed in several ways, in the order that the service prefers', () => {
  const schemes = { 'aws.auth#sigv4a': { name: 'weather' }, 'smithy.api#httpBearerAuth': {} };
  const authOf = (traits: object) =>
    schemaWith({ Weather: { ...schemes, ...traits } }).operations['GetCity']?.auth;
  assert.deepEqual(authOf({}), ['sigv4', 'sigv4a', 'bearer']);
  assert.deepEqual(authOf({ 'smithy.api#auth': ['smithy.api#httpBearerAuth', 'aws.auth#sigv4'] }), [
    'bearer',
    'sigv4',
  ]);
});

test('an operation tells what goes before the host, how its body is checked, compressed and signed', () => {
  const { operations } = schemaWith({
    GetCity: {
      'smithy.api#endpoint': { hostPrefix: 'data-{cityId}.' },
      'aws.auth#unsignedPayload': {},
      'aws.protocols#httpChecksum': {
        requestChecksumRequired: true,
        requestAlgorithmMember: 'algorithm',
        responseAlgorithms: ['CRC32'],
      },
      'smithy.api#requestCompression': { encodings: ['gzip'] },
      'aws.customizations#s3UnwrappedXmlOutput': {},
    },
    Ping: { 'smithy.api#httpChecksumRequired': {} },
  });
  const { hostPrefix, unsignedPayload, checksum, requestCompression, unwrappedXmlOutput } =
    operations['GetCity'] ?? {};
  assert.deepEqual(
    { hostPrefix, unsignedPayload, checksum, requestCompression, unwrappedXmlOutput },
    {
      hostPrefix: 'data-{cityId}.',
      unsignedPayload: true,
      checksum: { requestRequired: true, requestAlgorithmMember: 'algorithm', responseAlgorithms: ['CRC32'] },
      requestCompression: ['gzip'],
      unwrappedXmlOutput: true,
    },
  );
  assert.deepEqual(operations['Ping']?.checksum, { requestRequired: true });
});

test('a service tells how it writes errors', () => {
  const { noErrorWrapping, queryCompatible } = schemaWith({
    Weather: { 'aws.protocols#restXml': { noErrorWrapping: true }, 'aws.protocols#awsQueryCompatible': {} },
  });
  assert.deepEqual({ noErrorWrapping, queryCompatible }, { noErrorWrapping: true, queryCompatible: true });
});

test('an error says whether a call may be tried again', () => {
  const { operations } = schemaWith({ Throttled: { 'smithy.api#retryable': { throttling: true } } });
  const found = Object.values(operations)
    .flatMap(({ errors }) => errors)
    .find(({ name }) => name === 'Throttled');
  assert.deepEqual(found?.retryable, { throttling: true });
});

test('members come in the order of the model, those of mixins first', () => {
  const { operations } = serviceSchema(parseModel(weather), id);
  assert.deepEqual(Object.keys(operations['GetForecast']?.input.members ?? {}), ['cityId', 'day', 'scale']);
});

test('a recursive shape refers to itself by a function', () => {
  const members = serviceSchema(parseModel(weather), id).operations['GetCity']?.output.members;
  const districts = members?.['districts']?.target;
  assert.ok(typeof districts === 'object' && districts.type === 'list');
  const district = districts.member.target;
  assert.ok(typeof district === 'object' && district.type === 'structure');
  const inner = district.members['districts']?.target;
  assert.ok(typeof inner === 'function');
  assert.equal(inner(), districts);
});

test('a default that is null is none', () => {
  const input = 'example.weather#GetForecastInput';
  const shape = structuredClone(weather.shapes[input]);
  shape.members.scale.traits['smithy.api#default'] = null;
  const model = parseModel({ ...weather, shapes: { ...weather.shapes, [input]: shape } });
  const scale = serviceSchema(model, id).operations['GetForecast']?.input.members['scale'];
  assert.deepEqual(scale?.traits, { httpQuery: 'scale' });
});

test('the schema that is printed is the schema of the model', () => {
  const resolved = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'function') return depth > 12 ? 'deeper' : resolved(value(), depth + 1);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => resolved(item, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, depth + 1)]));
  };
  assert.deepEqual(resolved(weatherReportsService), resolved(serviceSchema(parseModel(weather), id)));
});
