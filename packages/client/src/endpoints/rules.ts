import type { Endpoint, EndpointAuthScheme, EndpointParams, EndpointResolver } from './endpoint.ts';
import { EndpointError } from './endpoint-error.ts';
import { endpointUrl } from './endpoint-url.ts';
import { type EndpointExpression, evaluate, holds, type Scope } from './expression.ts';
import { isValidHostLabel } from './host-label.ts';
import { partitions as awsPartitions, type Partition } from './partitions.ts';

/** The endpoint rules of a service as a decision graph, in which equal branches are shared. */
export interface EndpointRules {
  readonly defaults?: EndpointParams;
  /** Parameter name by built-in. */
  readonly builtIns: Readonly<Record<string, string>>;
  /** Names of the parameters that are settings of a client. */
  readonly settings?: readonly string[];
  readonly conditions: readonly EndpointExpression[];
  /**
   * The graph from its root, depth first. A new node is the index of its condition, followed by the node for when the
   * condition holds, then by the node for when not. A negative number -n is the result with index n - 1. A number from
   * `conditions.length` on is a node already written: subtract `conditions.length` to get its index.
   */
  readonly graph: readonly number[];
  readonly results: readonly EndpointResult[];
  readonly authSchemes?: readonly (readonly EndpointAuthScheme[])[];
}

/** Message of an error; or a URL, the index of its auth schemes (-1: none of its own), and headers. */
export type EndpointResult =
  | string
  | readonly [url: string, authSchemes?: number, headers?: Readonly<Record<string, readonly string[]>>];

/**
 * Resolves endpoints by the rules of one service, where they are not the standard ones.
 *
 * @param partitions default: those of AWS
 */
export function endpointRules(
  rules: EndpointRules,
  partitions: readonly Partition[] = awsPartitions,
): EndpointResolver {
  const { defaults = {}, builtIns, settings = [], conditions, results, authSchemes = [] } = rules;
  let graph: Graph | undefined;

  function decide(scope: Scope): EndpointResult {
    graph ??= readGraph(rules);
    let at = graph.root;
    while (at >= 0) {
      const condition = conditions[graph.nodes[at] ?? -1] ?? false;
      at = graph.nodes[at + (holds(condition, scope) ? 1 : 2)] ?? -1;
    }
    return results[-1 - at] ?? '';
  }

  function resolve(params: EndpointParams): Endpoint {
    const values = new Map<string, unknown>(Object.entries(defaults));
    for (const [name, value] of Object.entries(params)) if (value !== undefined) values.set(name, value);
    const scope: Scope = { values, partitions };
    const result = decide(scope);
    const text = (template: string) => String(evaluate(template, scope) ?? '');
    if (typeof result === 'string') throw new EndpointError(text(result));
    // Some rules put the region into the host without a check.
    const region = values.get('Region') ?? 'none';
    if (!isValidHostLabel(String(region), true))
      throw new EndpointError(`Invalid Configuration: Region "${region}" is not a host label`);

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

/** Three numbers for each node: its condition, and the next nodes. A node is named by the index of its first number. */
interface Graph {
  readonly nodes: readonly number[];
  readonly root: number;
}

function readGraph({ graph, conditions }: EndpointRules): Graph {
  const nodes: number[] = [];
  const numbers = graph.values();
  function read(): number {
    const number = numbers.next().value ?? -1;
    if (number < 0) return number;
    if (number >= conditions.length) return 3 * (number - conditions.length);
    const node = nodes.push(number, -1, -1) - 3;
    nodes[node + 1] = read();
    nodes[node + 2] = read();
    return node;
  }
  return { root: read(), nodes };
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
