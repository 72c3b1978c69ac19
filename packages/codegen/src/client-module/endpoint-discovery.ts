import {
  discoveredEndpointTrait,
  endpointDiscoveryTrait,
  hasTrait,
  type Model,
  nameOf,
  type OperationShape,
  type ServiceShape,
} from '@latchkey/smithy';

/** How the endpoint of an operation is discovered; `undefined` where the endpoint rules alone decide it. */
export function discoveryOf(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
): { readonly required: boolean; readonly ids?: readonly string[] } | undefined {
  const trait = discoveredEndpointTrait(operation);
  if (trait === undefined || endpointDiscoveryTrait(service) === undefined) return undefined;
  const input = model.getDataShape(operation.input);
  const members = input.type === 'structure' ? [...input.members] : [];
  const ids = members
    .filter(([, member]) => hasTrait(member, 'aws.api#clientEndpointDiscoveryId'))
    .map(([name]) => name);
  return { required: trait.required, ...(ids.length > 0 && { ids }) };
}

/** Names of the operation that tells endpoints and of the error of a wrong one, where the service has discovery. */
export function discoveryNames(
  service: ServiceShape,
): { readonly operation: string; readonly error?: string } | undefined {
  const trait = endpointDiscoveryTrait(service);
  if (trait === undefined) return undefined;
  const { operation, error } = trait;
  return { operation: nameOf(operation), ...(error !== undefined && { error: nameOf(error) }) };
}
