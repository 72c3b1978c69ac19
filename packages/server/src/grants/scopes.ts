import { GrantError } from './grant-error.ts';

/** Lets a token list its user's accounts and roles, and get credentials for them. */
export const ACCOUNT_ACCESS = 'sso:account:access';

/** As many as a token's scope mask has bits to spare for. */
export const MAX_SCOPES = 25;

/** Scopes as a list, from the form in which RFC 6749 section 3.3 and the store have them. */
export function splitScopes(text: string): readonly string[] {
  return text.split(' ').filter((scope) => scope !== '');
}

/**
 * What a request may have of what was granted: all of it, or the part it asks for.
 *
 * @throws {GrantError} `invalid_scope` when it asks for more (RFC 6749 section 6)
 */
export function narrowScopes(
  granted: readonly string[],
  requested: readonly string[] | undefined,
): readonly string[] {
  if (requested === undefined || requested.length === 0) return granted;
  const beyond = requested.find((scope) => !granted.includes(scope));
  if (beyond !== undefined) {
    throw new GrantError(
      'invalid_scope',
      `The scope "${beyond}" goes beyond what was granted: ${granted.join(' ')}`,
    );
  }
  return granted.filter((scope) => requested.includes(scope));
}

/** Which of `granted` are in `scopes`, a bit each. */
export function maskScopes(granted: readonly string[], scopes: readonly string[]): number {
  return granted.reduce((mask, scope, bit) => (scopes.includes(scope) ? mask | (1 << bit) : mask), 0);
}

export function unmaskScopes(granted: readonly string[], mask: number): readonly string[] {
  return granted.filter((_, bit) => (mask & (1 << bit)) !== 0);
}
