// Turns Smithy models into schemas for the protocols, and into TypeScript modules. README.md says how.

export type {
  AuthScheme,
  EnumSchema,
  ErrorSchema,
  HttpChecksumTrait,
  ListSchema,
  MapSchema,
  MemberSchema,
  OperationSchema,
  ProtocolName,
  Schema,
  ServiceIdentity,
  ServiceSchema,
  SimpleSchema,
  StructureSchema,
  Traits,
} from '@latchkey/wire';
export { NoMatchingAction } from './client-module/choose-operations.ts';
export type { ClientModuleOptions } from './client-module/client-input.ts';
export { clientModule } from './client-module/client-module.ts';
export type { DocsLevel } from './client-module/documentation.ts';
export type { RuntimeSpecifier } from './client-module/imports.ts';
export type { ClientModule } from './client-module/print-module.ts';
export { restOfDocumentation, shortDocumentation } from './documentation/first-sentence.ts';
export {
  documentationHtml,
  type ReferenceResolver,
  renderHtml,
  renderInlineHtml,
} from './documentation/html.ts';
export { parseDocumentation } from './documentation/parse.ts';
export type { Block, Definition, Link, Reference } from './documentation/tree.ts';
export { type Documentation, type Inline, textOf } from './documentation/tree.ts';
export type {
  ClassMember,
  ClientSymbol,
  CodeToken,
  Constraint,
  Deprecation,
  Described,
  EndpointReference,
  EnumSymbol,
  EnumValueReference,
  ErrorFacts,
  ErrorUnionSymbol,
  ExampleReference,
  MethodReference,
  OperationError,
  OperationReference,
  PropertyReference,
  ReferenceSymbol,
  RequestReference,
  Requirement,
  ServiceReference,
  StructureSymbol,
  SymbolProgram,
  Travel,
  Use,
  WaiterReference,
} from './reference/reference.ts';
export { serviceReference } from './reference/service-reference.ts';
export { serverModule } from './server-module/server-module.ts';
export { type ServiceNames, serviceNames } from './service-names.ts';
export { serviceSchema } from './service-schema.ts';
export type {
  BodySyntax,
  ErrorSyntax,
  EventSyntax,
  MessageSyntax,
  SyntaxLine,
  SyntaxPart,
  WireSyntax,
} from './wire-syntax/syntax.ts';
export { textOfLine, wireSyntax } from './wire-syntax/wire-syntax.ts';
