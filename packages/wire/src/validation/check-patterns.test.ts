import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../fixtures/library.ts';
import type { ProtocolName, Schema, ServiceSchema, StructureSchema } from '../schema.ts';
import { createServerProtocol } from '../server-protocol.ts';
import { PatternError } from './pattern/pattern-error.ts';

const protocols: readonly ProtocolName[] = [
  'restJson1',
  'restXml',
  'awsJson1_0',
  'awsJson1_1',
  'awsQuery',
  'ec2Query',
  'rpcv2Cbor',
];

const bad: Schema = { type: 'string', traits: { pattern: '^(a)\\1$' } };
const good: Schema = { type: 'string', traits: { pattern: '^a$' } };

function serviceOf(input: StructureSchema, protocol: ProtocolName = 'awsJson1_0'): ServiceSchema {
  return {
    name: 'Library',
    namespace: 'example.library',
    version: '2026-01-01',
    protocol,
    signingName: 'library',
    errors: [],
    operations: { Search: { ...search, input, http: { method: 'POST', uri: '/', code: 200 } } },
  };
}

function inputWith(target: Schema, traits = {}): StructureSchema {
  const inner: StructureSchema = { type: 'structure', name: 'Inner', members: { word: { target, traits } } };
  return { type: 'structure', name: 'SearchInput', members: { inner: { target: inner } } };
}

for (const protocol of protocols) {
  test(`a server of ${protocol} is refused for a pattern that cannot be matched in linear time, by member`, () => {
    assert.throws(
      () => createServerProtocol(serviceOf(inputWith(bad), protocol)),
      (error) => {
        assert.ok(error instanceof PatternError);
        assert.equal(
          error.message,
          'Cannot match the pattern ^(a)\\1$ of example.library#Inner$word: the back-reference \\1 cannot be matched in linear time',
        );
        return true;
      },
    );
    assert.ok(createServerProtocol(serviceOf(inputWith(good), protocol)));
  });
}

test('a pattern of a member, an item, a key, a value, and inside a structure that contains itself, is found', () => {
  const recursive: StructureSchema = {
    type: 'structure',
    name: 'Node',
    members: { next: { target: () => recursive }, value: { target: bad } },
  };
  const inputs = [
    inputWith({ type: 'string' }, { pattern: '(?<x>a)\\k<x>' }),
    inputWith({ type: 'list', member: { target: bad } }),
    inputWith({ type: 'map', key: { target: bad }, value: { target: good } }),
    inputWith({ type: 'map', key: { target: good }, value: { target: bad } }),
    inputWith(recursive),
  ];
  for (const input of inputs) assert.throws(() => createServerProtocol(serviceOf(input)), PatternError);
});

test('a pattern of an answer is not checked by a server, so it may be any', () => {
  const service = serviceOf(inputWith(good));
  const operation = { ...search, input: inputWith(good), output: inputWith(bad) };
  assert.ok(createServerProtocol({ ...service, operations: { Search: operation } }));
});
