import {
  awsServiceTrait,
  type DataShape,
  nameIn,
  nameOf,
  type ServiceShape,
  type ShapeId,
} from '@latchkey/smithy';

/** The names that stand in a generated module, no two alike. */
export interface Names {
  /** `SsoOidc`: what the names of the service's own types begin with. */
  readonly service: string;
  /** The TypeScript type of a structure, union or enum. */
  typeOf(id: ShapeId): string;
  /** The constant that holds the schema of a shape. */
  schemaOf(id: ShapeId): string;
  /** A name that is still free: the one wanted, or one much like it. */
  claim(wanted: string): string;
}

/** What generated modules use without declaring it. */
const reserved = [
  'Date',
  'ErrorSchema',
  'ModeledError',
  'Promise',
  'Readonly',
  'Record',
  'Schema',
  'ServiceSchema',
  'StructureSchema',
  'Uint8Array',
];

/** Gives names that are still free: the one wanted, or one much like it. */
export function claimer(reserved: readonly string[]): (wanted: string) => string {
  const taken = new Set(reserved);
  return (wanted) => {
    let name = wanted;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return name;
  };
}

export function nameShapes(service: ServiceShape, closure: readonly DataShape[]): Names {
  const claim = claimer(reserved);
  const types = new Map(closure.filter(hasOwnType).map(({ id }) => [id, claim(nameIn(service, id))]));
  const schemas = new Map(closure.map(({ id }) => [id, claim(`${camelCase(nameIn(service, id))}Schema`)]));
  return {
    service: serviceName(service),
    typeOf: (id) => getName(types, id),
    schemaOf: (id) => getName(schemas, id),
    claim,
  };
}

/** Whether a shape is declared as a type; others are written out where they are used. */
export function hasOwnType({ type }: DataShape): boolean {
  return type === 'structure' || type === 'union' || type === 'enum' || type === 'intEnum';
}

export function getName(names: ReadonlyMap<ShapeId, string>, id: ShapeId): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`Names: "${id}" has none`);
  return name;
}

/** `SSO OIDC` gives `SsoOidc`: acronyms are words. */
function serviceName(service: ServiceShape): string {
  const words = (awsServiceTrait(service)?.sdkId ?? nameOf(service.id)).match(/[A-Za-z0-9]+/g) ?? [];
  return words
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Orders names as a reader looks them up: by letters first, and then capitals before small ones. */
export function compareNames(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `CreateToken` gives `createToken`, `DNSName` gives `dNSName`: as the AWS SDK for JavaScript v2 names methods. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `URI` gives `uri`, `AWSAccount` gives `awsAccount`, `RoleName` gives `roleName`. */
export function camelCase(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}
