import {
  type DataShape,
  type EnumShape,
  enumValues,
  hasTrait,
  type Member,
  nameOf,
  type StructureShape,
} from '@latchkey/smithy';
import { printKey, quote } from '../literal.ts';
import { compareNames } from '../names.ts';
import type { ClientInput } from './client-input.ts';
import { type Declaration, typeOnly } from './piece.ts';
import { fitsOnOneLine, printUnion } from './print-union.ts';
import type { Direction } from './travels.ts';
import { typeExpression } from './type-expression.ts';
import { unit } from './unit.ts';

/** Declares a type for every structure, union and enum, in order of names. `emitErrors` declares the errors. */
export function emitTypes(input: ClientInput): readonly Declaration[] {
  return input.closure
    .filter((shape) => !hasTrait(shape, 'smithy.api#error'))
    .toSorted((a, b) => compareNames(nameOf(a.id), nameOf(b.id)))
    .flatMap((shape) => emitType(input, shape, input.directionOf(shape.id)));
}

function emitType(input: ClientInput, shape: DataShape, direction: Direction): readonly Declaration[] {
  switch (shape.type) {
    case 'structure':
      return shape.id === unit ? [] : [emitStructure(input, shape, direction)];
    case 'union':
      return [emitUnion(input, shape, direction)];
    case 'enum':
    case 'intEnum':
      return [emitEnum(input, shape)];
    default:
      return [];
  }
}

function emitStructure(input: ClientInput, shape: StructureShape, direction: Direction): Declaration {
  const symbol = input.typeOf(shape.id);
  const docs = input.docs.print(shape) || input.docs.note(roleOf(input, shape));
  if (shape.members.size === 0) return [typeOnly(`export interface ${symbol} {}\n`, { symbol, docs })];
  const properties = [...shape.members.values()].map((member) => {
    const type = typeExpression(input, member.target, direction);
    return typeOnly(
      `  ${printKey(member.name)}${input.isRequired(shape.id, member) ? `: ${type}` : `?: ${type} | null`};\n`,
      {
        symbol: `${symbol}.${member.name}`,
        docs: input.docs.print(member, '  '),
      },
    );
  });
  return [typeOnly(`export interface ${symbol} {\n`, { symbol, docs }), ...properties, typeOnly('}\n')];
}

/** Documentation of a structure that has none in the model: whose input or output it is. */
function roleOf({ operations }: ClientInput, { id }: StructureShape): string {
  const taker = operations.find(({ shape }) => shape.input === id);
  if (taker !== undefined) return `The input of \`${taker.method}\`.`;
  const giver = operations.find(({ shape }) => shape.output === id);
  return giver === undefined ? '' : `The output of \`${giver.method}\`.`;
}

function emitUnion(input: ClientInput, shape: StructureShape, direction: Direction): Declaration {
  const symbol = input.typeOf(shape.id);
  const members = [...shape.members.values()]
    .filter((member) => isYielded(input, shape, member))
    .map((member) =>
      typeOnly(`  ${printKey(member.name)}: ${typeExpression(input, member.target, direction)};\n`, {
        symbol: `${symbol}.${member.name}`,
        docs: input.docs.print(member, '  '),
      }),
    );
  const start = `export type ${symbol} = ${input.imports.use('type', 'TaggedUnion')}<{\n`;
  return [typeOnly(start, { symbol, docs: input.docs.print(shape) }), ...members, typeOnly('}>;\n')];
}

/** Whether a union member is an event. Errors in an event stream are not: they are thrown. */
function isYielded({ model }: ClientInput, union: StructureShape, { target }: Member): boolean {
  return (
    !hasTrait(union, 'smithy.api#streaming') || !hasTrait(model.getDataShape(target), 'smithy.api#error')
  );
}

/** Declares an enum. Its type is open, as a service may have values that are newer than the model. */
function emitEnum(input: ClientInput, shape: EnumShape): Declaration {
  const symbol = input.typeOf(shape.id);
  const docs = input.docs.print(shape);
  const members = [...shape.members.values()];
  const values = enumValues(shape).map((value, index) => {
    const member = members[index];
    return {
      symbol: `${symbol}.${value}`,
      text: typeof value === 'string' ? quote(value) : String(value),
      docs: member === undefined ? '' : input.docs.print(member, '  '),
    };
  });
  const rest = shape.type === 'enum' ? '(string & {})' : '(number & {})';
  const types = [...values.map(({ text }) => text), rest];
  const declared = `export type ${symbol}`;
  if (values.every((value) => value.docs === '') && fitsOnOneLine(declared, types)) {
    return [typeOnly(printUnion(declared, types), { symbol, docs })];
  }
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0 && only.docs !== '') {
    const variant = typeOnly(`  ${only.text} | ${rest};\n`, { symbol: only.symbol, docs: only.docs });
    return [typeOnly(`${declared} =\n`, { symbol, docs }), variant];
  }
  return [
    typeOnly(`${declared} =\n`, { symbol, docs }),
    ...values.map(({ text, ...described }) => typeOnly(`  | ${text}\n`, described)),
    typeOnly(`  | ${rest};\n`),
  ];
}
