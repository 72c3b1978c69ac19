import { numberAt, objectAt, stringAt } from './json.ts';
import { ModelError } from './model-error.ts';
import type { EnumShape, Member, OperationShape, ServiceShape, Shape, StructureShape } from './shape.ts';
import { nameOf, type ShapeId } from './shape-id.ts';

/** A shape or member, with its traits. */
export type Traited = Shape | Member;

export function hasTrait({ traits }: Traited, trait: string): boolean {
  return traits[trait] !== undefined;
}

/** Value of a string trait, e.g. `smithy.api#documentation`. */
export function stringTrait(bearer: Traited, trait: string): string | undefined {
  const value = bearer.traits[trait];
  return value === undefined ? undefined : stringAt(value, placeOf(bearer, trait));
}

/** Value of a trait that must be one of the given strings. */
export function choiceTrait<Choice extends string>(
  bearer: Traited,
  trait: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = stringTrait(bearer, trait);
  if (value === undefined) return undefined;
  const choice = choices.find((known) => known === value);
  if (choice === undefined)
    throw invalid(bearer, trait, `is "${value}", must be one of ${choices.join(', ')}`);
  return choice;
}

/** `smithy.api#length` or `smithy.api#range`. */
export function boundsTrait(
  bearer: Traited,
  trait: 'smithy.api#length' | 'smithy.api#range',
): { readonly min?: number; readonly max?: number } | undefined {
  const value = bearer.traits[trait];
  if (value === undefined) return undefined;
  const place = placeOf(bearer, trait);
  const { min, max } = objectAt(value, place);
  return {
    ...(min !== undefined && { min: numberAt(min, { ...place, what: `min of ${place.what}` }) }),
    ...(max !== undefined && { max: numberAt(max, { ...place, what: `max of ${place.what}` }) }),
  };
}

/** `smithy.api#http`. The default of `code` is 200. */
export function httpTrait(
  operation: OperationShape,
): { readonly method: string; readonly uri: string; readonly code: number } | undefined {
  const value = operation.traits['smithy.api#http'];
  if (value === undefined) return undefined;
  const place = placeOf(operation, 'smithy.api#http');
  const { method, uri, code = 200 } = objectAt(value, place);
  return {
    method: stringAt(method, { ...place, what: `method of ${place.what}` }),
    uri: stringAt(uri, { ...place, what: `uri of ${place.what}` }),
    code: numberAt(code, { ...place, what: `code of ${place.what}` }),
  };
}

/** `smithy.api#error` and `smithy.api#httpError`: who is at fault, and the HTTP status. */
export function errorTrait(error: StructureShape): {
  readonly fault: 'client' | 'server';
  readonly status: number;
} {
  const fault = choiceTrait(error, 'smithy.api#error', ['client', 'server']);
  if (fault === undefined) throw invalid(error, 'smithy.api#error', 'is missing');
  const status = error.traits['smithy.api#httpError'] ?? (fault === 'client' ? 400 : 500);
  return { fault, status: numberAt(status, placeOf(error, 'smithy.api#httpError')) };
}

/** `aws.protocols#awsQueryError` */
export function awsQueryErrorTrait(
  error: StructureShape,
): { readonly code: string; readonly status: number } | undefined {
  const value = error.traits['aws.protocols#awsQueryError'];
  if (value === undefined) return undefined;
  const place = placeOf(error, 'aws.protocols#awsQueryError');
  const { code, httpResponseCode } = objectAt(value, place);
  return {
    code: stringAt(code, { ...place, what: `code of ${place.what}` }),
    status: numberAt(httpResponseCode, { ...place, what: `httpResponseCode of ${place.what}` }),
  };
}

/** `aws.auth#sigv4`: name of the service in a SigV4 credential scope. */
export function sigv4Name(service: ServiceShape): string | undefined {
  const value = service.traits['aws.auth#sigv4'];
  if (value === undefined) return undefined;
  const place = placeOf(service, 'aws.auth#sigv4');
  return stringAt(objectAt(value, place)['name'], { ...place, what: `name of ${place.what}` });
}

/**
 * `aws.api#service`: names that AWS uses for the service, e.g. `SSO OIDC`. Its documentation calls a version of it by the
 * `docId`, e.g. `sso-oidc-2019-06-10`.
 */
export function awsServiceTrait(
  service: ServiceShape,
): { readonly sdkId: string; readonly arnNamespace: string; readonly docId: string } | undefined {
  const value = service.traits['aws.api#service'];
  if (value === undefined) return undefined;
  const place = placeOf(service, 'aws.api#service');
  const { arnNamespace = nameOf(service.id).toLowerCase(), ...ids } = objectAt(value, place);
  const sdkId = stringAt(ids['sdkId'], { ...place, what: `sdkId of ${place.what}` });
  const { docId = `${sdkId.toLowerCase().replaceAll(' ', '-')}-${service.version}` } = ids;
  return {
    sdkId,
    docId: stringAt(docId, { ...place, what: `docId of ${place.what}` }),
    arnNamespace: stringAt(arnNamespace, { ...place, what: `arnNamespace of ${place.what}` }),
  };
}

/** `sdkId` of `aws.api#service`; without it, the name of the service shape. */
export function sdkIdOf(service: ServiceShape): string {
  return awsServiceTrait(service)?.sdkId ?? nameOf(service.id);
}

/** `smithy.api#xmlNamespace` */
export function xmlNamespaceTrait(
  bearer: Traited,
): { readonly uri: string; readonly prefix?: string } | undefined {
  const value = bearer.traits['smithy.api#xmlNamespace'];
  if (value === undefined) return undefined;
  const place = placeOf(bearer, 'smithy.api#xmlNamespace');
  const { uri, prefix } = objectAt(value, place);
  return {
    uri: stringAt(uri, { ...place, what: `uri of ${place.what}` }),
    ...(prefix !== undefined && { prefix: stringAt(prefix, { ...place, what: `prefix of ${place.what}` }) }),
  };
}

/** Values of an enum: `smithy.api#enumValue` of each member, else its name. */
export function enumValues(shape: EnumShape): readonly (string | number)[] {
  return [...shape.members.values()].map((member) => {
    const value = member.traits['smithy.api#enumValue'];
    if (shape.type === 'intEnum') return numberAt(value, placeOf(member, 'smithy.api#enumValue'));
    return value === undefined ? member.name : stringAt(value, placeOf(member, 'smithy.api#enumValue'));
  });
}

/** Values of the enum members with `smithy.api#internal`. */
export function internalEnumValues(shape: EnumShape): readonly (string | number)[] {
  const values = enumValues(shape);
  const members = [...shape.members.values()];
  return values.filter((_value, index) => {
    const member = members[index];
    return member !== undefined && hasTrait(member, 'smithy.api#internal');
  });
}

function placeOf(bearer: Traited, trait: string): { readonly shapeId: ShapeId; readonly what: string } {
  return { shapeId: bearer.id, what: `trait ${trait}` };
}

function invalid(bearer: Traited, trait: string, reason: string): ModelError {
  return new ModelError(bearer.id, `trait ${trait}: ${reason}`);
}
