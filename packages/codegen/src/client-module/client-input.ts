import {
  closureOf,
  type DataShape,
  type Member,
  type Model,
  nameIn,
  nameOf,
  type OperationShape,
  operationsOf,
  type ServiceShape,
  type ShapeId,
  sdkIdOf,
} from '@latchkey/smithy';
import type { OperationSchema } from '@latchkey/wire';
import { type EmittedEndpoints, emitEndpoints } from '../endpoints/emit-endpoints.ts';
import { camelCase, claimer, getName, hasOwnType, lowerFirst } from '../names.ts';
import { buildSchemaLibrary, type SchemaLibrary } from '../schema-library.ts';
import { serviceNames } from '../service-names.ts';
import { operationSchema } from '../service-schema.ts';
import { chooseOperations, type NoMatchingAction } from './choose-operations.ts';
import { clientSchemas } from './client-schemas.ts';
import { type DocsLevel, type Documenter, documenter } from './documentation.ts';
import { filledCollections, isFilled } from './filled-collections.ts';
import { gatherImports, type Imports, type RuntimeSpecifier } from './imports.ts';
import { isRequired } from './is-required.ts';
import { reservedNames } from './reserved-names.ts';
import { withExpiresText } from './s3-expires.ts';
import { type Direction, travelsOf } from './travels.ts';
import { unit } from './unit.ts';

export interface ClientModuleOptions {
  /** How much documentation the module has: none, first sentences, or all. */
  readonly docs: DocsLevel;
  /** Names of the operations to emit, with all that they refer to; `*` stands for any characters. Default: all. */
  readonly actions?: readonly string[];
  /** What becomes of patterns in `actions` that match no operation: `refused`, or `noted` in a comment. Default: `refused`. */
  readonly unmatchedActions?: 'refused' | 'noted';
  /** Whether 64-bit integers are `number`, or `bigint`. Default: `number`. */
  readonly longs?: 'number' | 'bigint';
  readonly runtime: RuntimeSpecifier;
}

/** Input of all emitters of a client module. */
export interface ClientInput {
  readonly model: Model;
  readonly service: ServiceShape;
  readonly operations: readonly ClientOperation[];
  /** Why patterns in `actions` chose nothing. */
  readonly unmatched: readonly NoMatchingAction[];
  /** Shapes of the module, each after those it refers to. */
  readonly closure: readonly DataShape[];
  readonly library: SchemaLibrary;
  readonly imports: Imports;
  readonly endpoints: EmittedEndpoints;
  readonly docs: Documenter;
  /** TypeScript type of 64-bit integers. */
  readonly longs: 'number' | 'bigint';
  /** Which way values of a shape go. */
  directionOf(id: ShapeId): Direction;
  /** Whether the type of a structure says that a member is always there. */
  isRequired(structure: ShapeId, member: Member): boolean;
  /** `SSOOIDC` */
  readonly className: string;
  /** `SSO OIDC` */
  readonly sdkId: string;
  /** Name of the TypeScript type of a structure, union or enum. */
  typeOf(id: ShapeId): string;
  /** TypeScript type that a call of the operation resolves with. */
  outputType(operation: ClientOperation): string;
  /** Reserves a free name for a method of the client. */
  claimMethod(wanted: string): string;
  /** Reserves a free name for a declaration: the wanted one, or a similar one where that is taken. */
  claim(wanted: string): string;
}

/** An operation, and its names in the module. */
export interface ClientOperation {
  readonly shape: OperationShape;
  readonly schema: OperationSchema;
  /** `CreateToken` */
  readonly name: string;
  /** `createToken` */
  readonly method: string;
  /** Name of the constant with the operation's schema. */
  readonly constant: string;
  /** `CreateTokenError` */
  readonly errorType: string;
}

export function clientInput(given: Model, id: ShapeId, options: ClientModuleOptions): ClientInput {
  const service = given.getService(id);
  const model = withExpiresText(given, service);
  const { operations: shapes, unmatched } = chooseOperations(operationsOf(model, service), options.actions);
  if (unmatched[0] !== undefined && options.unmatchedActions !== 'noted') throw unmatched[0];
  const closure = closureOf(model, service, shapes);
  const { received, sent } = travelsOf(model, service, shapes);
  const { longs = 'number' } = options;
  const filled = filledCollections(model, service, closure, { received, sent });
  const library = clientSchemas(buildSchemaLibrary(model, service, closure), { received, filled, longs });

  const claim = claimer(reservedNames);
  const imports = gatherImports(options.runtime, claim);
  const endpoints = emitEndpoints(model, service, shapes);
  // Used first, so that these imports keep their names: the expression that refers to them is already printed.
  for (const { name, path } of endpoints.imports) imports.use('value', name, path);

  const sdkId = sdkIdOf(service);
  const className = claim(serviceNames({ sdkId }).className);
  const types = new Map(
    closure
      .filter((shape) => hasOwnType(shape) && shape.id !== unit)
      .map((shape) => [shape.id, claim(nameIn(service, shape.id))]),
  );
  const claimMethod = claimer(['constructor']);
  const operations = shapes.map((shape): ClientOperation => {
    const name = nameOf(shape.id);
    return {
      shape,
      schema: operationSchema(service, shape, library),
      name,
      method: claimMethod(lowerFirst(name)),
      constant: claim(camelCase(name)),
      errorType: claim(`${name}Error`),
    };
  });
  return {
    model,
    service,
    operations,
    unmatched,
    closure,
    library,
    imports,
    endpoints,
    docs: documenter(options.docs),
    longs,
    directionOf: (shapeId) => (!sent.has(shapeId) ? 'output' : received.has(shapeId) ? 'both' : 'input'),
    isRequired: (structure, member) => isRequired(member) || isFilled(filled, structure, member),
    className,
    sdkId,
    typeOf: (shapeId) => getName(types, shapeId),
    outputType: ({ shape }) => (shape.output === unit ? 'void' : getName(types, shape.output)),
    claimMethod,
    claim,
  };
}
