import type { Model, ShapeId } from '@latchkey/smithy';
import { checkPatterns } from './check-patterns.ts';
import { emitErrors } from './emit-errors.ts';
import { emitHandlers } from './emit-handlers.ts';
import { emitSchema } from './emit-schema.ts';
import { emitTypes } from './emit-types.ts';
import { moduleInput } from './module-input.ts';

/**
 * Makes the TypeScript module that a server of the service implements: types, errors, handlers and schema.
 *
 * @param source path of the model, for the first line
 * @throws {ModelError} like `serviceSchema`, and for a pattern that cannot be matched in linear time
 */
export function serverModule(model: Model, id: ShapeId, source: string): string {
  const service = model.getService(id);
  checkPatterns(model, service);
  const input = moduleInput(model, service);
  return `// Generated from ${source} (${service.id}, version ${service.version}): change the model, then generate again.
import { ModeledError } from '@latchkey/wire';
import type { ErrorSchema, Schema, ServiceSchema, StructureSchema } from '@latchkey/wire';

${emitTypes(input)}
${emitErrors(input)}
${emitHandlers(input)}
${emitSchema(input)}`;
}
