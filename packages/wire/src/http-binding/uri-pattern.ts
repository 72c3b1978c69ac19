import type { QueryEntries } from '../values/query-string.ts';
import { parseQuery } from '../values/query-string.ts';

export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'label' | 'greedyLabel'; readonly name: string };

/** A parsed `uri` of the http trait, e.g. `/buckets/{bucket}/{key+}?acl`. */
export interface UriPattern {
  readonly segments: readonly Segment[];
  /** Literal query parameters, which every request of this operation has. */
  readonly query: QueryEntries;
}

export function parseUriPattern(uri: string): UriPattern {
  const [path = '', query = ''] = uri.split('?', 2);
  return { segments: path.slice(1).split('/').map(parseSegment), query: parseQuery(query) };
}

function parseSegment(text: string): Segment {
  if (!text.startsWith('{')) return { kind: 'literal', text };
  return text.endsWith('+}')
    ? { kind: 'greedyLabel', name: text.slice(1, -2) }
    : { kind: 'label', name: text.slice(1, -1) };
}

/** A regular expression that matches a whole path, and captures the labels in order, still percent-encoded. */
export function pathExpression({ segments }: UriPattern): RegExp {
  const expression = segments.map((segment) => {
    if (segment.kind === 'literal') return segment.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return segment.kind === 'label' ? '([^/]+)' : '(.+)';
  });
  return new RegExp(`^/${expression.join('/')}$`);
}
