import {
  awsServiceTrait,
  type DataShape,
  nameIn,
  nameOf,
  type ServiceShape,
  type ShapeId,
} from '@latchkey/smithy';

/** Names in a generated module, all different. */
export interface Names {
  /** Prefix of the types that belong to the service as a whole, e.g. `SsoOidc`. */
  readonly service: string;
  /** Name of the TypeScript type of a structure, union or enum. */
  typeOf(id: ShapeId): string;
  /** Name of the constant with the schema of a shape. */
  schemaOf(id: ShapeId): string;
  /** Reserves a free name: the wanted one, or a similar one where that is taken. */
  claim(wanted: string): string;
}

/** Names that generated modules use without declaring them. */
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

/** Makes a function that reserves free names: the wanted one, or a similar one where that is taken. */
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

/** Whether a shape is declared as a type of its own. Other shapes are written out where they are used. */
export function hasOwnType({ type }: DataShape): boolean {
  return type === 'structure' || type === 'union' || type === 'enum' || type === 'intEnum';
}

export function getName(names: ReadonlyMap<ShapeId, string>, id: ShapeId): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`Names: "${id}" has none`);
  return name;
}

/** Service name in PascalCase, with acronyms as words: `SsoOidc` for `SSO OIDC`. */
function serviceName(service: ServiceShape): string {
  const words = (awsServiceTrait(service)?.sdkId ?? nameOf(service.id)).match(/[A-Za-z0-9]+/g) ?? [];
  return words
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Alphabetical order of names: case counts only where the letters are the same, capitals first. */
export function compareNames(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Makes the first letter small, as in method names of the AWS SDK for JavaScript v2: `createToken`, `dNSName` (for `DNSName`). */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Name in camelCase, with acronyms as words: `uri`, `awsAccount`, `roleName` (for `URI`, `AWSAccount`, `RoleName`). */
export function camelCase(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}
