import { errorsOf } from '@latchkey/smithy';
import { endpointPrefixOf } from '../endpoints/default-endpoints.ts';
import { printEntries, printKey, printLiteral, quote } from '../literal.ts';
import { getError } from '../schema-library.ts';
import { protocolOf, serviceIdentity, signingNameOf } from '../service-schema.ts';
import type { ClientInput, ClientOperation } from './client-input.ts';
import { errorShapes } from './emit-errors.ts';
import { discoveryNames, discoveryOf } from './endpoint-discovery.ts';
import { endpointParamsOf } from './endpoint-params.ts';
import { featuresOf } from './features.ts';
import { hasEvents, needsHttp2 } from './http2.ts';
import { type Method, printMethod } from './method.ts';
import { constant, type Declaration, everywhere, type Piece } from './piece.ts';
import { protocols } from './protocols.ts';

/** Declares the client class: the service's metadata, and the methods. */
export function emitClient(input: ClientInput, endpoints: string, methods: readonly Method[]): Declaration {
  const { className, docs, imports, service } = input;
  const metadataType = imports.use('type', 'ApiMetadata');
  const metadata = printMetadata(input, endpoints);
  const factory = imports.use('type', 'ApiFactory');
  const client = imports.use('hiddenType', 'ServiceClient');
  const body = `    this.#client = apiFactory.buildServiceClient(${className}.ApiMetadata);\n  }\n`;
  return [
    {
      symbol: className,
      docs: docs.print(service, '', [`@see ${service.id}`]),
      typescript: `export class ${className} {\n`,
      javascript: `export class ${className} {\n`,
      declarations: `export declare class ${className} {\n`,
    },
    {
      symbol: `${className}.ApiMetadata`,
      docs: docs.note('What the runtime has to know of the service.', '  '),
      typescript: `  static readonly ApiMetadata: ${metadataType} = ${metadata};\n\n  readonly #client: ${client};\n\n`,
      javascript: `  static ApiMetadata = ${metadata};\n\n  #client;\n\n`,
      declarations: `  static readonly ApiMetadata: ${metadataType};\n  #private;\n\n`,
    },
    {
      symbol: `${className}.constructor`,
      docs: docs.note('Makes a client with the settings of a factory.', '  '),
      typescript: `  constructor(apiFactory: ${factory}) {\n${body}`,
      javascript: `  constructor(apiFactory) {\n${body}`,
      declarations: `  constructor(apiFactory: ${factory});\n`,
    },
    ...methods.flatMap((method): readonly Piece[] => [everywhere('\n'), printMethod(input, method)]),
    everywhere('}\n'),
  ];
}

/** Declares the endpoint rules as a constant where they take several lines. @returns also the expression to use for them */
export function emitEndpoints({ claim, endpoints, imports }: ClientInput): {
  readonly declaration: Declaration;
  readonly expression: string;
} {
  const { expression } = endpoints;
  if (!expression.includes('\n')) return { declaration: [], expression };
  const name = claim('endpoints');
  const type = imports.use('hiddenType', 'EndpointResolver');
  return { declaration: [constant(name, type, expression)], expression: name };
}

/** Makes the method that calls an operation. */
export function callOf(input: ClientInput, operation: ClientOperation): Method {
  const { docs, imports, service, typeOf } = input;
  const { constant, errorType, method, shape } = operation;
  const each = errorsOf(service, shape).map((id) => `@throws {${typeOf(id)}}`);
  const errors = each.length === 0 ? [] : [...each, `@throws {${errorType}} the union of these`];
  return {
    name: method,
    docs: docs.print(shape, '  ', [...errors, `@see ${shape.id}`]),
    operation,
    optionsType: imports.use('type', 'CallOptions'),
    returns: `Promise<${input.outputType(operation)}>`,
    callee: 'this.#client.call',
    passed: [constant, 'params', 'opts'],
  };
}

function printMetadata(input: ClientInput, endpoints: string): string {
  const { imports, library, operations, sdkId, service } = input;
  const protocol = protocols[protocolOf(service)];
  const errors = errorShapes(input).map(({ id }) => {
    const { name } = getError(library, id);
    const local = input.typeOf(id);
    return property(name, local);
  });
  const features = featuresOf(input);
  const signingName = signingNameOf(service);
  const endpointPrefix = endpointPrefixOf(service);
  const indent = '    ';
  const entries = [
    `serviceId: ${quote(sdkId)}`,
    `service: ${printLiteral(serviceIdentity(service), () => undefined, indent, 'service: ,'.length)}`,
    `signingName: ${quote(signingName)}`,
    ...(endpointPrefix === signingName ? [] : [`endpointPrefix: ${quote(endpointPrefix)}`]),
    property('protocol', imports.use('value', protocol.name, protocol.path)),
    property('endpoints', endpoints),
    `errors: ${printEntries('{}', errors, indent, 'errors: ,'.length)}`,
    ...(features.length === 0 ? [] : [`features: [${features.join(', ')}]`]),
    ...discoveryEntry(input),
    ...(operations.some(({ schema }) => hasEvents(schema))
      ? [property('eventStreams', imports.use('value', 'eventStreams', 'event-streams'))]
      : []),
    ...(operations.some(({ schema }) => needsHttp2(service, schema))
      ? [property('http2', imports.use('value', 'http2', 'http2'))]
      : []),
    ...(hasPaths(input) ? [property('jmesPath', imports.use('value', 'evaluate', 'jmespath/evaluate'))] : []),
  ];
  return `{\n${entries.map((entry) => `${indent}${entry},\n`).join('')}  }`;
}

/** Endpoint discovery, where one of the operations has it: others need not carry its code. */
function discoveryEntry({ imports, model, operations, service }: ClientInput): readonly string[] {
  const names = discoveryNames(service);
  const isUsed = operations.some(({ shape }) => discoveryOf(model, service, shape) !== undefined);
  if (names === undefined || !isUsed) return [];
  const error = names.error === undefined ? '' : `, error: ${quote(names.error)}`;
  const discovery = imports.use('value', 'EndpointDiscovery', 'endpoint-discovery');
  return [`endpointDiscovery: { operation: ${quote(names.operation)}${error}, discovery: ${discovery} }`];
}

function property(name: string, value: string): string {
  return name === value ? name : `${printKey(name)}: ${value}`;
}

/** Whether an endpoint parameter comes from a JMESPath expression, so that the module needs the evaluator. */
function hasPaths({ model, operations, endpoints }: ClientInput): boolean {
  return operations.some(({ shape }) => {
    const sources = endpointParamsOf(model, shape, endpoints.usedParams) ?? {};
    return Object.values(sources).some((source) => 'path' in source);
  });
}
