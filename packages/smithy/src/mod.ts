// Reads Smithy models from their JSON AST. parse-model.ts is the way in; service.ts walks from a service to its shapes,
// traits.ts reads traits. Nothing here knows what a model will be used for.
export type { Model } from './model.ts';
export { ModelError } from './model-error.ts';
export {
  authTrait,
  hasNoErrorWrapping,
  hostPrefixTrait,
  httpChecksumTrait,
  requestCompressionTrait,
  retryableTrait,
} from './operation-traits.ts';
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
  StructureShape,
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
  sigv4Name,
  stringTrait,
  type Traited,
  xmlNamespaceTrait,
} from './traits.ts';
