import type { MemberSchema, Schema, StructureSchema, StructureValue } from '@latchkey/wire';
import { targetOf, traitsOf } from '@latchkey/wire/member';

/** Values of a structure that together have every member: each has one alternative of each union. */
export function wholeValues(structure: StructureSchema): readonly StructureValue[] {
  const number = Math.max(1, turnsOf({ target: structure }, []));
  return Array.from(
    { length: number },
    (_, turn) => wholeValueOf({ target: structure }, [], turn) as StructureValue,
  );
}

/** @returns the number of values that have all alternatives of all unions; 0 for a structure that is in itself */
function turnsOf(member: MemberSchema, within: readonly Schema[]): number {
  const target = targetOf(member);
  if (within.includes(target)) return 0;
  const around = [...within, target];
  switch (target.type) {
    case 'list':
      return turnsOf(target.member, around);
    case 'map':
      return turnsOf(target.value, around);
    case 'structure':
      return Math.max(1, ...Object.values(target.members).map((each) => turnsOf(each, around)));
    case 'union':
      return Object.values(target.members).reduce((sum, each) => sum + turnsOf(each, around), 0);
    default:
      return 1;
  }
}

/** @param within - the structures around; one that is in itself is left out */
function wholeValueOf(member: MemberSchema, within: readonly Schema[], turn: number): unknown {
  const target = targetOf(member);
  if (within.includes(target)) return undefined;
  const around = [...within, target];
  switch (target.type) {
    case 'list': {
      const item = wholeValueOf(target.member, around, turn);
      return item === undefined ? undefined : [item];
    }
    case 'map': {
      const value = wholeValueOf(target.value, around, turn);
      return value === undefined ? undefined : { key: value };
    }
    case 'structure': {
      const values = Object.entries(target.members).map(
        ([name, each]) => [name, wholeValueOf(each, around, turn)] as const,
      );
      return Object.fromEntries(values.filter(([, value]) => value !== undefined));
    }
    case 'union': {
      let left = turn % Math.max(1, turnsOf(member, within));
      for (const [name, each] of Object.entries(target.members)) {
        const turns = turnsOf(each, around);
        if (left < turns) return { [name]: wholeValueOf(each, around, left) };
        left -= turns;
      }
      return undefined;
    }
    default:
      return simpleValue(member, target);
  }
}

function simpleValue(member: MemberSchema, { type }: Schema): unknown {
  switch (type) {
    case 'boolean':
      return true;
    case 'blob':
      return new Uint8Array([1, 2]);
    case 'timestamp':
      return new Date('2030-01-31T12:00:00Z');
    case 'document':
      return { any: 1 };
    case 'string':
    case 'enum':
      return 'text';
    default:
      return traitsOf(member).httpResponseCode ? 200 : 1;
  }
}
