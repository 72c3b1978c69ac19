import { type DataShape, namespaceOf } from '@latchkey/smithy';
import type { Schema } from '@latchkey/wire';
import { printLiteral, type Reference } from '../literal.ts';
import { camelCase } from '../names.ts';
import { getSchema } from '../schema-library.ts';
import { buildServiceSchema } from '../service-schema.ts';
import type { ModuleInput } from './module-input.ts';

/** Declares a constant for the schema of each shape, and one for the schema of the service. */
export function emitSchema(input: ModuleInput): string {
  const { closure, library, model, names, service } = input;
  const named = closure.filter(isNamed);
  const constants = new Map<unknown, string>(named.map(({ id }) => [library.get(id), names.schemaOf(id)]));
  const reference: Reference = (value) => {
    // The target of a recursive member is a function, as its constant is declared later.
    if (typeof value === 'function') return `() => ${constants.get(value())}`;
    return constants.get(value);
  };
  const declarations = named.map(({ id }) => {
    const schema = getSchema(library, id);
    const nameOfOther: Reference = (value) => (value === schema ? undefined : reference(value));
    return declare(`const ${names.schemaOf(id)}: ${schemaType(schema)}`, schema, nameOfOther);
  });
  const name = names.claim(`${camelCase(names.service)}Service`);
  return `${declarations.join('\n')}
/** ${service.id}, version ${service.version}. */
${declare(`export const ${name}: ServiceSchema`, buildServiceSchema(model, service, library), reference)}`;
}

function declare(constant: string, value: unknown, reference: Reference): string {
  const start = `${constant} = `;
  return `${start}${printLiteral(value, reference, '', start.length + 1)};\n`;
}

/** Whether a schema gets a constant. Those of the prelude have no traits, and are written out where they are used. */
function isNamed(shape: DataShape): boolean {
  return namespaceOf(shape.id) !== 'smithy.api' || shape.type === 'structure';
}

function schemaType(schema: Schema): string {
  if (schema.type !== 'structure' && schema.type !== 'union') return 'Schema';
  return 'fault' in schema ? 'ErrorSchema' : 'StructureSchema';
}
