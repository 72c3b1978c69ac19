import type { Model, ShapeId } from '@latchkey/smithy';
import { clientDeclarations } from './client-declarations.ts';
import type { ClientModuleOptions } from './client-input.ts';
import { type ClientModule, printModule } from './print-module.ts';

/**
 * The module that is a client of a service, in all the forms that it is served in.
 *
 * @param id of the service
 * @throws {ModelError} when the model cannot be made a client of: says which shape, and why
 * @throws {NoMatchingAction} when one of `actions` matches no operation
 */
export function clientModule(model: Model, id: ShapeId, options: ClientModuleOptions): ClientModule {
  return printModule(clientDeclarations(model, id, options).declarations);
}
