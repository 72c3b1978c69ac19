import { renderPath } from '../../config/check-values.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { nameKey } from '../../directory/name-key.ts';
import { RECENT_SIGN_IN_SECONDS } from '../../factors/recent-sign-in.ts';
import { combine, type Demand } from '../../policy/demands.ts';
import {
  type Act,
  isForAct,
  isForMember,
  type RequiredFactors,
  type Rule,
  readRules,
} from '../../policy/rules.ts';
import type { Subject } from './find-subject.ts';

/** A demand, and what makes it. */
export interface Explained<Value> {
  readonly value: Value;
  /** The rule; absent for a setting outside the policy, or a fixed demand. */
  readonly rule?: string;
  /** Through which groups of the person the rule applies; absent for a rule for everybody. */
  readonly groups?: readonly string[];
  /** The place in the configuration, such as `latchkey.yaml:12:5`; absent for a default. */
  readonly at?: string;
  /** What makes it, where it is no rule. */
  readonly by?: string;
}

/** What applies to something that a person does. */
export interface ExplainedAct {
  readonly act: 'signIn' | 'allow' | 'changeFactors' | 'getRoleCredentials';
  readonly factors?: Explained<RequiredFactors>;
  readonly recentSignInSeconds?: Explained<number>;
  readonly networks: readonly Explained<readonly string[]>[];
  readonly signInSessionSeconds?: Explained<number>;
  readonly sessionSeconds?: Explained<number>;
}

/** A rule, and whether it applies to the person, and to the client and role that were asked about. */
export interface ExplainedRule {
  readonly name: string;
  readonly at?: string;
  readonly applies: boolean;
  /** What it is for, that the question is not about. */
  readonly because?: 'group' | 'client' | 'permissionSet';
}

export interface Explanation extends ExplainedPolicy {
  /** The configuration file, as a person would name it. */
  readonly file: string;
  /** Names that nobody made. */
  readonly warnings: readonly string[];
}

interface ExplainedPolicy {
  readonly subject: Subject & { readonly client: string };
  readonly acts: readonly ExplainedAct[];
  readonly rules: readonly ExplainedRule[];
  /** Conditions of `deviceSignIn`, besides, and whether the person and the client meet those that do not depend on the moment. */
  readonly deviceSignIn: readonly {
    readonly setting: string;
    readonly value: unknown;
    readonly at?: string;
    readonly isMet?: boolean;
  }[];
}

type Loaded = Pick<LoadedConfig, 'config' | 'sourceOf'>;

/** Explains what the policy asks of a person, by the same rules as a server does. */
export function explainPolicy(
  loaded: Loaded,
  subject: Subject & { readonly client: string },
): ExplainedPolicy {
  const { client, role } = subject;
  const all = readRules(loaded.config.policy) ?? [];
  const keys = new Set(subject.groups.map(nameKey));
  const explain = (kind: ExplainedAct['act'], act: Act) =>
    explainAct(loaded, subject, {
      kind,
      act,
      rules: all.filter((rule) => isForAct(rule, act) && isForMember(rule, keys)),
    });
  const acts = [
    explain('signIn', { kind: 'visit' }),
    explain('allow', { kind: 'allow', client }),
    explain('changeFactors', { kind: 'changeFactors' }),
    ...(role === undefined
      ? []
      : [explain('getRoleCredentials', { kind: 'getRoleCredentials', client, permissionSet: role.name })]),
  ];
  return {
    subject,
    acts,
    rules: all.map((rule) => explainRule(loaded, rule, { client, keys, role: role?.name })),
    deviceSignIn: explainDeviceSignIn(loaded, subject, keys),
  };
}

function explainAct(
  loaded: Loaded,
  subject: Subject,
  {
    kind,
    act,
    rules,
  }: { readonly kind: ExplainedAct['act']; readonly act: Act; readonly rules: readonly Rule[] },
): ExplainedAct {
  const demands = combine(rules, act);
  const because = <Value>({ value, rule }: Demand<Value>, key: string): Explained<Value> => {
    const at = loaded.sourceOf(['policy', rule.index, key]);
    const through = rule.groups && subject.groups.filter((name) => rule.groups?.has(nameKey(name)));
    return { value, rule: rule.name, ...(through && { groups: through }), ...(at !== undefined && { at }) };
  };
  const { factors, recentSignInSeconds: recent } = demands;
  const lengthOf = (key: 'session' | 'signInSession'): Explained<number> => {
    const demand = demands[`${key}Seconds`];
    if (demand !== undefined) return because(demand, key);
    const at = loaded.sourceOf(['lifetimes', key]);
    const value = loaded.config.lifetimes[`${key}Seconds`];
    return { value, by: `lifetimes.${key}`, ...(at !== undefined && { at }) };
  };
  const isFixed =
    kind === 'changeFactors' && (recent?.value ?? Number.POSITIVE_INFINITY) > RECENT_SIGN_IN_SECONDS;
  return {
    act: kind,
    ...(factors && { factors: because(factors, 'factors') }),
    ...(isFixed && { recentSignInSeconds: { value: RECENT_SIGN_IN_SECONDS, by: 'always' } }),
    ...(recent && !isFixed && { recentSignInSeconds: because(recent, 'recentSignIn') }),
    networks: demands.networks.map(({ value, rule }) => because({ value: value.written, rule }, 'networks')),
    ...(kind === 'signIn' && { signInSessionSeconds: lengthOf('signInSession') }),
    ...(kind === 'allow' && { sessionSeconds: lengthOf('session') }),
  };
}

function explainRule(
  { sourceOf }: Loaded,
  rule: Rule,
  {
    client,
    keys,
    role,
  }: { readonly client: string; readonly keys: ReadonlySet<string>; readonly role: string | undefined },
): ExplainedRule {
  const at = sourceOf(['policy', rule.index]);
  const because = !isForMember(rule, keys)
    ? 'group'
    : rule.clients !== undefined && !rule.clients.has(client)
      ? 'client'
      : rule.permissionSets !== undefined && !rule.permissionSets.has(nameKey(role ?? ''))
        ? 'permissionSet'
        : undefined;
  const applies = because === undefined;
  return { name: rule.name, ...(at !== undefined && { at }), applies, ...(because && { because }) };
}

function explainDeviceSignIn(
  { config, sourceOf }: Loaded,
  { client }: { readonly client: string },
  keys: ReadonlySet<string>,
): ExplainedPolicy['deviceSignIn'] {
  const { groups, networks, clients, recentSignInSeconds, sameNetwork } = config.deviceSignIn;
  const explain = (path: readonly string[], value: unknown, isMet?: boolean) => {
    const at = sourceOf(path);
    const setting = renderPath(path).slice(0, -2);
    return { setting, value, ...(at !== undefined && { at }), ...(isMet !== undefined && { isMet }) };
  };
  const of = (key: string, value: unknown, isMet?: boolean) => explain(['deviceSignIn', key], value, isMet);
  return [
    ...(config.grants.deviceCode ? [] : [explain(['grants', 'deviceCode'], false, false)]),
    ...(groups
      ? [
          of(
            'groups',
            groups,
            groups.some((name) => keys.has(nameKey(name))),
          ),
        ]
      : []),
    ...(clients ? [of('clients', clients, clients.includes(client))] : []),
    ...(networks ? [of('networks', networks)] : []),
    ...(recentSignInSeconds === undefined ? [] : [of('recentSignIn', recentSignInSeconds)]),
    ...(sameNetwork ? [of('sameNetwork', true)] : []),
  ];
}
