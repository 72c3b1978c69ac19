import type { Model } from './model.ts';
import type { DataShape, Member, OperationShape, ServiceShape } from './shape.ts';
import { nameOf, type ShapeId } from './shape-id.ts';

/** All operations of a service: its own, then those of its resources and their resources. Each once, in model order. */
export function operationsOf(model: Model, service: ServiceShape): readonly OperationShape[] {
  const operations = new Set(service.operations);
  const resources = new Set(service.resources);
  for (const id of resources) {
    const resource = model.getResource(id);
    for (const operation of resource.operations) operations.add(operation);
    for (const child of resource.resources) resources.add(child);
  }
  return [...operations].map((id) => model.getOperation(id));
}

/** Errors that an operation may answer with: its own, then those of the service. */
export function errorsOf(service: ServiceShape, operation: OperationShape): readonly ShapeId[] {
  return [...new Set([...operation.errors, ...service.errors])];
}

/**
 * The closure of operations: all shapes in their requests and responses, each before the shapes that refer to it.
 *
 * @param operations default: all of the service
 */
export function closureOf(
  model: Model,
  service: ServiceShape,
  operations: readonly OperationShape[] = operationsOf(model, service),
): readonly DataShape[] {
  const reached = new Set<ShapeId>();
  const closure: DataShape[] = [];
  function reach(id: ShapeId): void {
    if (reached.has(id)) return;
    reached.add(id);
    const shape = model.getDataShape(id);
    for (const member of membersOf(shape)) reach(member.target);
    closure.push(shape);
  }
  for (const operation of operations) {
    for (const id of [operation.input, operation.output, ...operation.errors]) reach(id);
  }
  for (const id of service.errors) reach(id);
  return closure;
}

/** Members that hold data. An enum has none: its members are its values. */
function membersOf(shape: DataShape): readonly Member[] {
  switch (shape.type) {
    case 'structure':
    case 'union':
      return [...shape.members.values()];
    case 'list':
      return [shape.member];
    case 'map':
      return [shape.key, shape.value];
    default:
      return [];
  }
}

/** Name of a shape in a service, after `rename`; unique within the service's closure. */
export function nameIn(service: ServiceShape, id: ShapeId): string {
  return service.rename.get(id) ?? nameOf(id);
}
