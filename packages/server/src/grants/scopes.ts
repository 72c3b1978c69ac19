import { GrantError } from './grant-error.ts';

/** The scope that lets a token list its user's accounts and roles, and get role credentials. */
export const ACCOUNT_ACCESS = 'sso:account:access';

/** Another name of `sso:account:access`, which AWS takes, too: granted registers with it. */
const ACCOUNT_ACCESS_ALIAS = 'sso-portal:*';

/** The most scopes of one client: a token has a 32-bit mask with a bit for each. */
export const MAX_SCOPES = 25;

/** Scopes as a list, from the form in which RFC 6749 section 3.3 and the store have them. */
export function splitScopes(text: string): readonly string[] {
  return text.split(/\s+/).filter((scope) => scope !== '');
}

/**
 * Scopes as AWS's APIs take them: a list, whose items may hold several scopes joined by spaces.
 *
 * @returns each scope once, in the order in which they came
 */
export function parseScopes(items: readonly string[]): readonly string[] {
  return [...new Set(items.flatMap(splitScopes))];
}

/** Whether a scope gives access to the accounts and roles of its user, by whichever of its names. */
export function isAccountAccess(scope: string): boolean {
  return scope === ACCOUNT_ACCESS || scope === ACCOUNT_ACCESS_ALIAS;
}

/**
 * Narrows granted scopes to those that a request asks for; a request that asks for none gets all of them.
 *
 * @param requested - a list, whose items may hold several scopes joined by spaces
 * @throws {GrantError} `invalid_scope` when it asks for more (RFC 6749 section 6)
 */
export function narrowScopes(
  granted: readonly string[],
  requested: readonly string[] | undefined,
): readonly string[] {
  const wanted = parseScopes(requested ?? []);
  if (wanted.length === 0) return granted;
  const beyond = wanted.find((scope) => !granted.some((one) => isSameScope(one, scope)));
  if (beyond !== undefined) {
    throw new GrantError(
      'invalid_scope',
      `The scope "${beyond}" goes beyond what was granted: ${granted.join(' ')}`,
    );
  }
  return granted.filter((scope) => wanted.some((one) => isSameScope(one, scope)));
}

/** A bit mask of the granted scopes that are in `scopes`: bit 0 stands for the first of `granted`. */
export function maskScopes(granted: readonly string[], scopes: readonly string[]): number {
  return granted.reduce((mask, scope, bit) => (scopes.includes(scope) ? mask | (1 << bit) : mask), 0);
}

export function unmaskScopes(granted: readonly string[], mask: number): readonly string[] {
  return granted.filter((_, bit) => (mask & (1 << bit)) !== 0);
}

function isSameScope(one: string, other: string): boolean {
  return one === other || (isAccountAccess(one) && isAccountAccess(other));
}
