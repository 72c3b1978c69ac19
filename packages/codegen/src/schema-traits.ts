import {
  boundsTrait,
  choiceTrait,
  hasTrait,
  stringTrait,
  type Traited,
  xmlNamespaceTrait,
} from '@latchkey/smithy';
import type { Traits } from '@latchkey/wire';

type TraitReaders = {
  readonly [Name in keyof Omit<Traits, 'bigint'>]-?: (bearer: Traited) => Traits[Name] | undefined;
};

/** Readers of all traits in schemas, in the order in which these are printed. */
const readers: TraitReaders = {
  required: flag('smithy.api#required'),
  default: defaultOf,
  clientOptional: (bearer) =>
    defaultOf(bearer) !== undefined && hasTrait(bearer, 'smithy.api#clientOptional') ? true : undefined,
  sensitive: flag('smithy.api#sensitive'),
  idempotencyToken: flag('smithy.api#idempotencyToken'),
  streaming: flag('smithy.api#streaming'),
  sparse: flag('smithy.api#sparse'),
  jsonName: text('smithy.api#jsonName'),
  xmlName: text('smithy.api#xmlName'),
  xmlAttribute: flag('smithy.api#xmlAttribute'),
  xmlFlattened: flag('smithy.api#xmlFlattened'),
  xmlNamespace: xmlNamespaceTrait,
  timestampFormat: (bearer) =>
    choiceTrait(bearer, 'smithy.api#timestampFormat', ['date-time', 'http-date', 'epoch-seconds']),
  mediaType: text('smithy.api#mediaType'),
  httpLabel: flag('smithy.api#httpLabel'),
  httpQuery: text('smithy.api#httpQuery'),
  httpQueryParams: flag('smithy.api#httpQueryParams'),
  httpHeader: text('smithy.api#httpHeader'),
  httpPrefixHeaders: text('smithy.api#httpPrefixHeaders'),
  httpPayload: flag('smithy.api#httpPayload'),
  httpResponseCode: flag('smithy.api#httpResponseCode'),
  length: (bearer) => boundsTrait(bearer, 'smithy.api#length'),
  range: (bearer) => boundsTrait(bearer, 'smithy.api#range'),
  pattern: text('smithy.api#pattern'),
  uniqueItems: flag('smithy.api#uniqueItems'),
  hostLabel: flag('smithy.api#hostLabel'),
  eventHeader: flag('smithy.api#eventHeader'),
  eventPayload: flag('smithy.api#eventPayload'),
  ec2QueryName: text('aws.protocols#ec2QueryName'),
};

/** Traits of a shape or member that protocols need; without `traits` when there are none. */
export function schemaTraits(bearer: Traited): { readonly traits?: Traits } {
  if (Object.keys(bearer.traits).length === 0) return {};
  const entries = Object.entries(readers)
    .map(([name, read]) => [name, read(bearer)] as const)
    .filter(([, value]) => value !== undefined);
  return entries.length === 0 ? {} : { traits: Object.fromEntries(entries) };
}

function flag(id: string): (bearer: Traited) => true | undefined {
  return (bearer) => (hasTrait(bearer, id) ? true : undefined);
}

function text(id: string): (bearer: Traited) => string | undefined {
  return (bearer) => stringTrait(bearer, id);
}

/** Default value. Only members have one: that of a shape only restricts its members'. Null means none. */
function defaultOf(bearer: Traited): Traits['default'] {
  return 'target' in bearer ? (bearer.traits['smithy.api#default'] ?? undefined) : undefined;
}
