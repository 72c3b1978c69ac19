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

/** Prints a statement that calls. @param value JSON as an example of the model has it */
export function printCall(
  input: ClientInput,
  operation: ClientOperation,
  value: Readonly<Record<string, unknown>>,
  hasOutput: boolean,
): string {
  return `${hasOutput ? 'const output = ' : ''}await ${printCallOf(input, operation, value, hasOutput)};`;
}

/** Prints a call, e.g. `client.getItem({ … })`. @param value JSON as an example of the model has it */
export function printCallOf(
  { model }: ClientInput,
  { method, shape }: ClientOperation,
  value: Readonly<Record<string, unknown>>,
  hasOutput = true,
): string {
  const start = `client.${method}(`;
  const isEmpty = shape.input === unit || Object.keys(value).length === 0;
  const before = hasOutput ? 'const output = await ' : 'await ';
  const params = isEmpty
    ? ''
    : printExampleValue(model, shape.input, value, before.length + start.length + 2);
  return `${start}${params})`;
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
