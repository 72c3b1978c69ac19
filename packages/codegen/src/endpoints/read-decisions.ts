import {
  type EndpointDecisions,
  type EndpointRule,
  type EndpointRuleSet,
  ModelError,
  type ShapeId,
} from '@latchkey/smithy';
import { readAuthSchemes } from './auth-schemes.ts';
import { type Decision, DecisionGraph, type OutcomeResult } from './decision-graph.ts';
import { type RulesOf, readCondition, readTemplate } from './expression.ts';

const noRule: OutcomeResult = { error: 'No endpoint rule fits' };

/** Reads endpoint rules (`endpointRuleSet`) as a graph. */
export function readRuleSet({ parameters, rules }: EndpointRuleSet, service: ShapeId): Decision {
  const of = { service, parameters };
  const graph = new DecisionGraph();
  const nowhere = graph.outcome(noRule);

  function follow([rule, ...rest]: readonly EndpointRule[]): Decision {
    if (rule === undefined) return nowhere;
    const taken = rule.type === 'tree' ? follow(rule.rules) : graph.outcome(readOutcome(rule, of));
    const passed = rule.conditions.length === 0 ? nowhere : follow(rest);
    return rule.conditions.reduceRight(
      (next, condition) => graph.node(readCondition(condition, of), next, passed),
      taken,
    );
  }

  return follow(rules);
}

const firstResult = 100_000_000;

/** Reads endpoint rules that are a binary decision diagram (`endpointBdd`). */
export function readDecisions(decisions: EndpointDecisions, service: ShapeId): Decision {
  const { parameters, conditions, results, root, nodes } = decisions;
  const of = { service, parameters };
  const graph = new DecisionGraph();
  const nowhere = graph.outcome(noRule);
  const known = new Map<number, Decision>([
    [1, nowhere],
    [-1, nowhere],
  ]);

  const open = new Set<number>();

  function follow(reference: number): Decision {
    if (open.has(reference))
      throw new ModelError(service, `trait smithy.rules#endpointBdd: goes in a circle at ${reference}`);
    open.add(reference);
    const decision = known.get(reference) ?? make(reference);
    open.delete(reference);
    known.set(reference, decision);
    return decision;
  }

  function make(reference: number): Decision {
    if (reference >= firstResult) return outcomeAt(reference - firstResult);
    const start = 3 * (Math.abs(reference) - 1);
    const [place, high, low] = nodes.slice(start, start + 3);
    const condition = conditions[place ?? -1];
    if (condition === undefined || high === undefined || low === undefined)
      throw new ModelError(service, `trait smithy.rules#endpointBdd: has no node ${reference}`);
    const [whenTrue, whenFalse] = reference > 0 ? [high, low] : [low, high];
    return graph.node(readCondition(condition, of), follow(whenTrue), follow(whenFalse));
  }

  /** Outcome of a result. Result 0, which the model does not list, means that no rule matches. */
  function outcomeAt(place: number): Decision {
    if (place === 0) return nowhere;
    const rule = results[place - 1];
    if (rule === undefined)
      throw new ModelError(service, `trait smithy.rules#endpointBdd: has no result ${place}`);
    return graph.outcome(readOutcome(rule, of));
  }

  return follow(root);
}

function readOutcome(rule: EndpointRule, of: RulesOf): OutcomeResult {
  if (rule.type === 'error') return { error: readTemplate(rule.error, of) };
  if (rule.type === 'tree') throw new ModelError(of.service, 'endpoint rules: a result is a tree');
  const { url, properties, headers } = rule.endpoint;
  const authSchemes = readAuthSchemes(properties['authSchemes'], of.service);
  return {
    url: readTemplate(url, of),
    ...(authSchemes.length > 0 && { authSchemes }),
    ...(headers.size > 0 && {
      headers: Object.fromEntries(
        [...headers].map(([name, values]) => [name, values.map((value) => readTemplate(value, of))]),
      ),
    }),
  };
}
