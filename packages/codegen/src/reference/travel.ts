import { hasTrait, type Member, stringTrait } from '@latchkey/smithy';
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
  ['smithy.api#hostLabel', 'host', 'own'],
];

/** Where a member travels; members of inner structures are always in the body. */
export function travelOf(member: Member): Travel {
  for (const [trait, place] of named) {
    const name = stringTrait(member, trait);
    if (name !== undefined) return { in: place, name };
  }
  for (const [trait, place, name] of unnamed) {
    if (hasTrait(member, trait)) return { in: place, name: name === 'own' ? member.name : '' };
  }
  return { in: 'body', name: bodyNameOf(member) };
}

function bodyNameOf(member: Member): string {
  return (
    stringTrait(member, 'smithy.api#jsonName') ?? stringTrait(member, 'smithy.api#xmlName') ?? member.name
  );
}
