import { areDisjoint, type CharacterSet } from './character-set.ts';
import type { Program } from './program.ts';

/** Beyond this the answer is not worth its cost. */
const maxSteps = 1_000;

/**
 * Whether no text can be read in two ways: wherever the program is, the next character tells which step reads it, and
 * one way alone leads to that step. Whoever tries one way after the other, as the platform's expressions do, then fails
 * at the first character of every way but one, so that the work is linear in the text there, too.
 *
 * False for what is searched for at each place anew, looks around, or is too large to tell.
 */
export function isDeterministic({ steps, first, anchored }: Program): boolean {
  if (!anchored || steps.length > maxSteps) return false;
  const sources = steps.flatMap((step, number) =>
    step.kind === 'read'
      ? [{ entered: [step.next], reading: [], reached: [] }]
      : step.kind === 'count'
        ? [{ entered: [step.next], reading: [step.set], reached: [number] }]
        : [],
  );
  return [{ entered: [first], reading: [], reached: [] }, ...sources].every((source) => isOneWay(source));

  /** From a place in the program, follows all that reads no character. */
  function isOneWay(source: {
    readonly entered: readonly number[];
    readonly reading: readonly CharacterSet[];
    readonly reached: readonly number[];
  }): boolean {
    const pending = [...source.entered];
    const reading = [...source.reading];
    const reached = new Set(source.reached);
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      if (reached.has(number)) return false;
      reached.add(number);
      const step = steps[number];
      switch (step?.kind) {
        case 'look':
          return false;
        case 'fork':
          pending.push(...step.to);
          break;
        case 'assert':
          pending.push(step.next);
          break;
        case 'read':
        case 'count':
          if (step.set.isAmbiguous || !reading.every((set) => areDisjoint(set, step.set))) return false;
          reading.push(step.set);
          if (step.kind === 'count' && step.min === 0) pending.push(step.next);
      }
    }
    return true;
  }
}
