import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationReference, ReferenceSymbol } from '@latchkey/codegen';
import { signatureOfOperation } from './signature-of-operation.ts';

type Property = readonly [name: string, symbol?: string];

function symbolsOf(
  shapes: Readonly<Record<string, readonly Property[]>>,
): ReadonlyMap<string, ReferenceSymbol> {
  return new Map(
    Object.entries(shapes).map(([name, properties]) => [
      name,
      {
        kind: 'interface',
        name,
        properties: properties.map(([property, symbol]) => ({
          name: property,
          type: symbol === undefined ? [{ text: 'string' }] : [{ text: symbol, symbol }, { text: '[]' }],
        })),
      } as unknown as ReferenceSymbol,
    ]),
  );
}

const operation = { input: 'GetNestInput', output: 'GetNestOutput' } as OperationReference;

test('a signature has the members and types of input and output, and those within, to the third level', () => {
  const symbols = symbolsOf({
    GetNestInput: [['nestArn']],
    GetNestOutput: [['nests', 'Nest']],
    Nest: [['eggs', 'Egg']],
    Egg: [['shell', 'Shell']],
    Shell: [['colour']],
  });
  assert.deepEqual(signatureOfOperation(operation, symbols), {
    input: { members: ['nestArn'], types: ['GetNestInput'], within: [] },
    output: {
      members: ['nests'],
      types: ['GetNestOutput', 'Nest'],
      within: ['eggs', 'Egg', 'shell', 'Shell'],
    },
  });
});

test('an operation without input and output has an empty signature', () => {
  const empty = { members: [], types: [], within: [] };
  assert.deepEqual(signatureOfOperation({} as OperationReference, new Map()), {
    input: empty,
    output: empty,
  });
});

test('types that contain themselves end, and no side has more than 300 names within', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => [`member${index}`] as const);
  const symbols = symbolsOf({
    GetNestInput: [['nest', 'Nest']],
    GetNestOutput: [['tree', 'Tree']],
    Nest: [['nest', 'Nest']],
    Tree: many,
  });
  const { input, output } = signatureOfOperation(operation, symbols);
  assert.deepEqual(input.within, ['nest', 'Nest']);
  assert.equal(output.within.length, 300);
});
