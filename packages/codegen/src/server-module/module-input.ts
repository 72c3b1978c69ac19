import {
  closureOf,
  type DataShape,
  type Model,
  type OperationShape,
  operationsOf,
  type ServiceShape,
} from '@latchkey/smithy';
import { type Names, nameShapes } from '../names.ts';
import { buildSchemaLibrary, type SchemaLibrary } from '../schema-library.ts';

/** Input of all emitters of a server module. */
export interface ModuleInput {
  readonly model: Model;
  readonly service: ServiceShape;
  readonly operations: readonly OperationShape[];
  /** Shapes of the module, each after those it refers to. */
  readonly closure: readonly DataShape[];
  readonly names: Names;
  readonly library: SchemaLibrary;
}

export function moduleInput(model: Model, service: ServiceShape): ModuleInput {
  const closure = closureOf(model, service);
  return {
    model,
    service,
    operations: operationsOf(model, service),
    closure,
    names: nameShapes(service, closure),
    library: buildSchemaLibrary(model, service),
  };
}
