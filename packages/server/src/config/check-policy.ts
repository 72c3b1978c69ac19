import { relyingPartyOf } from '../factors/relying-party.ts';
import { type Finding, renderPath } from './check-values.ts';
import { type Path, valueAt } from './settings-tree.ts';

/** What a rule of the policy can demand. */
const DEMANDS = ['factors', 'recentSignIn', 'networks', 'signInSession', 'session'];

/**
 * Checks what each rule of the policy says as a whole: that it demands something, and only what it can demand of whom it names.
 *
 * @param content - as read, not validated
 * @param baseUrl - as resolved; absent where other settings are wrong
 */
export function checkPolicy(content: unknown, baseUrl: string | undefined): Finding[] {
  const policy = valueAt(content, ['policy']);
  const rules: readonly unknown[] = Array.isArray(policy) ? policy : [];
  return [...findRepeatedNames(rules), ...rules.flatMap((rule, index) => checkRule(rule, index, baseUrl))];
}

function checkRule(rule: unknown, index: number, baseUrl: string | undefined): Finding[] {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return [];
  const says = (key: string) => Object.hasOwn(rule, key);
  const findings: Finding[] = [];
  const find = (path: Path, message: string) => {
    const at = ['policy', index, ...path];
    findings.push({ path: at, part: 'value', message: `${renderPath(at)}${message}` });
  };
  if (!DEMANDS.some(says)) find([], `demands nothing: expected one of ${DEMANDS.join(', ')}`);
  if (says('permissionSets')) {
    for (const key of ['signInSession', 'session'].filter(says)) {
      find(
        [key],
        'a rule for permission sets has no length of sessions: permissionSets[].sessionDuration says how long role credentials live',
      );
    }
  }
  if (says('clients') && says('signInSession')) {
    find(
      ['signInSession'],
      'a rule for clients has no length of sign-in sessions, in which any client may be allowed: say session, or leave out clients',
    );
  }
  const hasPasskeys = baseUrl === undefined || relyingPartyOf({ baseUrl }) !== undefined;
  if (valueAt(rule, ['factors']) === 'passkey' && !hasPasskeys) {
    find(['factors'], 'nobody can have a passkey here, as baseUrl has an IP address: give it a host name');
  }
  return findings;
}

function findRepeatedNames(rules: readonly unknown[]): Finding[] {
  const names = rules.map((rule) => valueAt(rule, ['name']));
  return names.flatMap((name, index): Finding[] => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === index) return [];
    const at = ['policy', index, 'name'];
    const message = `${renderPath(at)}rule "${name}" is there already, at policy[${first}]`;
    return [{ path: at, part: 'value', message }];
  });
}
