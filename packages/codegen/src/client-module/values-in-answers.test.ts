import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { clientModule } from './client-module.ts';

/** A service with one operation, and structures that are sent, received, or both. */
function shop(traits: Readonly<Record<string, unknown>>) {
  const member = (target: string, own: Readonly<Record<string, unknown>> = {}) => ({
    target: target.includes('#') ? target : `a#${target}`,
    ...(Object.keys(own).length > 0 && { traits: own }),
  });
  const things = {
    Names: member('Names'),
    ByName: member('ByName'),
    Picture: member('smithy.api#Blob'),
    Pictures: member('Pictures'),
    Size: member('smithy.api#Long'),
    Sizes: member('Sizes'),
  };
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      'a#Shop': {
        type: 'service',
        version: '2026-01-01',
        operations: [member('Trade')],
        traits: {
          'aws.api#service': { sdkId: 'Shop' },
          'aws.auth#sigv4': { name: 'shop' },
          'smithy.api#xmlNamespace': { uri: 'http://a' },
          ...traits,
        },
      },
      'a#Trade': {
        type: 'operation',
        input: member('TradeInput'),
        output: member('TradeOutput'),
        errors: [member('Refused')],
        traits: { 'smithy.api#http': { method: 'POST', uri: '/', code: 200 } },
      },
      'a#TradeInput': { type: 'structure', members: { ...things, Both: member('Both') } },
      'a#TradeOutput': {
        type: 'structure',
        members: { ...things, Both: member('Both'), Inner: member('Inner') },
      },
      'a#Both': { type: 'structure', members: things },
      'a#Inner': { type: 'structure', members: things },
      'a#Refused': { type: 'structure', members: things, traits: { 'smithy.api#error': 'client' } },
      'a#Names': { type: 'list', member: member('smithy.api#String') },
      'a#Pictures': { type: 'list', member: member('smithy.api#Blob') },
      'a#Sizes': { type: 'list', member: member('smithy.api#Long') },
      'a#ByName': { type: 'map', key: member('smithy.api#String'), value: member('smithy.api#String') },
    },
  });
  return (longs?: 'number' | 'bigint') =>
    clientModule(model, 'a#Shop', { docs: 'none', runtime: (path) => path, ...(longs && { longs }) })
      .typescript;
}

/** The properties of a declared structure, by name: `Names?: string[] | null`. */
function propertiesOf(module: string, name: string): string {
  return (
    new RegExp(`^export (?:interface|class) ${name}\\b[^{]*\\{\\n(.*?)^\\}`, 'ms').exec(module)?.[1] ?? ''
  );
}

for (const [what, traits] of [
  ['restXml', { 'aws.protocols#restXml': {} }],
  ['awsQuery', { 'aws.protocols#awsQuery': {} }],
  ['ec2Query', { 'aws.protocols#ec2Query': {} }],
  [
    'awsJson1_0 that once was awsQuery',
    { 'aws.protocols#awsJson1_0': {}, 'aws.protocols#awsQueryCompatible': {} },
  ],
  ['awsQuery beside awsJson1_1', { 'aws.protocols#awsQuery': {}, 'aws.protocols#awsJson1_1': {} }],
] as const) {
  describe(`lists and maps of a service of ${what}`, () => {
    const module = shop(traits)();
    for (const name of ['TradeOutput', 'Inner']) {
      test(`are always there in ${name}, which is only received`, () => {
        assert.match(propertiesOf(module, name), /^ {2}Names: string\[\];$/m);
        assert.match(propertiesOf(module, name), /^ {2}ByName: \{ \[key: string\]: string \};$/m);
        const schema = new RegExp(
          `^const ${name[0]?.toLowerCase()}${name.slice(1)}Schema.*?^\\};`,
          'ms',
        ).exec(module)?.[0];
        assert.match(schema ?? '', /Names: \{ target: \w+, traits: \{ required: true \} \}/);
      });
    }
    for (const name of ['TradeInput', 'Both', 'Refused']) {
      test(`may be absent in ${name}, which is sent or an error`, () => {
        assert.match(
          propertiesOf(module, name),
          /^ {2}(?:declare readonly )?Names\?: (?:readonly )?string\[\] \| null;$/m,
        );
      });
    }
  });
}

test('lists and maps may be absent in answers that were never XML', () => {
  const module = shop({ 'aws.protocols#restJson1': {} })();
  assert.match(propertiesOf(module, 'TradeOutput'), /^ {2}Names\?: string\[\] \| null;$/m);
});

test('bytes that are sent may be given in many forms, and bytes that are only received are bytes', () => {
  const module = shop({ 'aws.protocols#restJson1': {} })();
  assert.match(propertiesOf(module, 'TradeInput'), /^ {2}Picture\?: BytesInput \| null;$/m);
  assert.match(propertiesOf(module, 'TradeInput'), /^ {2}Pictures\?: readonly BytesInput\[\] \| null;$/m);
  assert.match(propertiesOf(module, 'Both'), /^ {2}Picture\?: Uint8Array \| string \| null;$/m);
  assert.match(
    propertiesOf(module, 'Both'),
    /^ {2}Pictures\?: readonly \(Uint8Array \| string\)\[\] \| null;$/m,
  );
  for (const name of ['TradeOutput', 'Inner', 'Refused']) {
    assert.match(propertiesOf(module, name), /Picture\?: Uint8Array \| null;$/m);
  }
});

test('lists that are sent may be such as nobody may change, and lists that are only received are plain', () => {
  const module = shop({ 'aws.protocols#restJson1': {} })();
  for (const name of ['TradeInput', 'Both'])
    assert.match(propertiesOf(module, name), /^ {2}Names\?: readonly string\[\] \| null;$/m);
  for (const name of ['TradeOutput', 'Inner'])
    assert.match(propertiesOf(module, name), /^ {2}Names\?: string\[\] \| null;$/m);
});

test('64-bit integers are numbers, or all bigint where the options say so', () => {
  const numbers = shop({ 'aws.protocols#restJson1': {} })();
  assert.match(propertiesOf(numbers, 'TradeOutput'), /^ {2}Sizes\?: number\[\] \| null;$/m);
  assert.doesNotMatch(numbers, /bigint/);
  const bigints = shop({ 'aws.protocols#restJson1': {} })('bigint');
  assert.match(propertiesOf(bigints, 'TradeOutput'), /^ {2}Size\?: bigint \| null;$/m);
  assert.match(propertiesOf(bigints, 'TradeOutput'), /^ {2}Sizes\?: bigint\[\] \| null;$/m);
  assert.match(bigints, /\{ type: 'long', traits: \{ bigint: true \} \}/);
});
