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

/** Makes the value that an absent member stands for; undefined when the model gives none. */
export function defaultOf(member: MemberSchema): (() => unknown) | undefined {
  const { default: preset } = traitsOf(member);
  if (preset === undefined) return undefined;
  const { type } = targetOf(member);
  if (type === 'timestamp') return () => new Date(Number(preset) * 1000);
  if (type === 'blob') return () => decodeBase64(String(preset));
  return typeof preset === 'object' ? () => structuredClone(preset) : () => preset;
}
