import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ModelError, parseModel } from '@latchkey/smithy';
import { readModel } from '../testing/served-models.ts';
import type { MessageSyntax, SyntaxLine } from './syntax.ts';
import { textOfLine, wireSyntax } from './wire-syntax.ts';

const weather = readModel(new URL('../testing/weather.json', import.meta.url));
const ofWeather = (operation: string) => wireSyntax(weather, 'example.weather#Weather', operation);

function texts(lines: readonly SyntaxLine[] = []): readonly string[] {
  return lines.map(textOfLine);
}

function allLines({ body, events, headers, start }: MessageSyntax): readonly SyntaxLine[] {
  const ofEvents = events.flatMap((event) => [...event.headers, ...(event.body?.lines ?? [])]);
  return [...start, ...headers, ...(body?.lines ?? []), ...ofEvents];
}

const ns = 'example.tree';

/** The syntax of `Grow`, the one operation of a service, with this input. `shapes` may have another `Grow`. */
function syntaxOf(members: object, shapes: object = {}, protocol = 'aws.protocols#awsJson1_0') {
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      [`${ns}#Trees`]: {
        type: 'service',
        version: '2026-01-01',
        operations: [{ target: `${ns}#Grow` }],
        traits: { 'aws.api#service': { sdkId: 'Trees' }, [protocol]: {} },
      },
      [`${ns}#Grow`]: { type: 'operation', input: { target: `${ns}#GrowInput` } },
      [`${ns}#GrowInput`]: { type: 'structure', members },
      ...shapes,
    },
  });
  return wireSyntax(model, `${ns}#Trees`, 'Grow');
}

