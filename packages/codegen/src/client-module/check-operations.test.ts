import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { clientModule } from './client-module.ts';

const payload = { 'smithy.api#httpPayload': {} };
const streaming = { 'smithy.api#streaming': {} };

/** Makes the client of a service with one operation, which puts a blob. */
function make({
  protocol,
  http = true,
  member = {},
  blob = {},
}: {
  protocol: string;
  http?: boolean;
  member?: object;
  blob?: object;
}): string {
  const traits = http ? { 'smithy.api#http': { method: 'PUT', uri: '/blob', code: 200 } } : {};
  const model = parseModel({
    smithy: '2.0',
    shapes: {
      'a#Store': {
        type: 'service',
        version: '1',
        operations: [{ target: 'a#Put' }],
        traits: { [protocol]: {} },
      },
      'a#Put': { type: 'operation', input: { target: 'a#PutInput' }, traits },
      'a#PutInput': {
        type: 'structure',
        members: { data: { target: 'a#Data', traits: member }, place: { target: 'a#Place' } },
      },
      'a#Data': { type: 'blob', traits: blob },
      'a#Place': { type: 'structure', members: {} },
    },
  });
  return clientModule(model, 'a#Store', { docs: 'none', runtime: (path) => path }).typescript;
}

for (const [what, options, reason] of [
  [
    'an operation without a path, in a protocol that needs one',
    { protocol: 'aws.protocols#restJson1', http: false },
    'Cannot call Put: it has no http trait',
  ],
  [
    'a blob that streams beside other members',
    { protocol: 'aws.protocols#restXml', blob: streaming },
    '"data" streams, but is not the payload',
  ],
  [
    'a blob that streams in a protocol of documents',
    { protocol: 'aws.protocols#awsJson1_1', blob: streaming },
    'Cannot stream "data" of PutInput: the protocol streams events alone',
  ],
  [
    'a blob that streams in a protocol of forms',
    { protocol: 'aws.protocols#ec2Query', blob: streaming },
    '"data" streams, for which the protocol has no place',
  ],
] as const) {
  test(`${what} is refused by name when the module is made, not when it is called`, () => {
    const protocol = options.protocol.replace('aws.protocols#', '');
    assert.throws(() => make(options), {
      name: 'ModelError',
      message: `Invalid shape "a#Put": a client of protocol ${protocol} cannot be made for it: ${reason}`,
    });
  });
}

test('a structure where only text can stand is refused by name, too', () => {
  const member = { 'smithy.api#httpHeader': 'X-Data' };
  const model = {
    smithy: '2.0',
    shapes: {
      'a#Store': {
        type: 'service',
        version: '1',
        operations: [{ target: 'a#Put' }],
        traits: { 'aws.protocols#restJson1': {} },
      },
      'a#Put': {
        type: 'operation',
        output: { target: 'a#PutOutput' },
        traits: { 'smithy.api#http': { method: 'PUT', uri: '/', code: 200 } },
      },
      'a#PutOutput': { type: 'structure', members: { place: { target: 'a#Place', traits: member } } },
      'a#Place': { type: 'structure', members: {} },
    },
  };
  assert.throws(() => clientModule(parseModel(model), 'a#Store', { docs: 'none', runtime: (path) => path }), {
    name: 'ModelError',
    message: /a#Put.*a structure has none/,
  });
});

test('a blob that streams as the payload is taken', () => {
  const protocol = 'aws.protocols#restJson1';
  assert.match(make({ protocol, member: payload, blob: streaming }), /data\?: StreamingInput \| null;/);
});
