import { html } from 'hono/html';
import { isAccountAccess } from '../grants/scopes.ts';
import type { AssignedAccount } from '../people/directory.ts';
import { type Html, isolate } from './html.ts';
import { plainText } from './plain-text.ts';

/** Describes what scopes let a program do, in a sentence for each. A scope that is not known here is shown by its name. */
export function describeScopes(
  scopes: readonly string[],
  accounts: readonly AssignedAccount[],
): readonly Html[] {
  if (scopes.length === 0) return [html`Know that you signed in, and nothing else`];
  const sentences = scopes.map((scope) => describeScope(scope, accounts));
  return [...new Map(sentences.map((sentence) => [String(sentence), sentence])).values()];
}

function describeScope(scope: string, accounts: readonly AssignedAccount[]): Html {
  if (isAccountAccess(scope)) return describeAccountAccess(accounts);
  switch (scope) {
    case 'openid':
      return html`Know who you are`;
    case 'aws':
    case 'sts:identity_context':
      return html`Tell AWS services who you are`;
    default:
      return html`Nothing else: “${isolate(plainText(scope, 100))}” is a scope that is not known here`;
  }
}

function describeAccountAccess(accounts: readonly AssignedAccount[]): Html {
  const names = accounts.map((account) => isolate(account.name));
  if (names.length === 0) return html`Use your AWS accounts (none is assigned to you yet)`;
  const shown = names.length <= 4 ? names : [...names.slice(0, 3), html`${names.length - 3} more`];
  const [last, ...before] = [...shown].reverse();
  const list = before.reverse().map((name, index) => (index === 0 ? name : html`, ${name}`));
  return html`Use all your roles in ${list}${list.length > 0 && ' and '}${last}`;
}
