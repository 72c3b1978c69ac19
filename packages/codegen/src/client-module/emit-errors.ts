import { errorsOf, hasTrait, type StructureShape } from '@latchkey/smithy';
import { printKey, quote } from '../literal.ts';
import { compareNames } from '../names.ts';
import { getError } from '../schema-library.ts';
import type { ClientInput } from './client-input.ts';
import { type Declaration, typeOnly } from './piece.ts';
import { printUnion } from './print-union.ts';
import { typeExpression } from './type-expression.ts';

/** Declares a class for each error, in order of names. */
export function emitErrors(input: ClientInput): readonly Declaration[] {
  return errorShapes(input).map((shape) => emitError(input, shape));
}

/** Declares the union of errors of each operation. */
export function emitErrorUnions({ docs, operations, service, typeOf }: ClientInput): readonly Declaration[] {
  return operations.map(({ errorType, name, shape }) => {
    const errors = errorsOf(service, shape).map(typeOf);
    const text = `The errors that \`${name}\` may answer with, told apart by \`name\`.`;
    return [
      typeOnly(printUnion(`export type ${errorType}`, errors), {
        symbol: errorType,
        docs: docs.note(text),
      }),
    ];
  });
}

export function errorShapes({ closure, typeOf }: ClientInput): readonly StructureShape[] {
  return closure
    .flatMap((shape) => (shape.type === 'structure' && hasTrait(shape, 'smithy.api#error') ? [shape] : []))
    .toSorted((a, b) => compareNames(typeOf(a.id), typeOf(b.id)));
}

function emitError(input: ClientInput, shape: StructureShape): Declaration {
  const symbol = input.typeOf(shape.id);
  const properties = [...shape.members.values()]
    .filter(({ name }) => !isInherited(name))
    .map((member) => {
      const type = typeExpression(input, member.target);
      const isRequired = hasTrait(member, 'smithy.api#required');
      const property = `${printKey(member.name)}${isRequired ? `: ${type}` : `?: ${type} | null`}`;
      return typeOnlyInClass(property, {
        symbol: `${symbol}.${member.name}`,
        docs: input.docs.print(member, '  '),
      });
    });
  const start = `export class ${symbol} extends ${input.imports.use('class', 'ServiceError')} {`;
  return [
    {
      symbol,
      docs: input.docs.print(shape),
      typescript: `${start}\n`,
      javascript: `${start}}\n`,
      declarations: `${start.replace('class', 'declare class')}\n`,
    },
    typeOnlyInClass(`name: ${quote(getError(input.library, shape.id).name)}`, {
      docs: input.docs.note('Tells this error from others, as `instanceof` does.', '  '),
    }),
    ...properties,
    typeOnly('}\n'),
  ];
}

const inheritedNames: readonly string[] = [
  'stack',
  'cause',
  'code',
  'fault',
  'response',
  'requestId',
  'shortCode',
  'errorType',
];

/** Whether the base class has a property of that name. The error's member is then not declared again. */
function isInherited(name: string): boolean {
  return name in Error.prototype || inheritedNames.includes(name);
}

/** Declares the type of a property whose value the base class sets. */
function typeOnlyInClass(property: string, described: { symbol?: string; docs?: string } = {}) {
  return {
    ...described,
    typescript: `  declare readonly ${property};\n`,
    javascript: '',
    declarations: `  readonly ${property};\n`,
  };
}
