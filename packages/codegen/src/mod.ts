// Turns Smithy models into what a server and its clients are written against: schemas for the protocols, and TypeScript
// modules. The stages of a module: its input (module-input.ts, client-input.ts) gathers what is known of a service, a
// client's operations are tried on their protocol (check-operations.ts), then one emitter a concern prints it.
//
//   client-module/, server-module/   the two kinds of modules
//   endpoints/                       where a client finds its service: rules pruned, and laid out as the runtime reads them
//   jmespath/                        paths of waiters and endpoint parameters, parsed so that no client has to
//   documentation/                   HTML or CommonMark of a model as a tree, and that as Markdown or HTML
//   reference/                       what there is to tell of a client module, as data

export { NoMatchingAction } from './client-module/choose-operations.ts';
export type { ClientModuleOptions } from './client-module/client-input.ts';
export { clientModule } from './client-module/client-module.ts';
export type { DocsLevel } from './client-module/documentation.ts';
export type { RuntimeSpecifier } from './client-module/imports.ts';
export type { ClientModule } from './client-module/print-module.ts';
export {
  documentationHtml,
  type ReferenceResolver,
  renderHtml,
  renderInlineHtml,
} from './documentation/html.ts';
export { type Documentation, type Inline, textOf } from './documentation/tree.ts';
export type {
  ClassMember,
  ClientSymbol,
  CodeToken,
  Constraint,
  Deprecation,
  Described,
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
  ServiceReference,
  StructureSymbol,
  Travel,
  Use,
  WaiterReference,
} from './reference/reference.ts';
export { serviceReference } from './reference/service-reference.ts';
export { serverModule } from './server-module/server-module.ts';
export { type ServiceNames, serviceNames } from './service-names.ts';
export { serviceSchema } from './service-schema.ts';
