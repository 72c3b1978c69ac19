import type { EndpointResult, EndpointRules } from '@latchkey/client/endpoints/rules';
import { type Decision, decisionsBelow, type OutcomeResult } from './decision-graph.ts';

/** Lays a graph out as the client reads it: conditions, results and schemes in tables, the nodes as numbers. */
export function layOut(
  root: Decision,
): Pick<EndpointRules, 'conditions' | 'nodes' | 'results' | 'authSchemes'> {
  const decisions = decisionsBelow(root);
  const nodes = decisions.filter((decision) => decision.kind === 'node');
  const outcomes = decisions.filter((decision) => decision.kind === 'outcome');
  const conditions = table(nodes.map(({ condition }) => condition));
  const schemes = table(
    outcomes.flatMap(({ result }) =>
      'error' in result ? [] : result.authSchemes ? [result.authSchemes] : [],
    ),
  );
  const places = new Map<Decision, number>([
    ...nodes.map((node, place) => [node, place] as const),
    ...outcomes.map((outcome, place) => [outcome, -1 - place] as const),
  ]);
  const placeOf = (decision: Decision) => places.get(decision) ?? 0;
  return {
    conditions: conditions.values,
    nodes: nodes.flatMap(({ condition, whenTrue, whenFalse }) => [
      conditions.placeOf(condition),
      placeOf(whenTrue),
      placeOf(whenFalse),
    ]),
    results: outcomes.map(({ result }) => resultOf(result, schemes.placeOf)),
    ...(schemes.values.length > 0 && { authSchemes: schemes.values }),
  };
}

function resultOf(result: OutcomeResult, placeOf: (scheme: unknown) => number): EndpointResult {
  if ('error' in result) return result.error;
  const { url, authSchemes, headers } = result;
  const scheme = authSchemes ? placeOf(authSchemes) : -1;
  if (headers) return [url, scheme, headers];
  return authSchemes ? [url, scheme] : [url];
}

/** Each value once, the most frequent first, so that its place is a short number. */
function table<Value>(all: readonly Value[]): {
  readonly values: readonly Value[];
  placeOf(value: unknown): number;
} {
  const counts = new Map<string, { readonly value: Value; readonly count: number }>();
  for (const value of all) {
    const key = JSON.stringify(value);
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...counts].toSorted(([, one], [, other]) => other.count - one.count);
  const places = new Map(sorted.map(([key], place) => [key, place]));
  return {
    values: sorted.map(([, { value }]) => value),
    placeOf: (value) => places.get(JSON.stringify(value)) ?? -1,
  };
}
