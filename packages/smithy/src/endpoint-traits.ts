import {
  arrayAt,
  isObject,
  type Json,
  type JsonObject,
  numberAt,
  objectAt,
  type Place,
  stringAt,
} from './json.ts';
import { ModelError } from './model-error.ts';
import type { ServiceShape } from './shape.ts';

/** `smithy.rules#endpointRuleSet`: rules that give the endpoint of a service from parameters. */
export interface EndpointRuleSet {
  readonly parameters: ReadonlyMap<string, EndpointParameter>;
  readonly rules: readonly EndpointRule[];
}

/** `smithy.rules#endpointBdd`: the same rules as a binary decision diagram. */
export interface EndpointDecisions {
  readonly parameters: ReadonlyMap<string, EndpointParameter>;
  readonly conditions: readonly EndpointRuleCondition[];
  readonly results: readonly EndpointRule[];
  /** Reference to the first node; see `nodes`. */
  readonly root: number;
  /**
   * Three numbers for each node: index of its condition, reference for when it holds, reference for when not. A reference
   * is the number of a node (from 1; negative: with true and false swapped), 1 or -1 for no match, or a result (its index
   * plus 100 000 000).
   */
  readonly nodes: readonly number[];
}

export interface EndpointParameter {
  /** Type of the parameter: `string`, `boolean` or `stringarray`. */
  readonly type: string;
  /** Name of the built-in value that an SDK provides, e.g. `AWS::Region`. */
  readonly builtIn?: string;
  readonly default?: string | boolean | readonly string[];
}

/** A rule. Rules are tried in order; the first one whose conditions all hold is final. */
export type EndpointRule = { readonly conditions: readonly EndpointRuleCondition[] } & (
  | { readonly type: 'tree'; readonly rules: readonly EndpointRule[] }
  | { readonly type: 'error'; readonly error: EndpointRuleExpression }
  | { readonly type: 'endpoint'; readonly endpoint: EndpointRuleTarget }
);

export interface EndpointRuleTarget {
  readonly url: EndpointRuleExpression;
  readonly properties: JsonObject;
  readonly headers: ReadonlyMap<string, readonly EndpointRuleExpression[]>;
}

export interface EndpointRuleCondition {
  readonly call: EndpointRuleCall;
  /** Name of the variable that gets the value. */
  readonly assign?: string;
}

export interface EndpointRuleCall {
  readonly fn: string;
  readonly argv: readonly EndpointRuleExpression[];
}

/** An expression. A string is a template. */
export type EndpointRuleExpression = string | boolean | number | { readonly ref: string } | EndpointRuleCall;

const ruleSetTrait = 'smithy.rules#endpointRuleSet';
const decisionsTrait = 'smithy.rules#endpointBdd';

export function endpointRuleSetTrait(service: ServiceShape): EndpointRuleSet | undefined {
  const value = service.traits[ruleSetTrait];
  if (value === undefined) return undefined;
  const place = { shapeId: service.id, what: `trait ${ruleSetTrait}` };
  const { parameters, rules } = objectAt(value, place);
  return { parameters: readParameters(parameters, place), rules: readRules(rules, place) };
}

export function endpointDecisionsTrait(service: ServiceShape): EndpointDecisions | undefined {
  const value = service.traits[decisionsTrait];
  if (value === undefined) return undefined;
  const place = { shapeId: service.id, what: `trait ${decisionsTrait}` };
  const { parameters, conditions, results, root, nodes } = objectAt(value, place);
  return {
    parameters: readParameters(parameters, place),
    conditions: readConditions(conditions, place),
    results: readRules(results, place),
    root: numberAt(root, within(place, 'root')),
    nodes: readNumbers(stringAt(nodes, within(place, 'nodes')), within(place, 'nodes')),
  };
}

/** Reads base64 of signed 32-bit integers, big-endian. */
function readNumbers(base64: string, { shapeId, what }: Place): readonly number[] {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 12 !== 0) throw new ModelError(shapeId, `${what}: is cut off within a node`);
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32BE(index * 4));
}

function readParameters(value: unknown, place: Place): ReadonlyMap<string, EndpointParameter> {
  const parameters = objectAt(value, within(place, 'parameters'));
  return new Map(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      readParameter(parameter, within(place, name)),
    ]),
  );
}

function readParameter(value: Json, place: Place): EndpointParameter {
  const { type, builtIn, default: byDefault } = objectAt(value, place);
  return {
    type: stringAt(type, within(place, 'type')).toLowerCase(),
    ...(builtIn !== undefined && { builtIn: stringAt(builtIn, within(place, 'builtIn')) }),
    ...(byDefault !== undefined && { default: readDefault(byDefault, within(place, 'default')) }),
  };
}

function readDefault(value: Json, place: Place): string | boolean | readonly string[] {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return arrayAt(value, place).map((item) => stringAt(item, place));
}

function readRules(value: unknown, place: Place): readonly EndpointRule[] {
  return arrayAt(value, within(place, 'rules')).map((rule) =>
    readRule(objectAt(rule, within(place, 'a rule')), place),
  );
}

function readRule(rule: JsonObject, place: Place): EndpointRule {
  const conditions = readConditions(rule['conditions'] ?? [], place);
  if (rule['rules'] !== undefined)
    return { type: 'tree', conditions, rules: readRules(rule['rules'], place) };
  if (rule['error'] !== undefined)
    return { type: 'error', conditions, error: readExpression(rule['error'], within(place, 'error')) };
  const { url, properties = {}, headers = {} } = objectAt(rule['endpoint'], within(place, 'endpoint'));
  return {
    type: 'endpoint',
    conditions,
    endpoint: {
      url: readExpression(url, within(place, 'url')),
      properties: objectAt(properties, within(place, 'properties')),
      headers: new Map(
        Object.entries(objectAt(headers, within(place, 'headers'))).map(([name, values]) => [
          name,
          arrayAt(values, within(place, name)).map((item) => readExpression(item, within(place, name))),
        ]),
      ),
    },
  };
}

function readConditions(value: unknown, place: Place): readonly EndpointRuleCondition[] {
  return arrayAt(value, within(place, 'conditions')).map((item) => {
    const condition = objectAt(item, within(place, 'a condition'));
    const { assign } = condition;
    return {
      call: readCall(condition, place),
      ...(assign !== undefined && { assign: stringAt(assign, within(place, 'assign')) }),
    };
  });
}

function readCall({ fn, argv }: JsonObject, place: Place): EndpointRuleCall {
  return {
    fn: stringAt(fn, within(place, 'fn')),
    argv: arrayAt(argv, within(place, 'argv')).map((arg) => readExpression(arg, within(place, 'argv'))),
  };
}

function readExpression(value: unknown, place: Place): EndpointRuleExpression {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (isObject(value) && value['ref'] !== undefined)
    return { ref: stringAt(value['ref'], within(place, 'ref')) };
  return readCall(objectAt(value, place), place);
}

function within(place: Place, part: string): Place {
  return { ...place, what: `${part} of ${place.what}` };
}
