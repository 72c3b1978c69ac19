import type { Model, ShapeId } from '@latchkey/smithy';
import { clientDeclarations } from './client-declarations.ts';
import type { ClientModuleOptions } from './client-input.ts';
import { type ClientModule, printModule } from './print-module.ts';

/**
 * Makes the client module of a service: TypeScript, JavaScript and declarations.
 *
 * @param id shape id of the service
 * @throws {ModelError} when no client can be made from the model. The message names the shape and the reason
 * @throws {NoMatchingAction} when one of `actions` matches no operation
 */
export function clientModule(model: Model, id: ShapeId, options: ClientModuleOptions): ClientModule {
  return printModule(clientDeclarations(model, id, options).declarations);
}
