import { nameOf, stringTrait } from '@latchkey/smithy';
import { docstring } from '../docstring.ts';
import { printKey } from '../literal.ts';
import type { ModuleInput } from './module-input.ts';

/** Declares the type of a service's handlers: one function for each operation. */
export function emitHandlers({ names, operations, service }: ModuleInput): string {
  const handlers = operations.map((operation) => {
    const output = names.typeOf(operation.output);
    const documentation = stringTrait(operation, 'smithy.api#documentation') ?? '';
    return `${docstring(`${documentation}\n\n@see ${operation.id}`, '  ')}  readonly ${printKey(nameOf(operation.id))}: (
    input: ${names.typeOf(operation.input)},
    context: Context,
  ) => ${output} | Promise<${output}>;
`;
  });
  const title = stringTrait(service, 'smithy.api#title') ?? nameOf(service.id);
  const summary = `The handlers of ${title}. \`Context\` is what the server hands to each besides its input.`;
  return `${docstring(`${summary}\n\n@see ${service.id}`)}export interface ${names.claim(`${names.service}Handlers`)}<Context> {
${handlers.join('\n')}}
`;
}
