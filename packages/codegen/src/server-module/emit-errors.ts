import { errorsOf, hasTrait, nameIn, nameOf, type ShapeId } from '@latchkey/smithy';
import { docstring } from '../docstring.ts';
import { quote } from '../literal.ts';
import type { ModuleInput } from './module-input.ts';

/** Declares the class of errors that handlers throw, and the union of errors of each operation. */
export function emitErrors({ closure, names, operations, service }: ModuleInput): string {
  const errorClass = names.claim(`${names.service}Error`);
  const errorMap = names.claim(`${names.service}Errors`);
  const errorName = (id: ShapeId) => nameIn(service, id);

  const members = closure
    .filter((shape) => hasTrait(shape, 'smithy.api#error'))
    .map(({ id }) => `  readonly ${errorName(id)}: ${names.typeOf(id)};\n`)
    .toSorted();
  const unions = operations.map((operation) => {
    const name = nameOf(operation.id);
    const errors = errorsOf(service, operation).map((id) => `\n  | ${errorClass}<${quote(errorName(id))}>`);
    return `
${docstring(`The errors that \`${name}\` may answer with, told apart by \`name\`.`)}export type ${names.claim(`${name}Error`)} =${errors.join('') || ' never'};
`;
  });
  return `/** The members of each error of the service, by its name. */
export interface ${errorMap} {
${members.join('')}}

/** An error of the service: a handler throws it to answer with it. */
export class ${errorClass}<
  Name extends keyof ${errorMap} = keyof ${errorMap},
> extends ModeledError<Name, ${errorMap}[Name]> {}
${unions.join('')}`;
}
