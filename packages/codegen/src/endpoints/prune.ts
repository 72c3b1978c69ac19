import type { EndpointExpression } from '@latchkey/client/endpoints/expression';
import { type Decision, DecisionGraph, type DecisionNode } from './decision-graph.ts';
import { referencesIn } from './references.ts';

/** What is worked out once of a condition, as the same one is asked in many places. */
interface Question {
  /** The condition as JSON. */
  readonly text: string;
  /** The variable that it gives a value to. */
  readonly assigned: string | undefined;
  readonly references: ReadonlySet<string>;
  /** Whether it cannot hold without a value that is not there. */
  readonly isHopeless: boolean;
}

/** What has been answered on the way, by the text of the question. */
type Answers = ReadonlyMap<string, { readonly question: Question; readonly answer: boolean }>;

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

/** An assignment undoes what was known of the variable. */
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
