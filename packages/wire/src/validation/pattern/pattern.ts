import { compileAutomaton } from './automaton.ts';
import { type PatternNode, parsePattern } from './parse.ts';

/**
 * Compiles `smithy.api#pattern`. The engine's own expressions try one way after the other, for which a repetition in a
 * repetition, such as `^(\d+)+$`, leaves twice as many with each character; such patterns run as automata.
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const expression = expressionOf(pattern);
  const root = parsePattern(pattern, expression.flags);
  const automaton = root !== undefined && isExplosive(root) ? compileAutomaton(root) : undefined;
  if (automaton === undefined) return (text) => expression.test(text);
  return (text) => automaton(expression.unicode ? text : text.split(''));
}

/** Some models escape characters that a Unicode expression lets nobody escape. */
function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

/** Whether something is repeated that itself may match in several ways. */
function isExplosive(node: PatternNode, isRepeated = false): boolean {
  switch (node.kind) {
    case 'repeat':
      return isRepeated || isExplosive(node.node, node.max > 1);
    case 'choice':
      return (
        (isRepeated && node.nodes.length > 1) || node.nodes.some((each) => isExplosive(each, isRepeated))
      );
    case 'sequence':
      return node.nodes.some((each) => isExplosive(each, isRepeated));
    default:
      return false;
  }
}
