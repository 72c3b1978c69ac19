import { targetOf, traitsOf } from '../member.ts';
import type { MemberSchema, Schema, ServiceSchema } from '../schema.ts';
import { compilePattern } from './pattern/pattern.ts';
import { PatternError } from './pattern/pattern-error.ts';

/**
 * Compiles every pattern that requests to a service are checked by, so that a pattern that cannot be is known before the
 * first request.
 *
 * @throws {PatternError} names the member
 */
export function checkPatterns({ namespace, operations }: ServiceSchema): void {
  const checked = new Set<Schema>();
  for (const { input } of Object.values(operations)) checkTarget(input, '');

  function checkMember(member: MemberSchema, place: string): void {
    const { pattern } = traitsOf(member);
    if (pattern !== undefined) compileAt(pattern, place);
    checkTarget(targetOf(member), place);
  }

  function checkTarget(target: Schema, place: string): void {
    if (checked.has(target)) return;
    checked.add(target);
    switch (target.type) {
      case 'list':
        checkMember(target.member, place);
        break;
      case 'map':
        checkMember(target.key, place);
        checkMember(target.value, place);
        break;
      case 'structure':
      case 'union':
        for (const [name, member] of Object.entries(target.members)) {
          checkMember(member, `${namespace}#${target.name}$${name}`);
        }
    }
  }
}

function compileAt(pattern: string, place: string): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    throw error instanceof PatternError ? new PatternError(pattern, error.reason, place) : error;
  }
}
