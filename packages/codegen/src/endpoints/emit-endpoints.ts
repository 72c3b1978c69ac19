import type { EndpointResolver } from '@latchkey/client/endpoints/endpoint';
import { type EndpointRules, endpointRules } from '@latchkey/client/endpoints/rules';
import { type StandardEndpoints, standardEndpoints } from '@latchkey/client/endpoints/standard';
import {
  type EndpointParameter,
  endpointDecisionsTrait,
  endpointRuleSetTrait,
  type Model,
  type OperationShape,
  type ServiceShape,
  sigv4Name,
} from '@latchkey/smithy';
import { printLiteral } from '../literal.ts';
import type { Decision } from './decision-graph.ts';
import { defaultEndpoints } from './default-endpoints.ts';
import { layOut } from './lay-out.ts';
import { clientParams, unsetParams } from './params.ts';
import { prune } from './prune.ts';
import { readDecisions, readRuleSet } from './read-decisions.ts';
import { referencesBelow } from './references.ts';
import { findStandard } from './standard-form.ts';

/** The endpoint resolver of a service, printed for its module. */
export interface EmittedEndpoints {
  /** Imports that the expression needs: name, and path of the file in packages/client/src, without extension. */
  readonly imports: readonly { readonly path: string; readonly name: string }[];
  /** Expression of type `EndpointResolver`. On one line only where it fits on the line of a constant. */
  readonly expression: string;
  /** Parameters that the rules use. Operations need not give values to others. */
  readonly usedParams: ReadonlySet<string>;
  /** Value of the expression. */
  readonly resolver: EndpointResolver;
}

/**
 * Prints the endpoint rules of a service; where it has none, the standard endpoints of AWS services.
 *
 * @param operations operations of the module. Rules that only others can reach are left out
 */
export function emitEndpoints(
  model: Model,
  service: ServiceShape,
  operations: readonly OperationShape[],
): EmittedEndpoints {
  const rules = readRules(service);
  if (rules === undefined) return emitStandard(defaultEndpoints(service));
  const { parameters, root } = rules;
  const graph = prune(root, unsetParams(model, service, operations, parameters));
  const standard = findStandard(graph, sigv4Name(service));
  if (standard !== undefined) return emitStandard(standard);

  const referred = referencesBelow(graph);
  const used = new Map([...parameters].filter(([name]) => referred.has(name)));
  const data = { ...describe(used, clientParams(service)), ...layOut(graph) };
  return { ...emit('rules', data), usedParams: new Set(used.keys()), resolver: endpointRules(data) };
}

function emitStandard(data: StandardEndpoints): EmittedEndpoints {
  return { ...emit('standard', data), usedParams: new Set(), resolver: standardEndpoints(data) };
}

interface Rules {
  readonly parameters: ReadonlyMap<string, EndpointParameter>;
  readonly root: Decision;
}

function readRules(service: ServiceShape): Rules | undefined {
  const decisions = endpointDecisionsTrait(service);
  if (decisions !== undefined)
    return { parameters: decisions.parameters, root: readDecisions(decisions, service.id) };
  const ruleSet = endpointRuleSetTrait(service);
  return ruleSet && { parameters: ruleSet.parameters, root: readRuleSet(ruleSet, service.id) };
}

/** What the client must know about the parameters: defaults, built-ins, settings. */
function describe(
  parameters: ReadonlyMap<string, EndpointParameter>,
  ofClient: readonly string[],
): Pick<EndpointRules, 'defaults' | 'builtIns' | 'settings'> {
  const defaults = Object.fromEntries(
    [...parameters].flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  );
  const builtIns = Object.fromEntries(
    [...parameters].flatMap(([name, { builtIn }]) => (builtIn === undefined ? [] : [[builtIn, name]])),
  );
  const settings = ofClient.filter((name) => parameters.has(name));
  return { defaults, builtIns, ...(settings.length > 0 && { settings }) };
}

function emit(kind: 'standard' | 'rules', data: object): Pick<EmittedEndpoints, 'imports' | 'expression'> {
  const name = kind === 'standard' ? 'standardEndpoints' : 'endpointRules';
  const taken = `const endpoints: EndpointResolver = ${name}();`.length;
  return {
    imports: [{ path: `endpoints/${kind}`, name }],
    expression: `${name}(${printLiteral(data, numbersAsText, '', taken)})`,
  };
}

const width = 110;

/** Prints a list of numbers that is too long for one line, many on each line. */
function numbersAsText(value: unknown): string | undefined {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) return undefined;
  if (`  graph: [${value.join(', ')}],`.length <= width) return undefined;
  const lines = [''];
  for (const text of value.map((item) => `${item},`)) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? text : `${line} ${text}`;
    if (4 + longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return `[\n${lines.map((line) => `    ${line}\n`).join('')}  ]`;
}
