import type { Endpoint, EndpointAuthScheme, EndpointParams, EndpointResolver } from './endpoint.ts';
import { EndpointError } from './endpoint-error.ts';
import { endpointUrl } from './endpoint-url.ts';
import { type EndpointExpression, evaluate, holds, type Scope } from './expression.ts';
import { partitions as awsPartitions, type Partition } from './partitions.ts';

/** The endpoint rules of a service as a graph of decisions, in which what ends alike is written once. */
export interface EndpointRules {
  readonly defaults?: EndpointParams;
  /** Which parameter each built-in gives its value to. */
  readonly builtIns: Readonly<Record<string, string>>;
  /** Parameters that are settings of a client. */
  readonly settings?: readonly string[];
  readonly conditions: readonly EndpointExpression[];
  /**
   * Three numbers a node: the place of its condition, where to go when that holds, and where otherwise. One goes to a
   * node, counted from 0, or to a result: -1 is the first, -2 the second. The way begins at node 0.
   */
  readonly nodes: readonly number[];
  readonly results: readonly EndpointResult[];
  readonly authSchemes?: readonly (readonly EndpointAuthScheme[])[];
}

/** The message of an error; or a URL, the place of its authentication schemes (-1: none of its own), and headers. */
export type EndpointResult =
  | string
  | readonly [url: string, authSchemes?: number, headers?: Readonly<Record<string, readonly string[]>>];

/**
 * Resolves endpoints by rules of their own, which services have that are not reached like the rest.
 *
 * @param partitions those of AWS by default
 */
export function endpointRules(
  rules: EndpointRules,
  partitions: readonly Partition[] = awsPartitions,
): EndpointResolver {
  const { defaults = {}, builtIns, settings = [], conditions, nodes, results, authSchemes = [] } = rules;

  function decide(scope: Scope): EndpointResult {
    let at = nodes.length === 0 ? -1 : 0;
    while (at >= 0) {
      const [condition = 0, whenTrue = -1, whenFalse = -1] = nodes.slice(3 * at, 3 * at + 3);
      at = holds(conditions[condition] ?? false, scope) ? whenTrue : whenFalse;
    }
    return results[-1 - at] ?? 'No endpoint rule fits';
  }

  function resolve(params: EndpointParams): Endpoint {
    const values = new Map<string, unknown>(Object.entries(defaults));
    for (const [name, value] of Object.entries(params)) if (value !== undefined) values.set(name, value);
    const scope: Scope = { values, partitions };
    const result = decide(scope);
    const text = (template: string) => String(evaluate(template, scope) ?? '');
    if (typeof result === 'string') throw new EndpointError(text(result));
    const [url, schemes = -1, headers] = result;
    const authScheme = authSchemes[schemes];
    return {
      url: endpointUrl(text(url)),
      ...(authScheme && { authSchemes: authScheme.map((scheme) => fillScheme(scheme, text)) }),
      ...(headers && {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, templates]) => [name, templates.map(text)]),
        ),
      }),
    };
  }

  return { defaults, builtIns, settings, resolve };
}

function fillScheme(scheme: EndpointAuthScheme, text: (template: string) => string): EndpointAuthScheme {
  const { signingName, signingRegion, signingRegionSet } = scheme;
  return {
    ...scheme,
    ...(signingName !== undefined && { signingName: text(signingName) }),
    ...(signingRegion !== undefined && { signingRegion: text(signingRegion) }),
    ...(signingRegionSet && { signingRegionSet: signingRegionSet.map(text) }),
  };
}
