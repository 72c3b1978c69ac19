import type { EndpointExpression } from '@latchkey/client/endpoints/expression';
import { type Decision, decisionsBelow } from './decision-graph.ts';

/** Names of the parameters and variables that an expression refers to. */
export function referencesIn(expression: EndpointExpression): ReadonlySet<string> {
  if (typeof expression === 'string')
    return new Set(expression.matchAll(/\{([^{}#]+)(#[^{}]*)?\}/g).map(([, name = '']) => name));
  if (typeof expression !== 'object') return new Set();
  return expression.reduce<ReadonlySet<string>>((all, part) => all.union(referencesIn(part)), new Set());
}

/** Names of the parameters and variables that a graph refers to. */
export function referencesBelow(root: Decision): ReadonlySet<string> {
  const expressions = decisionsBelow(root).map((decision) =>
    decision.kind === 'node' ? decision.condition : textsIn(decision.result),
  );
  return referencesIn(expressions);
}

/** All strings in a value. */
function textsIn(value: unknown): readonly EndpointExpression[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
