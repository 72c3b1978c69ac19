import type { EndpointParameter, Model, OperationShape, ServiceShape } from '@latchkey/smithy';

const operationTraits = ['smithy.rules#staticContextParams', 'smithy.rules#operationContextParams'];

/** Names of the parameters that are settings of a client (`smithy.rules#clientContextParams`). */
export function clientParams(service: ServiceShape): readonly string[] {
  return Object.keys(service.traits['smithy.rules#clientContextParams'] ?? {});
}

/** Parameters that have no value in any call of these operations. */
export function unsetParams(
  model: Model,
  service: ServiceShape,
  operations: readonly OperationShape[],
  parameters: ReadonlyMap<string, EndpointParameter>,
): ReadonlySet<string> {
  const set = new Set([
    ...clientParams(service),
    ...operations.flatMap((operation) => operationParams(model, operation)),
  ]);
  const unset = [...parameters].filter(
    ([name, parameter]) =>
      parameter.builtIn === undefined && parameter.default === undefined && !set.has(name),
  );
  return new Set(unset.map(([name]) => name));
}

/** Parameters that get their value from an operation or from a member of its input (`smithy.rules#contextParam`). */
function operationParams(model: Model, { traits, input }: OperationShape): readonly string[] {
  const shape = model.getDataShape(input);
  const members = shape.type === 'structure' ? [...shape.members.values()] : [];
  return [
    ...operationTraits.flatMap((trait) => Object.keys(traits[trait] ?? {})),
    ...members.flatMap((member) => {
      const [name] = Object.values(member.traits['smithy.rules#contextParam'] ?? {});
      return typeof name === 'string' ? [name] : [];
    }),
  ];
}
