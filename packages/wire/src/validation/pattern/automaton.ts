import type { PatternNode } from './parse.ts';

/** One step of a program; `next` and `others` are the numbers of steps. */
type Step =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean; readonly next: number }
  | { readonly kind: 'start'; readonly next: number }
  | { readonly kind: 'end'; readonly next: number }
  | { readonly kind: 'split'; readonly to: readonly number[] }
  | { readonly kind: 'found' };

/** Repetitions are written out, which a large count must not make large. */
const maxSteps = 20_000;

/**
 * Compiles an expression into an automaton that follows all ways at once, so that a text takes time in proportion to its
 * length, whatever the expression (K. Thompson, 1968).
 *
 * @returns undefined when the automaton would be too large
 */
export function compileAutomaton(root: PatternNode): ((characters: Iterable<string>) => boolean) | undefined {
  const steps: Step[] = [{ kind: 'found' }];
  const first = compile(root, 0);
  if (!fits()) return undefined;
  return (characters) => runs(steps, first, [...characters]);

  /** Steps are compiled from the last to the first. @returns the number of the step where a node starts */
  function compile(node: PatternNode, next: number): number {
    if (!fits()) return next;
    switch (node.kind) {
      case 'character':
      case 'start':
      case 'end':
        return steps.push({ ...node, next }) - 1;
      case 'sequence':
        return node.nodes.reduceRight((following, each) => compile(each, following), next);
      case 'choice':
        return steps.push({ kind: 'split', to: node.nodes.map((each) => compile(each, next)) }) - 1;
      case 'repeat': {
        const { min, max } = node;
        let following = next;
        if (max === Number.POSITIVE_INFINITY) following = loop(node.node, next);
        else
          for (let count = min; count < max && fits(); count++) following = maybe(node.node, following, next);
        for (let count = 0; count < min && fits(); count++) following = compile(node.node, following);
        return following;
      }
    }
  }

  function fits(): boolean {
    return steps.length <= maxSteps;
  }

  function loop(node: PatternNode, next: number): number {
    const to = [next];
    const start = steps.push({ kind: 'split', to }) - 1;
    to.push(compile(node, start));
    return start;
  }

  function maybe(node: PatternNode, following: number, next: number): number {
    return steps.push({ kind: 'split', to: [compile(node, following), next] }) - 1;
  }
}

/** Whether the program finds what it looks for anywhere in a text. */
function runs(steps: readonly Step[], first: number, characters: readonly string[]): boolean {
  const reachedAt = new Int32Array(steps.length).fill(-1);
  let waiting: number[] = [];
  for (let position = 0; position <= characters.length; position++) {
    const character = characters[position];
    const following: number[] = [];
    const pending = [...waiting, first];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      const step = steps[number];
      if (step === undefined || reachedAt[number] === position) continue;
      reachedAt[number] = position;
      if (step.kind === 'found') return true;
      if (step.kind === 'split') pending.push(...step.to);
      else if (step.kind === 'start' || step.kind === 'end') {
        if (position === (step.kind === 'start' ? 0 : characters.length)) pending.push(step.next);
      } else if (character !== undefined && step.matches(character)) following.push(step.next);
    }
    waiting = following;
  }
  return false;
}
