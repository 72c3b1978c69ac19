import {
  type DataShape,
  type EnumShape,
  enumValues,
  hasTrait,
  type Member,
  nameOf,
  type StructureShape,
  stringTrait,
} from '@latchkey/smithy';
import { docstring } from '../docstring.ts';
import { printKey, quote } from '../literal.ts';
import type { ModuleInput } from './module-input.ts';
import { typeExpression } from './type-expression.ts';

/** Declares a type for every structure, union and enum, in order of names. */
export function emitTypes(input: ModuleInput): string {
  return input.closure
    .toSorted((a, b) => compare(nameOf(a.id), nameOf(b.id)))
    .map((shape) => emitType(input, shape))
    .filter((text) => text !== '')
    .join('\n');
}

function emitType(input: ModuleInput, shape: DataShape): string {
  switch (shape.type) {
    case 'structure':
      return emitStructure(input, shape);
    case 'union':
      return emitUnion(input, shape);
    case 'enum':
    case 'intEnum':
      return emitEnum(input, shape);
    default:
      return '';
  }
}

function emitStructure(input: ModuleInput, shape: StructureShape): string {
  const name = input.names.typeOf(shape.id);
  const members = [...shape.members.values()];
  // An empty interface would accept any value.
  if (members.length === 0) return `${documentation(shape)}export type ${name} = Record<string, never>;\n`;
  const lines = members.map((member) => {
    const type = typeExpression(input, member.target);
    const property = hasTrait(member, 'smithy.api#required')
      ? `${printKey(member.name)}: ${type}`
      : `${printKey(member.name)}?: ${type} | undefined`;
    return `${documentation(member, '  ')}  readonly ${property};\n`;
  });
  return `${documentation(shape)}export interface ${name} {\n${lines.join('')}}\n`;
}

function emitUnion(input: ModuleInput, shape: StructureShape): string {
  const lines = [...shape.members.values()].map(
    (member) =>
      `${documentation(member, '  ')}  | { readonly ${printKey(member.name)}: ${typeExpression(input, member.target)} }`,
  );
  return `${documentation(shape)}export type ${input.names.typeOf(shape.id)} =\n${lines.join('\n')};\n`;
}

function emitEnum(input: ModuleInput, shape: EnumShape): string {
  const values = enumValues(shape).map((value) => (typeof value === 'string' ? quote(value) : String(value)));
  return `${documentation(shape)}export type ${input.names.typeOf(shape.id)} =\n${values.map((value) => `  | ${value}`).join('\n')};\n`;
}

function documentation(bearer: DataShape | Member, indent = ''): string {
  return docstring(stringTrait(bearer, 'smithy.api#documentation') ?? '', indent);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
