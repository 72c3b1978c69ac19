import type { EndpointAuthScheme } from '@latchkey/client/endpoints/endpoint';
import { ModelError, type ShapeId } from '@latchkey/smithy';

/** Reads the property `authSchemes` of an endpoint in the rules. */
export function readAuthSchemes(value: unknown, service: ShapeId): readonly EndpointAuthScheme[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new ModelError(service, 'endpoint rules: authSchemes must be a list');
  return value.map((item: unknown) => readAuthScheme(item, service));
}

function readAuthScheme(value: unknown, service: ShapeId): EndpointAuthScheme {
  const fields = new Map<string, unknown>(Object.entries(value ?? {}));
  const text = (field: string): string | undefined => {
    const found = fields.get(field);
    return typeof found === 'string' ? found : undefined;
  };
  const name = text('name');
  if (name === undefined)
    throw new ModelError(service, 'endpoint rules: an authentication scheme has no name');
  const signingName = text('signingName');
  const signingRegion = text('signingRegion');
  const regionSet = fields.get('signingRegionSet');
  return {
    name,
    ...(signingName !== undefined && { signingName }),
    ...(signingRegion !== undefined && { signingRegion }),
    ...(Array.isArray(regionSet) && { signingRegionSet: regionSet.map(String) }),
    ...(fields.get('disableDoubleEncoding') === true && { disableDoubleEncoding: true }),
  };
}
