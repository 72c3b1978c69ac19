import type { CharacterSet } from './character-set.ts';
import type { Assertion, LookNode, PatternNode } from './parse.ts';

/** One step of a program; `next` and `to` are the numbers of steps. */
export type Step =
  | { readonly kind: 'accept' }
  /** Reads one character of a set. */
  | { readonly kind: 'read'; readonly set: CharacterSet; readonly next: number }
  /** Reads `min` to `max` characters of a set. */
  | {
      readonly kind: 'count';
      readonly set: CharacterSet;
      readonly min: number;
      readonly max: number;
      readonly next: number;
    }
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  | { readonly kind: 'assert'; readonly assertion: Assertion; readonly next: number }
  /** Goes on where a look of the same pattern finds something, or does not. */
  | { readonly kind: 'look'; readonly look: Program; readonly negated: boolean; readonly next: number };

/** A nondeterministic automaton. */
export interface Program {
  readonly steps: readonly Step[];
  /** The number of the first step. */
  readonly first: number;
  /** Whether it reads from the end of a text to its beginning. */
  readonly backward: boolean;
  /** Whether it can only start at the beginning of a text. */
  readonly anchored: boolean;
}

export interface CompiledPattern {
  readonly main: Program;
  /** Steps of the main program and of all looks, a fork with as many as it has ways. */
  readonly size: number;
}

/** States of a pattern; a repetition of anything but single characters is written out. */
export const maxSteps = 10_000;
/** The bounds of counted repetitions of single characters, added up, as their steps are. */
export const maxCounts = 250_000;

/**
 * Compiles a pattern into a program that follows all ways at once (K. Thompson, 1968).
 *
 * @returns what would be too large: the reason, as the end of a sentence
 */
export function compileProgram(root: PatternNode): CompiledPattern | { readonly tooLarge: string } {
  let size = 0;
  let counts = 0;
  const looks = new Map<LookNode, Program>();
  const main = compile(root, false);
  if (size > maxSteps) return { tooLarge: `it needs more than ${maxSteps} states` };
  if (counts > maxCounts) return { tooLarge: `its counts add up to more than ${maxCounts}` };
  return { main, size };

  /** Steps are compiled from the last to the first. */
  function compile(node: PatternNode, backward: boolean): Program {
    const steps: Step[] = [];
    const first = compileNode(node, push({ kind: 'accept' }));
    return { steps, first, backward, anchored: !backward && startsAnchored(node) };

    function push(step: Step): number {
      size += step.kind === 'fork' ? step.to.length : 1;
      return steps.push(step) - 1;
    }

    /** @returns the number of the step where the node starts */
    function compileNode(each: PatternNode, next: number): number {
      if (size > maxSteps) return next;
      switch (each.kind) {
        case 'character':
          return push({ kind: 'read', set: each.set, next });
        case 'assertion':
          return push({ kind: 'assert', assertion: each.assertion, next });
        case 'look':
          return push({ kind: 'look', look: lookOf(each), negated: each.negated, next });
        case 'sequence':
          return backward
            ? each.nodes.reduce((following, part) => compileNode(part, following), next)
            : each.nodes.reduceRight((following, part) => compileNode(part, following), next);
        case 'choice':
          return push({ kind: 'fork', to: each.nodes.map((part) => compileNode(part, next)) });
        case 'repeat':
          return compileRepeat(each, next);
      }
    }

    function compileRepeat(each: Extract<PatternNode, { kind: 'repeat' }>, next: number): number {
      const { node: repeated, min, max } = each;
      if (repeated.kind === 'character' && max > 1) {
        counts += max === Number.POSITIVE_INFINITY ? 1 : max;
        return push({ kind: 'count', set: repeated.set, min, max, next });
      }
      let following = next;
      if (max === Number.POSITIVE_INFINITY) following = loop(repeated, next);
      else {
        for (let count = min; count < max && size <= maxSteps; count++) {
          following = push({ kind: 'fork', to: [compileNode(repeated, following), next] });
        }
      }
      for (let count = 0; count < min && size <= maxSteps; count++) {
        // Each copy counts, so that not even a copy of nothing is made without end.
        size += 1;
        following = compileNode(repeated, following);
      }
      return following;
    }

    function loop(repeated: PatternNode, next: number): number {
      const to = [next, next];
      const start = push({ kind: 'fork', to });
      to[1] = compileNode(repeated, start);
      return start;
    }
  }

  /** What is ahead is found by reading backward: where a match of it ends, then where it starts. */
  function lookOf(node: LookNode): Program {
    let program = looks.get(node);
    if (program === undefined) {
      program = compile(node.node, !node.behind);
      looks.set(node, program);
    }
    return program;
  }
}

/** Whether nothing is found but at the beginning of a text. */
function startsAnchored(node: PatternNode): boolean {
  switch (node.kind) {
    case 'assertion':
      return node.assertion.kind === 'start' && !node.assertion.multiline;
    case 'sequence': {
      const first = node.nodes.find(({ kind }, index) => kind !== 'look' || index === node.nodes.length - 1);
      return first !== undefined && startsAnchored(first);
    }
    case 'choice':
      return node.nodes.every(startsAnchored);
    case 'repeat':
      return node.min > 0 && startsAnchored(node.node);
    default:
      return false;
  }
}
