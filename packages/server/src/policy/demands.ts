import { type Act, asksForRecentSignIn, type RequiredFactors, type Rule } from './rules.ts';

/** What a rule demands, and which rule that is. */
export interface Demand<Value> {
  readonly value: Value;
  readonly rule: Rule;
}

/** What all rules that apply demand together. What is absent is not demanded. */
export interface Demands {
  /** Each must have the address. */
  readonly networks: readonly Demand<NonNullable<Rule['networks']>>[];
  readonly factors?: Demand<RequiredFactors>;
  readonly recentSignInSeconds?: Demand<number>;
  readonly signInSessionSeconds?: Demand<number>;
  readonly sessionSeconds?: Demand<number>;
}

/** Combines rules that apply to an act: of each demand the strictest one, of equal ones the first. */
export function combine(rules: readonly Rule[], act: Act): Demands {
  const shortest = (of: (rule: Rule) => number | undefined) =>
    strictest(rules, of, (one, other) => one < other);
  const factors = strictest(
    rules,
    ({ factors }) => factors,
    (one, other) => one === 'passkey' && other === 'secondFactor',
  );
  const recentSignInSeconds = shortest((rule) =>
    asksForRecentSignIn(rule, act) ? rule.recentSignInSeconds : undefined,
  );
  const signInSessionSeconds = shortest((rule) => rule.signInSessionSeconds);
  const sessionSeconds = shortest((rule) => rule.sessionSeconds);
  return {
    networks: rules.flatMap((rule) => (rule.networks ? [{ value: rule.networks, rule }] : [])),
    ...(factors && { factors }),
    ...(recentSignInSeconds && { recentSignInSeconds }),
    ...(signInSessionSeconds && { signInSessionSeconds }),
    ...(sessionSeconds && { sessionSeconds }),
  };
}

function strictest<Value>(
  rules: readonly Rule[],
  of: (rule: Rule) => Value | undefined,
  isStricter: (one: Value, other: Value) => boolean,
): Demand<Value> | undefined {
  let found: Demand<Value> | undefined;
  for (const rule of rules) {
    const value = of(rule);
    if (value === undefined) continue;
    if (found === undefined || isStricter(value, found.value)) found = { value, rule };
  }
  return found;
}
