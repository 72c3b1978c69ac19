import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { serviceReference } from '../reference/service-reference.ts';
import { clientModule } from './client-module.ts';

/** A model of S3 with two operations: one sends the header `Expires`, one receives it. */
function modelOf(sdkId: string, expires: 'timestamp' | 'string', header = 'Expires') {
  const members = {
    ETag: { target: 'smithy.api#String', traits: { 'smithy.api#httpHeader': 'ETag' } },
    Expires: { target: 'a#Expires', traits: { 'smithy.api#httpHeader': header } },
    Size: { target: 'smithy.api#Integer', traits: { 'smithy.api#httpHeader': 'x-size' } },
  };
  const http = (method: string) => ({ 'smithy.api#http': { method, uri: '/object', code: 200 } });
  return parseModel({
    smithy: '2.0',
    shapes: {
      'a#Storage': {
        type: 'service',
        version: '1',
        operations: [{ target: 'a#Put' }, { target: 'a#Get' }],
        traits: { 'aws.protocols#restXml': {}, 'aws.api#service': { sdkId } },
      },
      'a#Put': { type: 'operation', input: { target: 'a#PutInput' }, traits: http('PUT') },
      'a#Get': { type: 'operation', output: { target: 'a#GetOutput' }, traits: http('GET') },
      'a#PutInput': { type: 'structure', members },
      'a#GetOutput': { type: 'structure', members },
      'a#Expires': { type: expires },
    },
  });
}

const options = { docs: 'full', runtime: (path: string) => path } as const;
const make = (...given: Parameters<typeof modelOf>) =>
  clientModule(modelOf(...given), 'a#Storage', options).typescript;
const interfaceIn = (text: string, name: string) =>
  new RegExp(`^export interface ${name} \\{\n([^]*?)^\\}`, 'm').exec(text)?.[1];

for (const type of ['timestamp', 'string'] as const) {
  test(`S3's outputs have a date and a text of the header Expires, where the model says that it is a ${type}`, () => {
    const text = make('S3', type, type === 'string' ? 'expires' : 'Expires');
    assert.equal(
      interfaceIn(text, 'GetOutput'),
      `  ETag?: string | null;
  Expires?: Date | null;
  /**
   * The header \`Expires\` as it was stored with the object. It may be no date, such as \`0\`; \`Expires\` is
   * absent then.
   */
  ExpiresString?: string | null;
  Size?: number | null;
`,
    );
    assert.match(text, /ExpiresString: \{ target: stringSchema, traits: \{ httpHeader: 'Expires' \} \}/);
  });

  test(`S3 is sent a date in the header Expires, where the model says that it is a ${type}`, () => {
    const input = interfaceIn(make('S3', type), 'PutInput');
    assert.equal(input, '  ETag?: string | null;\n  Expires?: Date | null;\n  Size?: number | null;\n');
  });
}

test("the reference of S3's outputs describes the text of the header Expires", () => {
  const { symbols } = serviceReference(modelOf('S3', 'timestamp'), 'a#Storage', options);
  assert.match(JSON.stringify(symbols.find(({ name }) => name === 'GetOutput')), /ExpiresString.*such as/);
});

test('outputs of other services keep the header Expires as their model has it', () => {
  assert.ok(!make('Mirror', 'timestamp').includes('ExpiresString'));
  assert.match(interfaceIn(make('Mirror', 'string'), 'GetOutput') ?? '', /Expires\?: string \| null/);
});