describe('an operation on the wire', () => {
  test('labels, query and headers stand where they are sent, each with its member', () => {
    const { request } = ofWeather('GetForecast');
    assert.deepEqual(texts(request.start), [
      'GET /cities/{cityId}/forecast',
      '  ?day=string',
      '  &scale=C | F | KELVIN HTTP/1.1',
    ]);
    const [, day] = request.start;
    assert.deepEqual(
      day?.parts.map(({ kind, shapeId }) => [kind, shapeId]),
      [
        ['text', undefined],
        ['name', 'example.weather#GetForecastInput$day'],
        ['text', undefined],
        ['placeholder', undefined],
      ],
    );
  });

  test('a body that is one member is that member, with its type', () => {
    const { request } = ofWeather('PutMap');
    assert.deepEqual(texts(request.body?.lines), ['picture (bytes)']);
    assert.deepEqual(texts(request.headers), [
      'x-token: string',
      'x-secret: string',
      'content-type: application/octet-stream',
    ]);
  });

  test('of a union each alternative is there, and said to be one', () => {
    const lines = ofWeather('GetForecast').response.body?.lines ?? [];
    const choices = lines.filter(({ choice }) => choice !== undefined);
    assert.deepEqual(
      choices.map((line) => [textOfLine(line).trim(), line.choice]),
      [
        ['"sun": {},', 'either'],
        ['"rainMillimetres": integer', 'or'],
      ],
    );
  });

  test('a structure that is in itself is shown once, then named', () => {
    const lines = ofWeather('GetCity').response.body?.lines ?? [];
    const cut = lines.find((line) => textOfLine(line).includes('District…'));
    assert.equal(textOfLine(cut as SyntaxLine).trim(), '"districts": [District…, …]');
    assert.equal(cut?.parts.find(({ text }) => text === 'District…')?.shapeId, 'example.weather#District');
  });

  test('an event stream has a message for each event and each error, with their headers', () => {
    const { request, response } = ofWeather('WatchWeather');
    assert.deepEqual(texts(request.headers), ['content-type: application/vnd.amazon.eventstream']);
    assert.deepEqual(
      request.events.map(({ body, headers, names }) => [names, texts(headers), texts(body?.lines)]),
      [
        [
          ['city'],
          [
            ':message-type: event',
            ':event-type: city',
            ':content-type: application/octet-stream',
            'cityId: string',
          ],
          ['note (bytes)'],
        ],
      ],
    );
    assert.deepEqual(
      response.events.map(({ names }) => names),
      [['outlook'], ['throttled']],
    );
  });

  test('errors that differ in their names alone share one form', () => {
    const error = { type: 'structure', members: {}, traits: { 'smithy.api#error': 'client' } };
    const shapes = {
      [`${ns}#Grow`]: {
        type: 'operation',
        errors: ['Frost', 'Drought', 'Storm'].map((name) => ({ target: `${ns}#${name}` })),
      },
      [`${ns}#Frost`]: error,
      [`${ns}#Drought`]: { ...error, traits: { ...error.traits, 'smithy.api#httpError': 410 } },
      [`${ns}#Storm`]: {
        ...error,
        traits: { ...error.traits, 'aws.protocols#awsQueryError': { code: 'Wind', httpResponseCode: 409 } },
      },
    };
    const { errors } = syntaxOf({}, shapes, 'aws.protocols#awsQuery');
    assert.deepEqual(
      errors.map(({ errors: alike }) => alike.map(({ code, name, status }) => [name, status, code])),
      [
        [
          ['Frost', 400, 'Frost'],
          ['Drought', 410, 'Drought'],
        ],
        [['Storm', 409, 'Wind']],
      ],
    );
    const [shared, own] = errors.map(({ form }) => texts(allLines(form)));
    assert.ok(
      shared?.includes('HTTP/1.1 status') && shared.includes('    <Code>error name</Code>'),
      String(shared),
    );
    assert.ok(own?.includes('HTTP/1.1 409') && own.includes('    <Code>Wind</Code>'), String(own));
  });

  test('attributes and flattened lists of XML, and keys of maps, are as they are written', () => {
    const { request } = syntaxOf(
      {
        Name: { target: 'smithy.api#String', traits: { 'smithy.api#xmlAttribute': {} } },
        Leaves: {
          target: `${ns}#Leaves`,
          traits: { 'smithy.api#xmlFlattened': {}, 'smithy.api#xmlName': 'Leaf' },
        },
        Rings: { target: `${ns}#Rings` },
      },
      {
        [`${ns}#Grow`]: {
          type: 'operation',
          input: { target: `${ns}#GrowInput` },
          traits: { 'smithy.api#http': { method: 'POST', uri: '/grow', code: 200 } },
        },
        [`${ns}#Leaves`]: { type: 'list', member: { target: 'smithy.api#Boolean' } },
        [`${ns}#Rings`]: {
          type: 'map',
          key: { target: 'smithy.api#String' },
          value: { target: 'smithy.api#Timestamp' },
        },
      },
      'aws.protocols#restXml',
    );
    assert.deepEqual(texts(request.body?.lines), [
      '<GrowInput Name="string">',
      '  <Leaf>boolean</Leaf>',
      '  …',
      '  <Rings>',
      '    <entry>',
      '      <key>string</key>',
      '      <value>date-time</value>',
      '    </entry>',
      '    …',
      '  </Rings>',
      '</GrowInput>',
    ]);
  });

  test('what is too deep or too much is named, so that the longest message has a bound', () => {
    const member = { target: `${ns}#Tree` };
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`Branch${number}`, member]));
    const { request } = syntaxOf(many, {
      [`${ns}#Tree`]: { type: 'structure', members: { Height: { target: 'smithy.api#Integer' } } },
    });
    assert.equal(request.unlisted, 50);
    const lines = texts(request.body?.lines);
    assert.equal(lines.length, 252);
    assert.equal(lines[1], '  "Branch0": Tree…,');
  });

  test('a list that is in itself ends', () => {
    const { request } = syntaxOf(
      { Rings: { target: `${ns}#Rings` } },
      { [`${ns}#Rings`]: { type: 'list', member: { target: `${ns}#Rings` } } },
    );
    assert.deepEqual(texts(request.body?.lines).slice(0, 3), ['{', '  "Rings": [', '    [Rings…, …], …']);
  });

  test('an operation that the service does not have is refused with its name', () => {
    assert.throws(
      () => ofWeather('Snow'),
      (error: unknown) => error instanceof ModelError && /no operation "Snow"/.test(error.message),
    );
  });
});
