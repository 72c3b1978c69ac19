import type { EndpointExpression } from '@latchkey/client/endpoints/expression';
import { type Decision, DecisionGraph, type DecisionNode } from './decision-graph.ts';
import { referencesIn } from './references.ts';

/** Conditions, as JSON, that have been answered on the way. */
type Answers = ReadonlyMap<string, boolean>;

/**
 * Leaves out of a graph what no way leads to: conditions on parameters that never have a value, and conditions whose
 * answer is known from earlier on the same way.
 *
 * @param unset parameters that never have a value
 */
export function prune(root: Decision, unset: ReadonlySet<string>): Decision {
  const graph = new DecisionGraph();
  const asked = conditionsBelow(root);
  const pruned = new Map<string, Decision>();

  function visit(decision: Decision, answers: Answers): Decision {
    if (decision.kind === 'outcome') return graph.outcome(decision.result);
    const relevant = [...answers].filter(([question]) => asked.get(decision)?.has(question)).toSorted();
    const key = JSON.stringify([decision.id, relevant]);
    const result = pruned.get(key) ?? pruneNode(decision, new Map(relevant));
    pruned.set(key, result);
    return result;
  }

  function pruneNode({ condition, whenTrue, whenFalse }: DecisionNode, answers: Answers): Decision {
    const answer = needsAny(condition, unset) ? false : answers.get(JSON.stringify(condition));
    if (answer !== undefined) return visit(answer ? whenTrue : whenFalse, answers);
    return graph.node(
      condition,
      visit(whenTrue, withAnswer(answers, condition, true)),
      visit(whenFalse, withAnswer(answers, condition, false)),
    );
  }

  return visit(root, new Map());
}

/** An assignment undoes what was known of the variable. */
function withAnswer(answers: Answers, condition: EndpointExpression, answer: boolean): Answers {
  const assigned = assignedBy(condition);
  const kept = [...answers].filter(([question]) => {
    const known: EndpointExpression = JSON.parse(question);
    return assigned === undefined || (assignedBy(known) !== assigned && !referencesIn(known).has(assigned));
  });
  return new Map([...kept, [JSON.stringify(condition), answer]]);
}

function assignedBy(condition: EndpointExpression): string | undefined {
  return Array.isArray(condition) && condition[0] === 'assign' ? String(condition[1]) : undefined;
}

/** Whether a condition cannot hold without a value that is not there. */
function needsAny(condition: EndpointExpression, unset: ReadonlySet<string>): boolean {
  const isLenient = JSON.stringify(condition).match(/\["(isSet|not|coalesce|ite)"/) !== null;
  return !isLenient && !referencesIn(condition).isDisjointFrom(unset);
}

function conditionsBelow(root: Decision): ReadonlyMap<Decision, ReadonlySet<string>> {
  const below = new Map<Decision, ReadonlySet<string>>();
  function collect(decision: Decision): ReadonlySet<string> {
    const known = below.get(decision);
    if (known !== undefined) return known;
    const found =
      decision.kind === 'outcome'
        ? new Set<string>()
        : new Set([JSON.stringify(decision.condition)])
            .union(collect(decision.whenTrue))
            .union(collect(decision.whenFalse));
    below.set(decision, found);
    return found;
  }
  collect(root);
  return below;
}
