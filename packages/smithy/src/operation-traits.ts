import { arrayAt, booleanAt, type JsonObject, objectAt, type Place, stringAt } from './json.ts';
import type { OperationShape, ServiceShape, StructureShape } from './shape.ts';
import type { ShapeId } from './shape-id.ts';
import { hasTrait, type Traited } from './traits.ts';

/** `aws.protocols#httpChecksum`; `smithy.api#httpChecksumRequired` is read as its `requestChecksumRequired`. */
export function httpChecksumTrait(operation: OperationShape):
  | {
      readonly requestRequired?: true;
      readonly requestAlgorithmMember?: string;
      readonly requestValidationModeMember?: string;
      readonly responseAlgorithms?: readonly string[];
    }
  | undefined {
  const isRequired = hasTrait(operation, 'smithy.api#httpChecksumRequired');
  const found = fieldsOf(operation, 'aws.protocols#httpChecksum');
  if (found === undefined) return isRequired ? { requestRequired: true } : undefined;
  const { fields, place } = found;
  const { requestChecksumRequired, requestAlgorithmMember, requestValidationModeMember, responseAlgorithms } =
    fields;
  return {
    ...((isRequired || requestChecksumRequired === true) && { requestRequired: true }),
    ...(requestAlgorithmMember !== undefined && {
      requestAlgorithmMember: stringAt(requestAlgorithmMember, place('requestAlgorithmMember')),
    }),
    ...(requestValidationModeMember !== undefined && {
      requestValidationModeMember: stringAt(
        requestValidationModeMember,
        place('requestValidationModeMember'),
      ),
    }),
    ...(responseAlgorithms !== undefined && {
      responseAlgorithms: stringsAt(responseAlgorithms, place('responseAlgorithms')),
    }),
  };
}

/** `smithy.api#endpoint`: the host prefix. */
export function hostPrefixTrait(operation: OperationShape): string | undefined {
  const found = fieldsOf(operation, 'smithy.api#endpoint');
  return found && stringAt(found.fields['hostPrefix'], found.place('hostPrefix'));
}

/** `aws.api#clientEndpointDiscovery`: the operation that tells endpoints, and the error of a wrong one, by shape id. */
export function endpointDiscoveryTrait(
  service: ServiceShape,
): { readonly operation: ShapeId; readonly error?: ShapeId } | undefined {
  const found = fieldsOf(service, 'aws.api#clientEndpointDiscovery');
  if (found === undefined) return undefined;
  const { operation, error } = found.fields;
  return {
    operation: stringAt(operation, found.place('operation')),
    ...(error !== undefined && { error: stringAt(error, found.place('error')) }),
  };
}

/** `aws.api#clientDiscoveredEndpoint`: `required` says whether the operation cannot be called without discovery. */
export function discoveredEndpointTrait(
  operation: OperationShape,
): { readonly required: boolean } | undefined {
  const found = fieldsOf(operation, 'aws.api#clientDiscoveredEndpoint');
  return found && { required: booleanAt(found.fields['required'] ?? false, found.place('required')) };
}

/** `smithy.api#requestCompression`: the encodings, in order of preference. */
export function requestCompressionTrait(operation: OperationShape): readonly string[] | undefined {
  const found = fieldsOf(operation, 'smithy.api#requestCompression');
  return found && stringsAt(found.fields['encodings'], found.place('encodings'));
}

/** `smithy.api#retryable`: the call may be retried; `throttling`: it failed because there were too many calls. */
export function retryableTrait(error: StructureShape): { readonly throttling: boolean } | undefined {
  const found = fieldsOf(error, 'smithy.api#retryable');
  if (found === undefined) return undefined;
  return { throttling: booleanAt(found.fields['throttling'] ?? false, found.place('throttling')) };
}

/** `smithy.api#auth`: ids of authentication schemes in order of preference. */
export function authTrait(bearer: ServiceShape | OperationShape): readonly ShapeId[] | undefined {
  const value = bearer.traits['smithy.api#auth'];
  return value === undefined
    ? undefined
    : stringsAt(value, { shapeId: bearer.id, what: 'trait smithy.api#auth' });
}

/** `noErrorWrapping` of `aws.protocols#restXml`: errors have no `ErrorResponse` element around them. */
export function hasNoErrorWrapping(service: ServiceShape): boolean {
  const found = fieldsOf(service, 'aws.protocols#restXml');
  return found !== undefined && found.fields['noErrorWrapping'] === true;
}

/**
 * HTTP versions that the protocol trait allows, as ALPN names in order of preference: `eventStreamHttp` for operations
 * with an event stream, `http` for all others.
 */
export function httpVersionsTrait(
  service: ServiceShape,
  protocol: ShapeId,
): { readonly http: readonly string[]; readonly eventStreamHttp: readonly string[] } {
  const found = fieldsOf(service, protocol);
  const versionsAt = (field: string, otherwise: readonly string[]) => {
    const value = found?.fields[field];
    const versions = found && value !== undefined ? stringsAt(value, found.place(field)) : [];
    return versions.length === 0 ? otherwise : versions;
  };
  const http = versionsAt('http', ['http/1.1']);
  return { http, eventStreamHttp: versionsAt('eventStreamHttp', http) };
}

/** Fields of a trait, and the place of each for error messages. */
export function fieldsOf(
  bearer: Traited,
  trait: string,
): { readonly fields: JsonObject; place(field: string): Place } | undefined {
  const value = bearer.traits[trait];
  if (value === undefined) return undefined;
  const what = `trait ${trait}`;
  return {
    fields: objectAt(value, { shapeId: bearer.id, what }),
    place: (field) => ({ shapeId: bearer.id, what: `${field} of ${what}` }),
  };
}

export function stringsAt(value: unknown, place: Place): readonly string[] {
  return arrayAt(value, place).map((item) => stringAt(item, { ...place, what: `an item of ${place.what}` }));
}
