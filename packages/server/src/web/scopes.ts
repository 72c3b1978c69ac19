import { html } from 'hono/html';
import type { AccountsByName } from '../access/accounts-of-user.ts';
import { isAccountAccess } from '../grants/scopes.ts';
import { type Html, isolate } from './html.ts';
import { plainText } from './plain-text.ts';

/** Describes what scopes let a program do, in a sentence for each. A scope that is not known here is shown by its name. */
export function describeScopes(scopes: readonly string[], reached: AccountsByName): readonly Html[] {
  if (scopes.length === 0) return [html`Know that you signed in, and nothing else`];
  const sentences = scopes.map((scope) => describeScope(scope, reached));
  return [...new Map(sentences.map((sentence) => [String(sentence), sentence])).values()];
}

function describeScope(scope: string, reached: AccountsByName): Html {
  if (isAccountAccess(scope)) return describeAccountAccess(reached);
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

function describeAccountAccess({ accounts, hasMore }: AccountsByName): Html {
  const names = accounts.map((account) => isolate(account.name));
  if (names.length === 0) return html`Use your AWS accounts (none is assigned to you yet)`;
  const shown =
    names.length <= 4
      ? names
      : [...names.slice(0, 3), html`${hasMore && 'more than '}${names.length - 3} more`];
  const [last, ...before] = [...shown].reverse();
  const list = before.reverse().map((name, index) => (index === 0 ? name : html`, ${name}`));
  return html`Use all your roles in ${list}${list.length > 0 && ' and '}${last}`;
}
