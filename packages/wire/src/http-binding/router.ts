import { groupBy } from '../group-by.ts';
import type { WireRequest } from '../http.ts';
import type { OperationSchema, ServiceSchema } from '../schema.ts';
import type { QueryEntries } from '../values/query-string.ts';
import { parseQuery } from '../values/query-string.ts';
import type { UriPattern } from './uri-pattern.ts';
import { parseUriPattern, pathExpression } from './uri-pattern.ts';

interface Candidate {
  readonly operation: OperationSchema;
  readonly pattern: UriPattern;
  readonly expression: RegExp;
}

/** Finds the operation that a request calls, by method, path, and the literal query parameters of its pattern. */
export type Router = (request: WireRequest) => OperationSchema | undefined;

/**
 * Compiles the routes of a service. Paths without labels are found by one look-up; patterns with labels are tried in
 * order, more specific ones first.
 *
 * @throws {TypeError} when an operation has no http trait
 */
export function compileRouter(service: ServiceSchema): Router {
  const candidates = Object.values(service.operations).map(candidateOf).sort(bySpecificity);
  const literal = groupBy(
    candidates.filter(({ pattern }) => !hasLabel(pattern)),
    ({ operation, pattern }) => `${operation.http?.method} ${pathOf(pattern)}`,
  );
  const labelled = groupBy(
    candidates.filter(({ pattern }) => hasLabel(pattern)),
    ({ operation }) => operation.http?.method,
  );
  return (request) => {
    const found = pick(literal.get(`${request.method} ${request.path}`) ?? [], request.query);
    if (found !== undefined) return found;
    const matching = labelled.get(request.method)?.filter(({ expression }) => expression.test(request.path));
    return pick(matching ?? [], request.query);
  };
}

function candidateOf(operation: OperationSchema): Candidate {
  if (operation.http === undefined)
    throw new TypeError(`Cannot route ${operation.name}: it has no http trait`);
  const pattern = parseUriPattern(operation.http.uri);
  return { operation, pattern, expression: pathExpression(pattern) };
}

function pick(candidates: readonly Candidate[], query: string): OperationSchema | undefined {
  let entries: QueryEntries | undefined;
  for (const { operation, pattern } of candidates) {
    if (pattern.query.length === 0) return operation;
    entries ??= query === '' ? [] : parseLenient(query);
    if (pattern.query.every((required) => entries?.some((entry) => satisfies(entry, required))))
      return operation;
  }
  return undefined;
}

/** Parses a query for routing. A malformed query counts as empty; the operation that is found then reports it. */
function parseLenient(query: string): QueryEntries {
  try {
    return parseQuery(query);
  } catch {
    return [];
  }
}

function satisfies([name, value]: QueryEntries[number], [requiredName, requiredValue]: QueryEntries[number]) {
  return name === requiredName && value === requiredValue;
}

function hasLabel({ segments }: UriPattern): boolean {
  return segments.some(({ kind }) => kind !== 'literal');
}

function pathOf({ segments }: UriPattern): string {
  return `/${segments.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('/')}`;
}

/** Order of patterns. Segment by segment: literals, then labels, then greedy labels. Then more literal query parameters first. */
function bySpecificity(left: Candidate, right: Candidate): number {
  const rank = { literal: 0, label: 1, greedyLabel: 2 };
  const length = Math.max(left.pattern.segments.length, right.pattern.segments.length);
  for (let index = 0; index < length; index++) {
    const difference =
      rank[left.pattern.segments[index]?.kind ?? 'greedyLabel'] -
      rank[right.pattern.segments[index]?.kind ?? 'greedyLabel'];
    if (difference !== 0) return difference;
  }
  return right.pattern.query.length - left.pattern.query.length;
}
