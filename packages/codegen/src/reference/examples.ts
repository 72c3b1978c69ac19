import { type ExampleDefinition, errorsOf, examplesTrait, nameOf } from '@latchkey/smithy';
import type { ClientInput, ClientOperation } from '../client-module/client-input.ts';
import { unit } from '../client-module/unit.ts';
import { parseDocumentation } from '../documentation/parse.ts';
import { printExampleValue } from './example-values.ts';
import type { ExampleReference } from './reference.ts';

export function examplesOf(input: ClientInput, operation: ClientOperation): readonly ExampleReference[] {
  return examplesTrait(operation.shape).map((example) => exampleReference(input, operation, example));
}

function exampleReference(
  input: ClientInput,
  operation: ClientOperation,
  example: ExampleDefinition,
): ExampleReference {
  const { model } = input;
  const { shape } = operation;
  const { title, documentation = '', output } = example;
  const error = errorOf(input, operation, example);
  return {
    title,
    documentation: parseDocumentation(documentation),
    call: printCall(input, operation, example.input, output !== undefined && Object.keys(output).length > 0),
    ...(output !== undefined &&
      shape.output !== unit &&
      Object.keys(output).length > 0 && { output: printExampleValue(model, shape.output, output) }),
    ...(error && { error }),
  };
}

/** Prints a call in TypeScript. @param value JSON as an example of the model has it */
export function printCall(
  { model }: ClientInput,
  { method, shape }: ClientOperation,
  value: Readonly<Record<string, unknown>>,
  hasOutput: boolean,
): string {
  const start = `${hasOutput ? 'const output = ' : ''}await client.${method}(`;
  const isEmpty = shape.input === unit || Object.keys(value).length === 0;
  const params = isEmpty ? '' : printExampleValue(model, shape.input, value, start.length + 2);
  return `${start}${params});`;
}

function errorOf(
  { model, service, typeOf }: ClientInput,
  { shape }: ClientOperation,
  { error }: ExampleDefinition,
): ExampleReference['error'] {
  if (error === undefined) return undefined;
  const id = errorsOf(service, shape).find((known) => nameOf(known) === error.shapeId.replace(/^.*#/, ''));
  return id === undefined
    ? undefined
    : { symbol: typeOf(id), members: printExampleValue(model, id, error.content) };
}
