import { hasTrait, type Member, stringTrait } from '@latchkey/smithy';
import type { ProtocolName } from '@latchkey/wire';
import type { Travel } from './reference.ts';

const named: readonly (readonly [trait: string, place: Travel['in']])[] = [
  ['smithy.api#httpHeader', 'header'],
  ['smithy.api#httpPrefixHeaders', 'headers'],
  ['smithy.api#httpQuery', 'query'],
];

const unnamed: readonly (readonly [trait: string, place: Travel['in'], name: 'own' | ''])[] = [
  ['smithy.api#httpLabel', 'path', 'own'],
  ['smithy.api#httpQueryParams', 'queries', ''],
  ['smithy.api#httpPayload', 'payload', ''],
  ['smithy.api#httpResponseCode', 'status', ''],
];

/** Whether the protocol has HTTP bindings, so that members may be outside the body. */
export function isRest(protocol: ProtocolName): boolean {
  return protocol === 'restJson1' || protocol === 'restXml';
}

/** Where a member of an input, output or error is in the message. */
export function travelOf(member: Member, protocol: ProtocolName): Travel {
  if (isRest(protocol)) {
    for (const [trait, place] of named) {
      const name = stringTrait(member, trait);
      if (name !== undefined) return { in: place, name };
    }
    for (const [trait, place, name] of unnamed) {
      if (hasTrait(member, trait)) return { in: place, name: name === 'own' ? member.name : '' };
    }
  }
  return travelInBody(member, protocol);
}

/** Where a member of a nested structure is in the message. */
export function travelInBody(member: Member, protocol: ProtocolName): Travel {
  return { in: 'body', name: bodyNameOf(member, protocol) };
}

function bodyNameOf(member: Member, protocol: ProtocolName): string {
  switch (protocol) {
    case 'restJson1':
      return stringTrait(member, 'smithy.api#jsonName') ?? member.name;
    case 'restXml':
    case 'awsQuery':
      return stringTrait(member, 'smithy.api#xmlName') ?? member.name;
    case 'ec2Query':
      return (
        stringTrait(member, 'aws.protocols#ec2QueryName') ??
        upperFirst(stringTrait(member, 'smithy.api#xmlName') ?? member.name)
      );
    default:
      return member.name;
  }
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
