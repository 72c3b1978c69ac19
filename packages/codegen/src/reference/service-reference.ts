import { awsServiceTrait, type Model, namespaceOf, type ShapeId, stringTrait } from '@latchkey/smithy';
import { clientDeclarations } from '../client-module/client-declarations.ts';
import type { ClientModuleOptions } from '../client-module/client-input.ts';
import { parseDocumentation } from '../documentation/parse.ts';
import { compareNames } from '../names.ts';
import { protocolOf, signingNameOf } from '../service-schema.ts';
import { describe } from './describe.ts';
import { endpointsOf } from './endpoints.ts';
import { operationReference } from './operations.ts';
import { type PrintedSymbols, printedSymbols } from './printed-symbols.ts';
import type { ClassMember, ClientSymbol, ServiceReference } from './reference.ts';
import { requirementsOf } from './requirements.ts';
import { requestWriter } from './sample-request.ts';
import { symbolPrograms } from './symbol-programs.ts';
import { errorUnionSymbol, typeSymbols } from './symbols.ts';
import { usesOf } from './used-by.ts';

/**
 * Makes the reference of a client module.
 *
 * @param id shape id of the service
 * @param options options of the module, to which the line numbers in the reference belong
 * @throws {ModelError} when no client can be made from the model. The message names the shape and the reason
 * @throws {NoMatchingAction} when one of `actions` matches no operation
 */
export function serviceReference(model: Model, id: ShapeId, options: ClientModuleOptions): ServiceReference {
  const client = clientDeclarations(model, id, options);
  const { className, sdkId, service } = client.input;
  const protocol = protocolOf(service);
  const sources = {
    client,
    protocol,
    printed: printedSymbols(client),
    uses: usesOf(client),
    requirements: requirementsOf(client),
    programs: symbolPrograms(client.input),
    writeRequest: requestWriter(client.input),
  };
  const described = describe(service);
  const aws = awsServiceTrait(service);
  const classSymbol: ClientSymbol = {
    ...described,
    kind: 'class',
    name: className,
    line: sources.printed.lineOf(className),
    declaration: sources.printed.declarationOf(className),
    usedBy: [],
    requiredBy: [],
    program: sources.programs.ofClient(),
    members: ['ApiMetadata', 'constructor'].map((name) => classMember(sources.printed, className, name)),
    operations: client.methods.map((methods) => operationReference(sources, methods)),
  };
  return {
    ...described,
    title: stringTrait(service, 'smithy.api#title') ?? sdkId,
    sdkId,
    version: service.version,
    ...(aws && namespaceOf(id).startsWith('com.amazonaws.') && { docId: aws.docId }),
    protocol,
    signingName: signingNameOf(service),
    endpoints: endpointsOf(client.input.endpoints.resolver),
    client: classSymbol,
    symbols: [
      classSymbol,
      ...typeSymbols(sources),
      ...client.methods.map((methods) => errorUnionSymbol(sources, methods)),
    ].toSorted((a, b) => compareNames(a.name, b.name)),
  };
}

function classMember(printed: PrintedSymbols, className: string, name: string): ClassMember {
  const symbol = `${className}.${name}`;
  const declared = /^.*(?=;$)/m.exec(printed.memberOf(symbol) ?? '')?.[0] ?? '';
  return {
    name,
    line: printed.lineOf(symbol),
    declaration: printed.tokens(declared.trim()),
    documentation: parseDocumentation(printed.commentOf(symbol)),
  };
}
