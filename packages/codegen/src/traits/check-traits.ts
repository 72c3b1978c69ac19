import {
  authTrait,
  type DataShape,
  discoveredEndpointTrait,
  endpointDiscoveryTrait,
  hasTrait,
  type Model,
  ModelError,
  namespaceOf,
  type OperationShape,
  type ServiceShape,
  type ShapeId,
  type Traited,
} from '@latchkey/smithy';
import type { OperationSchema } from '@latchkey/wire';
import { protocolOf } from '../service-schema.ts';
import { type TraitEffect, traitEffects } from './trait-effects.ts';

/** Namespaces whose traits nearly all change requests or answers: one that is not known must not be passed over. */
const decisive = new Set([
  'aws.auth',
  'aws.customizations',
  'aws.protocols',
  'smithy.protocols',
  'smithy.rules',
]);

/** Other namespaces of Smithy and AWS for clients. Most of their traits describe, classify or document. */
const descriptive = new Set(['aws.api', 'aws.endpoints', 'smithy.api', 'smithy.waiters']);

/** A trait that this version of Latchkey does not know, and where it was found first. */
export interface UnknownTrait {
  readonly trait: ShapeId;
  readonly at: ShapeId;
}

/** The part of a model that a client is generated from. */
export interface ClientShapes {
  readonly model: Model;
  readonly service: ServiceShape;
  readonly operations: readonly { readonly shape: OperationShape; readonly schema: OperationSchema }[];
  /** Shapes of the operations' messages. */
  readonly closure: readonly DataShape[];
}

/**
 * Refuses traits that change what a client must do, and that our clients do not follow. Traits of namespaces other than
 * Smithy's and AWS's for clients are passed over, unless they are authentication schemes.
 *
 * @returns traits that are not known, but that most likely only describe
 * @throws {ModelError} names the shape and the trait
 */
export function checkTraits({ model, service, operations, closure }: ClientShapes): readonly UnknownTrait[] {
  const unknown = new Map<ShapeId, ShapeId>();
  for (const bearer of [
    service,
    ...operations.map(({ shape }) => shape),
    ...closure.flatMap((shape) => [shape, ...membersOf(shape)]),
  ]) {
    for (const trait of Object.keys(bearer.traits)) checkTrait(trait, bearer);
  }
  for (const { shape, schema } of operations) {
    checkAuth(model, service, shape, schema);
    checkDiscovery(service, shape);
  }
  return Array.from(unknown, ([trait, at]) => ({ trait, at }));

  function checkTrait(trait: ShapeId, bearer: Traited): void {
    const effect = effectOf(trait);
    if (effect === 'rules' && !hasRules(service)) {
      const [, reason] = traitEffects[trait] ?? [];
      throw refused(bearer.id, trait, `it needs endpoint rules, which the service does not have (${reason})`);
    }
    if (effect !== undefined) return;
    const namespace = namespaceOf(trait);
    if (descriptive.has(namespace)) unknown.set(trait, unknown.get(trait) ?? bearer.id);
    if (!decisive.has(namespace)) return;
    // A service may have several protocols and authentication schemes: it is enough that one of each is known.
    if (bearer.id === service.id && (namespace === 'aws.auth' || namespace.endsWith('.protocols'))) return;
    throw refused(
      bearer.id,
      trait,
      'this version of Latchkey does not know it, and traits of its namespace change requests or answers; take a newer version, or delete the trait from the model if a client need not follow it',
    );
  }
}

/**
 * Refuses an operation whose endpoint must be discovered, in a service that does not say how; and one whose endpoint can be
 * discovered, in a protocol in which the trait does not say how to ask.
 */
function checkDiscovery(service: ServiceShape, operation: OperationShape): void {
  const discovered = discoveredEndpointTrait(operation);
  if (discovered === undefined) return;
  const trait = 'aws.api#clientDiscoveredEndpoint';
  if (endpointDiscoveryTrait(service) === undefined) {
    const reason = 'the endpoint must be discovered, but the service has no aws.api#clientEndpointDiscovery';
    if (discovered.required) throw refused(operation.id, trait, reason);
  } else if (protocolOf(service).startsWith('rest')) {
    const reason = `a client cannot ask for the endpoint by ${protocolOf(service)}; take another protocol of the service, or choose other operations`;
    throw refused(operation.id, trait, reason);
  }
}

/** Refuses an operation that takes authentication schemes, none of which our clients can do. */
function checkAuth(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
  { auth }: OperationSchema,
): void {
  if (auth.length > 0 || hasTrait(operation, 'smithy.api#optionalAuth')) return;
  const offered = Object.keys(service.traits).filter((trait) => isAuthScheme(model, trait));
  const [scheme] = authTrait(operation) ?? authTrait(service) ?? offered;
  if (scheme === undefined) return;
  const [effect, reason] = traitEffects[scheme] ?? [];
  const why =
    effect === 'client'
      ? 'the service does not have this authentication scheme'
      : `a client cannot authenticate so${reason === undefined ? '' : `: ${reason}`}; choose other operations, or give the service aws.auth#sigv4 or smithy.api#httpBearerAuth`;
  throw refused(operation.id, scheme, why);
}

function isAuthScheme(model: Model, trait: ShapeId): boolean {
  const effect = effectOf(trait);
  if (effect !== undefined) return effect === 'auth';
  const definition = model.findShape(trait);
  return (
    namespaceOf(trait) === 'aws.auth' ||
    (definition && hasTrait(definition, 'smithy.api#authDefinition')) === true
  );
}

function effectOf(trait: ShapeId): TraitEffect | undefined {
  return traitEffects[trait]?.[0];
}

function hasRules(service: ServiceShape): boolean {
  return hasTrait(service, 'smithy.rules#endpointRuleSet') || hasTrait(service, 'smithy.rules#endpointBdd');
}

function membersOf(shape: DataShape): readonly Traited[] {
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'enum':
    case 'intEnum':
      return [...shape.members.values()];
    case 'list':
      return [shape.member];
    case 'map':
      return [shape.key, shape.value];
    default:
      return [];
  }
}

function refused(shape: ShapeId, trait: ShapeId, reason: string): ModelError {
  return new ModelError(shape, `trait ${trait}: ${reason}`);
}
