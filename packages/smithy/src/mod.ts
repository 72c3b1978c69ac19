// Reads Smithy models from their JSON AST. Start at parse-model.ts; service.ts goes from a service to its shapes, traits.ts
// reads traits. This package does not know what a model is used for.

export {
  contextParamTrait,
  operationContextParamsTrait,
  staticContextParamsTrait,
} from './context-params.ts';
export {
  deprecatedTrait,
  type ExampleDefinition,
  examplesTrait,
  externalDocumentationTrait,
  recommendedTrait,
} from './documentation-traits.ts';
export type { EndpointRuleCall } from './endpoint-traits.ts';
export {
  type EndpointDecisions,
  type EndpointParameter,
  type EndpointRule,
  type EndpointRuleCondition,
  type EndpointRuleExpression,
  type EndpointRuleSet,
  type EndpointRuleTarget,
  endpointDecisionsTrait,
  endpointRuleSetTrait,
} from './endpoint-traits.ts';
export type { Json, JsonObject } from './json.ts';
export { Model } from './model.ts';
export { ModelError } from './model-error.ts';
export { findModels, listModelFiles, type ModelFile, readModel } from './model-files.ts';
export {
  authTrait,
  discoveredEndpointTrait,
  endpointDiscoveryTrait,
  hasNoErrorWrapping,
  hostPrefixTrait,
  httpChecksumTrait,
  httpVersionsTrait,
  requestCompressionTrait,
  retryableTrait,
} from './operation-traits.ts';
export { type PaginatedTrait, paginatedTrait } from './paginated-trait.ts';
export { parseModel } from './parse-model.ts';
export { closureOf, errorsOf, nameIn, operationsOf } from './service.ts';
export type {
  DataShape,
  EnumShape,
  ListShape,
  MapShape,
  Member,
  OperationShape,
  ResourceShape,
  ServiceShape,
  Shape,
  SimpleShape,
  SimpleType,
  StructureShape,
  simpleTypes,
  TraitMap,
} from './shape.ts';
export { nameOf, namespaceOf, type ShapeId } from './shape-id.ts';
export {
  awsQueryErrorTrait,
  awsServiceTrait,
  boundsTrait,
  choiceTrait,
  enumValues,
  errorTrait,
  hasTrait,
  httpTrait,
  internalEnumValues,
  sdkIdOf,
  sigv4Name,
  stringTrait,
  type Traited,
  xmlNamespaceTrait,
} from './traits.ts';
export type { WaiterAcceptor } from './waitable-trait.ts';
export {
  type WaiterDefinition,
  type WaiterMatcher,
  waitableTrait,
} from './waitable-trait.ts';
