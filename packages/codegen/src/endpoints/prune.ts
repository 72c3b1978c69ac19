import type { EndpointExpression } from '@latchkey/client/endpoints/expression';
import { type Decision, DecisionGraph, type DecisionNode } from './decision-graph.ts';
import { referencesIn } from './references.ts';

/** Facts about a condition, computed once, as the same condition is in many nodes. */
interface Question {
  /** The condition as JSON. */
  readonly text: string;
  /** Name of the variable that it assigns. */
  readonly assigned: string | undefined;
  readonly references: ReadonlySet<string>;
  /** Whether it can never hold, because it needs a parameter that never has a value. */
  readonly isHopeless: boolean;
}

/** Known answers of conditions on the path to a node, by their text. */
type Answers = ReadonlyMap<string, { readonly question: Question; readonly answer: boolean }>;

/**
 * Removes what no path can reach: branches that need a parameter without a value, and nodes whose condition was already
 * answered on the same path.
 *
 * @param unset parameters that never have a value
 */
export function prune(root: Decision, unset: ReadonlySet<string>): Decision {
  const graph = new DecisionGraph();
  const asked = conditionsBelow(root);
  const pruned = new Map<string, Decision>();
  const questions = new Map<EndpointExpression, Question>();

  function questionOf(condition: EndpointExpression): Question {
    const known = questions.get(condition);
    if (known !== undefined) return known;
    const question = examine(condition, unset);
    questions.set(condition, question);
    return question;
  }

  function visit(decision: Decision, answers: Answers): Decision {
    if (decision.kind === 'outcome') return graph.outcome(decision.result);
    const below = asked.get(decision);
    const relevant = [...answers].filter(([text]) => below?.has(text));
    const key = `${decision.id} ${relevant
      .map(([text, { answer }]) => `${text}${answer}`)
      .toSorted()
      .join()}`;
    const result = pruned.get(key) ?? pruneNode(decision, new Map(relevant));
    pruned.set(key, result);
    return result;
  }

  function pruneNode({ condition, whenTrue, whenFalse }: DecisionNode, answers: Answers): Decision {
    const question = questionOf(condition);
    const answer = question.isHopeless ? false : answers.get(question.text)?.answer;
    if (answer !== undefined) return visit(answer ? whenTrue : whenFalse, answers);
    return graph.node(
      condition,
      visit(whenTrue, withAnswer(answers, question, true)),
      visit(whenFalse, withAnswer(answers, question, false)),
    );
  }

  return visit(root, new Map());
}

/** Adds an answer. An assignment invalidates the answers of conditions that refer to the variable. */
function withAnswer(answers: Answers, question: Question, answer: boolean): Answers {
  const { text, assigned } = question;
  const kept = [...answers].filter(
    ([, { question: known }]) =>
      assigned === undefined || (known.assigned !== assigned && !known.references.has(assigned)),
  );
  return new Map([...kept, [text, { question, answer }]]);
}

function examine(condition: EndpointExpression, unset: ReadonlySet<string>): Question {
  const text = JSON.stringify(condition);
  const references = referencesIn(condition);
  const isLenient = /\["(isSet|not|coalesce|ite)"/.test(text);
  return {
    text,
    assigned: Array.isArray(condition) && condition[0] === 'assign' ? String(condition[1]) : undefined,
    references,
    isHopeless: !isLenient && !references.isDisjointFrom(unset),
  };
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
