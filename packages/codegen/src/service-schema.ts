import {
  authTrait,
  awsServiceTrait,
  errorsOf,
  hasNoErrorWrapping,
  hasTrait,
  hostPrefixTrait,
  httpChecksumTrait,
  httpTrait,
  type Model,
  ModelError,
  nameOf,
  namespaceOf,
  type OperationShape,
  operationsOf,
  requestCompressionTrait,
  type ServiceShape,
  type ShapeId,
  sigv4Name,
  xmlNamespaceTrait,
} from '@latchkey/smithy';
import type {
  AuthScheme,
  OperationSchema,
  ProtocolName,
  ServiceIdentity,
  ServiceSchema,
} from '@latchkey/wire';
import { buildSchemaLibrary, getError, getStructure, type SchemaLibrary } from './schema-library.ts';

/** In order of preference, where a service speaks several. */
const protocols: Readonly<Record<ProtocolName, string>> = {
  restJson1: 'aws.protocols#restJson1',
  awsJson1_0: 'aws.protocols#awsJson1_0',
  awsJson1_1: 'aws.protocols#awsJson1_1',
  awsQuery: 'aws.protocols#awsQuery',
  ec2Query: 'aws.protocols#ec2Query',
  restXml: 'aws.protocols#restXml',
  rpcv2Cbor: 'smithy.protocols#rpcv2Cbor',
};

/** In order of their ids. */
const authSchemes: Readonly<Record<ShapeId, AuthScheme>> = {
  'aws.auth#sigv4': 'sigv4',
  'aws.auth#sigv4a': 'sigv4a',
  'smithy.api#httpBearerAuth': 'bearer',
};

/**
 * What a protocol needs to know of a service, as data.
 *
 * @throws {ModelError} when the service does not exist, speaks none of the protocols that schemas are for, or a trait
 *   in it is malformed
 */
export function serviceSchema(model: Model, id: ShapeId): ServiceSchema {
  const service = model.getService(id);
  return buildServiceSchema(model, service, buildSchemaLibrary(model, service));
}

/** `serviceSchema`, from schemas that are built already. */
export function buildServiceSchema(
  model: Model,
  service: ServiceShape,
  library: SchemaLibrary,
): ServiceSchema {
  return {
    ...serviceIdentity(service),
    protocol: protocolOf(service),
    signingName: signingNameOf(service),
    operations: Object.fromEntries(
      operationsOf(model, service).map((operation) => [
        nameOf(operation.id),
        operationSchema(service, operation, library),
      ]),
    ),
    errors: service.errors.map((error) => getError(library, error)),
  };
}

/** Without its operations. */
export function serviceIdentity(service: ServiceShape): ServiceIdentity {
  const xmlNamespace = xmlNamespaceTrait(service);
  return {
    name: nameOf(service.id),
    namespace: namespaceOf(service.id),
    version: service.version,
    ...(xmlNamespace && { xmlNamespace }),
    ...(hasTrait(service, 'aws.protocols#awsQueryCompatible') && { queryCompatible: true }),
    ...(hasNoErrorWrapping(service) && { noErrorWrapping: true }),
  };
}

export function operationSchema(
  service: ServiceShape,
  operation: OperationShape,
  library: SchemaLibrary,
): OperationSchema {
  const http = httpTrait(operation);
  const hostPrefix = hostPrefixTrait(operation);
  const checksum = httpChecksumTrait(operation);
  const requestCompression = requestCompressionTrait(operation);
  return {
    name: nameOf(operation.id),
    input: getStructure(library, operation.input),
    output: getStructure(library, operation.output),
    errors: errorsOf(service, operation).map((error) => getError(library, error)),
    ...(http && { http }),
    auth: authOf(service, operation),
    ...(hostPrefix !== undefined && { hostPrefix }),
    ...(hasTrait(operation, 'aws.auth#unsignedPayload') && { unsignedPayload: true }),
    ...(checksum && { checksum }),
    ...(requestCompression && { requestCompression }),
    ...(hasTrait(operation, 'aws.customizations#s3UnwrappedXmlOutput') && { unwrappedXmlOutput: true }),
  };
}

export function protocolOf(service: ServiceShape): ServiceSchema['protocol'] {
  for (const [name, trait] of Object.entries(protocols) as [ProtocolName, string][]) {
    if (hasTrait(service, trait)) return name;
  }
  const found = Object.keys(service.traits).filter((trait) => /^\w+\.protocols#/.test(trait));
  throw new ModelError(
    service.id,
    `its protocol: is ${found.join(', ') || 'missing'}, must be one of ${Object.values(protocols).join(', ')}`,
  );
}

/** The trait that says that a service speaks its protocol. */
export function protocolTraitOf(service: ServiceShape): ShapeId {
  return protocols[protocolOf(service)];
}

/** AWS services that sign nothing still have the name by which their resources are known. */
export function signingNameOf(service: ServiceShape): string {
  return sigv4Name(service) ?? awsServiceTrait(service)?.arnNamespace ?? nameOf(service.id).toLowerCase();
}

/** The service's own schemes in the order that `smithy.api#auth` names them in, else by their ids. */
function authOf(service: ServiceShape, operation: OperationShape): OperationSchema['auth'] {
  const chosen = authTrait(operation) ?? authTrait(service) ?? Object.keys(authSchemes);
  const schemes = chosen.flatMap((id) => {
    const scheme = authSchemes[id];
    return scheme !== undefined && hasTrait(service, id) ? [scheme] : [];
  });
  const mayBeAnonymous = schemes.length > 0 && hasTrait(operation, 'smithy.api#optionalAuth');
  return mayBeAnonymous ? [...schemes, 'anonymous'] : schemes;
}
