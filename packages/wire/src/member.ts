import type { End } from './end.ts';
import type { MemberSchema, Schema, Traits } from './schema.ts';
import { decodeBase64 } from './values/base64.ts';

/** The schema that a member targets. */
export function targetOf(member: MemberSchema): Schema {
  return typeof member.target === 'function' ? member.target() : member.target;
}

/** Traits of a member and of its target; the member's own win. */
export function traitsOf(member: MemberSchema): Traits {
  const inherited = targetOf(member).traits;
  return inherited === undefined ? (member.traits ?? {}) : { ...inherited, ...member.traits };
}

/** Makes the default value of a member. Undefined where the model has no default. */
export function defaultOf(member: MemberSchema): (() => unknown) | undefined {
  const { default: preset } = traitsOf(member);
  if (preset === undefined) return undefined;
  const { type } = targetOf(member);
  if (type === 'timestamp') return () => new Date(Number(preset) * 1000);
  if (type === 'blob') return () => decodeBase64(String(preset));
  return typeof preset === 'object' ? () => structuredClone(preset) : () => preset;
}

/**
 * Makes the default value that is written for an absent member. Undefined where nothing is written: there is no default,
 * or the client leaves it to the server (`clientOptional`).
 */
export function writtenDefaultOf(member: MemberSchema, end: End): (() => unknown) | undefined {
  return end === 'client' && traitsOf(member).clientOptional ? undefined : defaultOf(member);
}

/**
 * Makes the value that is read for an absent member. For an absent required member a client takes the zero value of its
 * type, so that the TypeScript types hold even where a server left the member out.
 */
export function fallbackOf(member: MemberSchema, end: End): (() => unknown) | undefined {
  const preset = defaultOf(member);
  if (preset !== undefined || end === 'server' || !traitsOf(member).required) return preset;
  return zeroOf(targetOf(member));
}

/** Makes the zero value of a type. Undefined where the type has none. */
function zeroOf({ type, traits }: Schema): (() => unknown) | undefined {
  switch (type) {
    case 'string':
      return () => '';
    case 'boolean':
      return () => false;
    case 'list':
      return () => [];
    case 'map':
      return () => ({});
    case 'blob':
      return () => new Uint8Array();
    case 'timestamp':
      return () => new Date(0);
    case 'document':
    case 'structure':
    case 'union':
    case 'enum':
    case 'intEnum':
      return undefined;
    case 'long':
    case 'bigInteger':
      return traits?.bigint ? () => 0n : () => 0;
    default:
      return () => 0;
  }
}
