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

/** Protocols and their traits, in order of preference where a service has several. */
const protocols: Readonly<Record<ProtocolName, string>> = {
  restJson1: 'aws.protocols#restJson1',
  awsJson1_0: 'aws.protocols#awsJson1_0',
  awsJson1_1: 'aws.protocols#awsJson1_1',
  awsQuery: 'aws.protocols#awsQuery',
  ec2Query: 'aws.protocols#ec2Query',
  restXml: 'aws.protocols#restXml',
  rpcv2Cbor: 'smithy.protocols#rpcv2Cbor',
};

/** Auth schemes by the id of their trait, in alphabetical order. */
const authSchemes: Readonly<Record<ShapeId, AuthScheme>> = {
  'aws.auth#sigv4': 'sigv4',
  'aws.auth#sigv4a': 'sigv4a',
  'smithy.api#httpBearerAuth': 'bearer',
};

/**
 * Makes the schema of a service: what protocols must know about it, as plain data.
 *
 * @throws {ModelError} when the service does not exist, has none of the supported protocols, or one of its traits is
 *   malformed
 */
export function serviceSchema(model: Model, id: ShapeId): ServiceSchema {
  const service = model.getService(id);
  return buildServiceSchema(model, service, buildSchemaLibrary(model, service));
}

/** `serviceSchema`, from the given schemas of its shapes. */
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

/** Schema of a service without its operations. */
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

/** Id of the service's protocol trait. */
export function protocolTraitOf(service: ServiceShape): ShapeId {
  return protocols[protocolOf(service)];
}

/** Signing name of a service. AWS services without signatures use the namespace of their ARNs. */
export function signingNameOf(service: ServiceShape): string {
  return sigv4Name(service) ?? awsServiceTrait(service)?.arnNamespace ?? nameOf(service.id).toLowerCase();
}

/** Auth schemes of an operation: those of the service, in the order of `smithy.api#auth`, else by id. */
function authOf(service: ServiceShape, operation: OperationShape): OperationSchema['auth'] {
  const chosen = authTrait(operation) ?? authTrait(service) ?? Object.keys(authSchemes);
  const schemes = chosen.flatMap((id) => {
    const scheme = authSchemes[id];
    return scheme !== undefined && hasTrait(service, id) ? [scheme] : [];
  });
  const mayBeAnonymous = schemes.length > 0 && hasTrait(operation, 'smithy.api#optionalAuth');
  return mayBeAnonymous ? [...schemes, 'anonymous'] : schemes;
}
