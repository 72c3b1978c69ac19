import type { StandardEndpoints } from '@latchkey/client/endpoints/standard';
import { awsServiceTrait, nameOf, type ServiceShape, sigv4Name } from '@latchkey/smithy';

/** Endpoints of a service without endpoint rules: the host name that AWS would give it. */
export function defaultEndpoints(service: ServiceShape): StandardEndpoints {
  return { prefix: endpointPrefixOf(service) };
}

/** First part of the service's usual host name. */
export function endpointPrefixOf(service: ServiceShape): string {
  const traits = service.traits['aws.api#service'];
  const prefix = new Map<string, unknown>(Object.entries(traits ?? {})).get('endpointPrefix');
  if (typeof prefix === 'string') return prefix;
  return awsServiceTrait(service)?.arnNamespace ?? sigv4Name(service) ?? nameOf(service.id).toLowerCase();
}
