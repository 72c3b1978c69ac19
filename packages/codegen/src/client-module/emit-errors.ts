import { errorsOf, hasTrait, type StructureShape } from '@latchkey/smithy';
import { printKey, quote } from '../literal.ts';
import { compareNames } from '../names.ts';
import { getError } from '../schema-library.ts';
import type { ClientInput } from './client-input.ts';
import { type Declaration, typeOnly } from './piece.ts';
import { printUnion } from './print-union.ts';
import { typeExpression } from './type-expression.ts';

/** Declares the class of each error, by name. */
export function emitErrors(input: ClientInput): readonly Declaration[] {
  return errorShapes(input).map((shape) => emitError(input, shape));
}

/** Declares for each operation the union of the errors that belong to it. */
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

/** Whether every error has it already: a member of that name stays with what the class says. */
function isInherited(name: string): boolean {
  return name in Error.prototype || ['stack', 'cause', 'code', 'fault', 'response'].includes(name);
}

/** A property that the base class sets. */
function typeOnlyInClass(property: string, described: { symbol?: string; docs?: string } = {}) {
  return {
    ...described,
    typescript: `  declare readonly ${property};\n`,
    javascript: '',
    declarations: `  readonly ${property};\n`,
  };
}
