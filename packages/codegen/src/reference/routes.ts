import { errorsOf, type Member, type Model, type ShapeId, type StructureShape } from '@latchkey/smithy';
import type { ClientInput, ClientOperation } from '../client-module/client-input.ts';
import { unit } from '../client-module/unit.ts';
import { thrownErrors } from './properties.ts';

/** The shortest way from an operation to a shape: through its input, else its output, else one of its errors. */
export interface Route {
  readonly operation: ClientOperation;
  readonly from: 'input' | 'output' | 'error';
  /** The input, the output or the error that the way begins at. */
  readonly start: ShapeId;
  /** Members of structures and unions, items of lists, values of maps; none to the start itself. */
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: 'member'; readonly structure: StructureShape; readonly member: Member }
  | { readonly kind: 'item' | 'value' };

/** A shape that was reached, and the one before it. */
interface Reached {
  readonly id: ShapeId;
  readonly begin: Omit<Route, 'steps'>;
  readonly before?: { readonly reached: Reached; readonly step: Step };
}

/**
 * @param operations - those that are taken first among equally short ways come first
 * @returns the way to each shape of the module that a member, an input, an output or an error has
 */
export function routesOf(
  input: ClientInput,
  operations: readonly ClientOperation[],
): (id: ShapeId) => Route | undefined {
  const reached = new Map<ShapeId, Reached>();
  for (const from of ['input', 'output', 'error'] as const) {
    const starts = operations.flatMap((operation) =>
      startsOf(input, operation, from).map((start) => ({ operation, from, start }) as const),
    );
    spread(input, starts, reached);
  }
  return (id) => {
    const found = reached.get(id);
    return found && { ...found.begin, steps: stepsTo(found) };
  };
}

/** @returns the errors that end the stream of an output */
export function errorsOfStream(model: Model, output: ShapeId): readonly ShapeId[] {
  const shape = model.getDataShape(output);
  if (shape.type !== 'structure') return [];
  return [...shape.members.values()].flatMap(({ target }) => {
    const events = model.getDataShape(target);
    return events.type === 'union' ? thrownErrors(model, events) : [];
  });
}

function startsOf(
  { model, service }: ClientInput,
  { shape }: ClientOperation,
  from: Route['from'],
): readonly ShapeId[] {
  if (from === 'error') return [...errorsOf(service, shape), ...errorsOfStream(model, shape.output)];
  const id = shape[from];
  return id === unit ? [] : [id];
}

/** Breadth first, so that each shape is reached on the shortest way. */
function spread(
  input: ClientInput,
  starts: readonly Omit<Route, 'steps'>[],
  reached: Map<ShapeId, Reached>,
): void {
  const waiting: Reached[] = [];
  const reach = (next: Reached) => {
    if (reached.has(next.id)) return;
    reached.set(next.id, next);
    waiting.push(next);
  };
  for (const begin of starts) reach({ id: begin.start, begin });
  for (const current of waiting) {
    for (const [id, step] of stepsFrom(input, current.id)) {
      reach({ id, begin: current.begin, before: { reached: current, step } });
    }
  }
}

function stepsFrom({ model }: ClientInput, id: ShapeId): readonly (readonly [ShapeId, Step])[] {
  const shape = model.getDataShape(id);
  switch (shape.type) {
    case 'structure':
    case 'union': {
      // Errors in a stream are thrown: they are no events.
      const thrown = thrownErrors(model, shape);
      return [...shape.members.values()]
        .filter(({ target }) => !thrown.includes(target))
        .map((member) => [member.target, { kind: 'member', structure: shape, member }]);
    }
    case 'list':
      return [[shape.member.target, { kind: 'item' }]];
    case 'map':
      return [[shape.value.target, { kind: 'value' }]];
    default:
      return [];
  }
}

function stepsTo({ before }: Reached): readonly Step[] {
  return before === undefined ? [] : [...stepsTo(before.reached), before.step];
}
