import type { EndpointAuthScheme } from '@latchkey/client/endpoints/endpoint';
import type { EndpointExpression } from '@latchkey/client/endpoints/expression';

/** A node of the decision graph, or an outcome. Equal decisions are the same object. */
export type Decision = DecisionNode | Outcome;

export interface DecisionNode {
  readonly kind: 'node';
  readonly id: number;
  readonly condition: EndpointExpression;
  readonly whenTrue: Decision;
  readonly whenFalse: Decision;
}

export interface Outcome {
  readonly kind: 'outcome';
  readonly id: number;
  readonly result: OutcomeResult;
}

/** An endpoint, or the message of an error. All texts are templates. */
export type OutcomeResult =
  | { readonly error: string }
  | {
      readonly url: string;
      readonly authSchemes?: readonly EndpointAuthScheme[];
      readonly headers?: Readonly<Record<string, readonly string[]>>;
    };

/** Builds a decision graph from its outcomes to its root. */
export class DecisionGraph {
  readonly #made = new Map<string, Decision>();

  outcome(result: OutcomeResult): Decision {
    return this.#once(JSON.stringify(result), (id) => ({ kind: 'outcome', id, result }));
  }

  node(condition: EndpointExpression, whenTrue: Decision, whenFalse: Decision): Decision {
    if (Array.isArray(condition) && condition[0] === 'not')
      return this.node(condition[1] ?? false, whenFalse, whenTrue);
    if (whenTrue === whenFalse) return whenTrue;
    const key = JSON.stringify([condition, whenTrue.id, whenFalse.id]);
    return this.#once(key, (id) => ({ kind: 'node', id, condition, whenTrue, whenFalse }));
  }

  #once(key: string, make: (id: number) => Decision): Decision {
    const made = this.#made.get(key) ?? make(this.#made.size);
    this.#made.set(key, made);
    return made;
  }
}

/** This decision and all below it, each once, depth first: a node, then its `whenTrue`, then its `whenFalse`. */
export function decisionsBelow(root: Decision): readonly Decision[] {
  const reached = new Set<Decision>();
  const pending = [root];
  for (let decision = pending.pop(); decision !== undefined; decision = pending.pop()) {
    if (reached.has(decision)) continue;
    reached.add(decision);
    if (decision.kind === 'node') pending.push(decision.whenFalse, decision.whenTrue);
  }
  return [...reached];
}
