import { errorsOf, hasTrait, nameIn, nameOf, type ShapeId } from '@latchkey/smithy';
import { quote } from './literal.ts';
import type { ModuleInput } from './module-input.ts';

/** Declares the class that handlers throw, and for each operation the union of errors that belong to it. */
export function emitErrors(input: ModuleInput): string {
  const { closure, names, operations, service } = input;
  const errorClass = names.claim(`${names.service}Error`);
  const errorMap = names.claim(`${names.service}Errors`);
  const errors = closure
    .map(({ id }) => id)
    .filter((id) => isError(input, id))
    .toSorted();
  const one = (id: ShapeId) => `${errorClass}<${quote(errorName(input, id))}>`;
  const unions = operations.map((operation) => {
    const union = errorsOf(service, operation)
      .map((id) => `\n  | ${one(id)}`)
      .join('');
    return `
/** The errors that \`${nameOf(operation.id)}\` may answer with, told apart by \`name\`. */
export type ${names.claim(`${nameOf(operation.id)}Error`)} =${union === '' ? ' never' : union};
`;
  });
  return `/** The members of each error of the service, by its name. */
export interface ${errorMap} {
${errors.map((id) => `  readonly ${errorName(input, id)}: ${names.typeOf(id)};\n`).join('')}}

/** An error of the service: a handler throws it to answer with it. */
export class ${errorClass}<Name extends keyof ${errorMap} = keyof ${errorMap}> extends ModeledError<
  Name,
  ${errorMap}[Name]
> {}
${unions.join('')}`;
}

function errorName({ service }: ModuleInput, id: ShapeId): string {
  return nameIn(service, id);
}

function isError({ model }: ModuleInput, id: ShapeId): boolean {
  return hasTrait(model.getDataShape(id), 'smithy.api#error');
}
