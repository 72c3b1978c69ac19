import type { EndpointParamSource } from '@latchkey/client/operation';
import {
  contextParamTrait,
  type Model,
  type OperationShape,
  operationContextParamsTrait,
  staticContextParamsTrait,
} from '@latchkey/smithy';
import { readJmesPath } from './jmes-path.ts';

/**
 * Sources of the endpoint parameters that depend on an operation; undefined when there are none that the rules use. A
 * member (`contextParam`) wins over an expression (`operationContextParams`), and that over a fixed value.
 */
export function endpointParamsOf(
  model: Model,
  operation: OperationShape,
  used: ReadonlySet<string>,
): Readonly<Record<string, EndpointParamSource>> | undefined {
  const sources = [...fixedValues(operation), ...expressions(operation), ...members(model, operation)].filter(
    ([parameter]) => used.has(parameter),
  );
  return sources.length === 0 ? undefined : Object.fromEntries(sources);
}

type Source = readonly [parameter: string, EndpointParamSource];

function fixedValues(operation: OperationShape): readonly Source[] {
  return Array.from(staticContextParamsTrait(operation), ([parameter, value]) => [parameter, { value }]);
}

function expressions(operation: OperationShape): readonly Source[] {
  return Array.from(operationContextParamsTrait(operation), ([parameter, path]) => [
    parameter,
    { path: readJmesPath(path, operation.id, 'smithy.rules#operationContextParams') },
  ]);
}

function members(model: Model, operation: OperationShape): readonly Source[] {
  const input = model.getDataShape(operation.input);
  if (input.type !== 'structure') return [];
  return [...input.members.values()].flatMap((member): readonly Source[] => {
    const parameter = contextParamTrait(member);
    return parameter === undefined ? [] : [[parameter, { member: member.name }]];
  });
}
