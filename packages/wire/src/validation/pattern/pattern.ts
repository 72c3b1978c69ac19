import { isDeterministic } from './deterministic.ts';
import { parsePattern } from './parse.ts';
import { PatternError } from './pattern-error.ts';
import { compileProgram } from './program.ts';
import { Run } from './run.ts';

/**
 * Up to this many UTF-16 code units a text may go to the platform's expressions: they keep a note of each repetition,
 * and run out of stack after some millions.
 */
const maxExpressionLength = 1_000_000;

/** By pattern: many members of a service share one. */
const compiledPatterns = new Map<string, (text: string) => boolean>();

/**
 * Compiles `smithy.api#pattern`: a regular expression of ECMAScript, with the `u` flag where it reads with that, which
 * may be found anywhere in a text.
 *
 * The platform's own expressions try one way after the other, for which a text that nearly matches can take time
 * exponential in its length. They are asked only where there is one way alone; everything else runs as an automaton. See
 * docs/decisions/0011.
 *
 * @returns whether a text has the pattern, in time linear in the length of the text
 * @throws {PatternError} when it is no expression, has a back-reference, or needs too large an automaton
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  let matches = compiledPatterns.get(pattern);
  if (matches === undefined) {
    matches = compile(pattern);
    compiledPatterns.set(pattern, matches);
  }
  return matches;
}

function compile(pattern: string): (text: string) => boolean {
  const { root, unicode } = parsePattern(pattern);
  const compiled = compileProgram(root);
  if ('tooLarge' in compiled) throw new PatternError(pattern, compiled.tooLarge);
  const { main } = compiled;
  const matchesAutomaton = (text: string) => new Run(text, unicode).accepts(main);
  if (!isDeterministic(main)) return matchesAutomaton;
  const expression = new RegExp(pattern, unicode ? 'u' : '');
  return (text) => (text.length <= maxExpressionLength ? expression.test(text) : matchesAutomaton(text));
}
