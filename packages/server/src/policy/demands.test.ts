import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PolicyRule } from '../config/config.ts';
import { nameKey } from '../directory/name-key.ts';
import type { SignInFactor } from '../factors/sign-in-factors.ts';
import { combine } from './demands.ts';
import { judgeNetwork, judgeSignIn } from './judge.ts';
import { type Act, isForAct, isForMember, readRules } from './rules.ts';

/** Which of the addresses that are tried each block has, written down by hand. */
const blocks = {
  '10.0.0.0/8': ['10.1.2.3', '10.9.9.9'],
  '10.1.0.0/16': ['10.1.2.3'],
  '192.0.2.7': ['192.0.2.7'],
  '2001:db8::/32': ['2001:db8::7'],
} as const;
const addresses = ['10.1.2.3', '10.9.9.9', '192.0.2.7', '2001:db8::7', '203.0.113.1'];

const some = <Value>(values: readonly Value[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: values.length });
const length = fc.constantFrom(900, 3600, 7200);

const rule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    groups: some(['Admins', 'admins', 'Staff']),
    permissionSets: some(['Admin', 'ReadOnly']),
    clients: some(['build-farm', 'unknown']),
    factors: fc.constantFrom('secondFactor', 'passkey'),
    recentSignInSeconds: fc.constantFrom(60, 900, 3600),
    networks: some(Object.keys(blocks)),
    signInSessionSeconds: length,
    sessionSeconds: length,
  },
  { requiredKeys: [] },
);
const client = fc.constantFrom('build-farm', 'unknown');
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>({ kind: 'visit' }, { kind: 'changeFactors' }),
  client.map((id): Act => ({ kind: 'allow', client: id })),
  client.map((id): Act => ({ kind: 'use', client: id })),
  fc
    .tuple(client, fc.constantFrom('Admin', 'ReadOnly', 'Billing'))
    .map(([id, permissionSet]): Act => ({ kind: 'getRoleCredentials', client: id, permissionSet })),
);
const factors = fc.constantFrom<readonly SignInFactor[]>(
  ['password'],
  ['password', 'totp'],
  ['password', 'recoveryCode'],
  ['password', 'link'],
  ['link', 'totp'],
  ['password', 'passkey'],
  ['verifiedPasskey'],
);
const asked = fc.record({
  act,
  groups: fc.uniqueArray(fc.constantFrom('admins', 'STAFF', 'others')),
  factors,
  ageSeconds: fc.constantFrom(0, 60, 61, 900, 901, 3600, 3601),
  address: fc.constantFrom(...addresses),
});
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

/** Whether one rule by itself applies, as docs/policy.md has it. */
function applies(each: PolicyRule, { act: what, groups }: Asked): boolean {
  const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());
  if (each.groups && !lower(each.groups).some((name) => lower(groups).includes(name))) return false;
  if (each.permissionSets && what.kind !== 'getRoleCredentials') return false;
  if (each.permissionSets && 'permissionSet' in what && !each.permissionSets.includes(what.permissionSet))
    return false;
  if (each.clients && !('client' in what)) return false;
  return !(each.clients && 'client' in what && !each.clients.includes(what.client));
}

/** Whether one rule by itself is met. */
function isMet(each: PolicyRule, of: Asked): boolean {
  const isSecond =
    (of.factors.length === 2 && of.factors[1] !== 'link') || of.factors[0] === 'verifiedPasskey';
  const isPasskey = of.factors.some((factor) => /passkey/i.test(factor));
  if (each.factors === 'secondFactor' && !isSecond) return false;
  if (each.factors === 'passkey' && !isPasskey) return false;
  const asksWhen = each.permissionSets ? ['getRoleCredentials'] : ['allow', 'changeFactors'];
  if (
    asksWhen.includes(of.act.kind) &&
    of.ageSeconds > (each.recentSignInSeconds ?? Number.POSITIVE_INFINITY)
  )
    return false;
  return each.networks === undefined || each.networks.some((block) => inBlock(block, of.address));
}

function inBlock(block: string, address: string): boolean {
  return (blocks[block as keyof typeof blocks] as readonly string[]).includes(address);
}

function demandsOf(policy: readonly PolicyRule[], { act: what, groups }: Asked) {
  const keys = new Set(groups.map(nameKey));
  const rules = readRules(policy) ?? [];
  const ofPerson = rules.filter((each) => isForAct(each, what) && isForMember(each, keys));
  return combine(ofPerson, what);
}

function unmetOf(policy: readonly PolicyRule[], of: Asked) {
  const demands = demandsOf(policy, of);
  const shown = { factors: of.factors, createdAtMs: 0 };
  return judgeNetwork(demands, of) ?? judgeSignIn(demands, shown, of.ageSeconds * 1000);
}

test('a policy is met where each rule that applies is met by itself, and a rule that is not met is named', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), asked, (policy, of) => {
      const missed = policy.filter((each) => applies(each, of) && !isMet(each, of));
      const unmet = unmetOf(policy, of);
      assert.equal(unmet === undefined, missed.length === 0);
      if (unmet) assert.ok(missed.includes(policy[unmet.rule.index]!), `policy[${unmet.rule.index}]`);
    }),
    { numRuns: 2_000 },
  );
});

test('of session lengths the shortest that applies counts, whatever the order of the rules', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), asked, (policy, of) => {
      for (const key of ['sessionSeconds', 'signInSessionSeconds'] as const) {
        const said = policy.flatMap((each) => (applies(each, of) ? (each[key] ?? []) : []));
        const shortest = said.length === 0 ? undefined : Math.min(...said);
        assert.equal(demandsOf(policy, of)[key]?.value, shortest);
        assert.equal(demandsOf(policy.toReversed(), of)[key]?.value, shortest);
      }
    }),
  );
});

test('one rule more never lets in who was not let in before', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 4 }), rule, asked, (policy, another, of) => {
      if (unmetOf(policy, of) === undefined) return;
      assert.ok(unmetOf([...policy, another], of));
      assert.ok(unmetOf([another, ...policy], of));
    }),
  );
});

test('a sign-in that brings what was missing is enough: nobody is asked a second time', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), asked, (policy, of) => {
      const unmet = unmetOf(policy, of);
      if (unmet?.kind !== 'signIn') return;
      const shown: readonly SignInFactor[] =
        unmet.factors === 'passkey' ? ['verifiedPasskey'] : ['password', 'totp'];
      assert.equal(unmetOf(policy, { ...of, factors: shown, ageSeconds: 0 }), undefined);
    }),
  );
});

test('the address of a proxy that nobody trusts is in no network, whatever it is', () => {
  const demands = demandsOf([{ networks: ['0.0.0.0/0', '::/0'] }], {
    ...{ act: { kind: 'visit' }, groups: [], factors: ['password'], ageSeconds: 0, address: '10.1.2.3' },
  });
  assert.equal(judgeNetwork(demands, { address: '10.1.2.3' }), undefined);
  assert.equal(judgeNetwork(demands, { address: '10.1.2.3', viaUntrustedProxy: true })?.kind, 'network');
});
