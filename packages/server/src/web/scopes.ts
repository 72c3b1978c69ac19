import { isAccountAccess } from '../grants/scopes.ts';
import type { AssignedAccount } from '../people/directory.ts';
import { plainText } from './plain-text.ts';

/** Says what granting scopes lets a program do, a sentence a scope; one that Latchkey does not know keeps its name. */
export function describeScopes(
  scopes: readonly string[],
  accounts: readonly AssignedAccount[],
): readonly string[] {
  if (scopes.length === 0) return ['Know that you signed in, and nothing else'];
  return [...new Set(scopes.map((scope) => describeScope(scope, accounts)))];
}

function describeScope(scope: string, accounts: readonly AssignedAccount[]): string {
  if (isAccountAccess(scope)) return describeAccountAccess(accounts);
  switch (scope) {
    case 'openid':
      return 'Know who you are';
    case 'aws':
    case 'sts:identity_context':
      return 'Tell AWS services who you are';
    default:
      return `Nothing more by “${plainText(scope, 100)}”, a scope that is not known here`;
  }
}

function describeAccountAccess(accounts: readonly AssignedAccount[]): string {
  const names = accounts.map((account) => account.name);
  if (names.length === 0) return 'Use your AWS accounts (none is assigned to you yet)';
  const shown = names.length <= 4 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
  const list = shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
  return `Use all your roles in ${list}`;
}
