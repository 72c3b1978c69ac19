import type { EndpointResult, EndpointRules } from '@latchkey/client/endpoints/rules';
import { type Decision, decisionsBelow, type OutcomeResult } from './decision-graph.ts';

/** Writes a graph in the runtime's form: conditions, results and auth schemes in tables, and nodes as numbers. */
export function layOut(
  root: Decision,
): Pick<EndpointRules, 'conditions' | 'graph' | 'results' | 'authSchemes'> {
  const decisions = decisionsBelow(root);
  const nodes = decisions.filter((decision) => decision.kind === 'node');
  const outcomes = decisions.filter((decision) => decision.kind === 'outcome');
  const conditions = table(nodes.map(({ condition }) => condition));
  const schemes = table(
    outcomes.flatMap(({ result }) =>
      'error' in result ? [] : result.authSchemes ? [result.authSchemes] : [],
    ),
  );
  const nodePlaces = new Map(nodes.map((node, place) => [node.id, conditions.values.length + place]));
  const resultPlaces = new Map(outcomes.map((outcome, place) => [outcome.id, -1 - place]));
  const written = new Set<Decision>();

  function write(decision: Decision): readonly number[] {
    if (decision.kind === 'outcome') return [resultPlaces.get(decision.id) ?? 0];
    if (written.has(decision)) return [nodePlaces.get(decision.id) ?? 0];
    written.add(decision);
    const { condition, whenTrue, whenFalse } = decision;
    return [conditions.placeOf(condition), ...write(whenTrue), ...write(whenFalse)];
  }

  return {
    conditions: conditions.values,
    graph: write(root),
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

/** Table of values without duplicates. The most frequent come first, so that their indexes are short. */
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
