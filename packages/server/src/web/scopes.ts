import { html } from 'hono/html';
import { type AccountsByName, MAX_SORTED_ACCOUNTS } from '../access/accounts-of-user.ts';
import { isAccountAccess } from '../grants/scopes.ts';
import { type Html, isolate } from './html.ts';
import type { Messages } from './messages/english.ts';
import { plainText } from './plain-text.ts';

/** The most accounts that are named. */
export const MAX_NAMED_ACCOUNTS = 4;

/** Describes what scopes let a program do, in a sentence for each. A scope that is not known here is shown by its name. */
export function describeScopes(
  scopes: readonly string[],
  reached: AccountsByName,
  messages: Messages['scopes'],
): readonly Html[] {
  if (scopes.length === 0) return [html`${messages.nothing}`];
  const sentences = scopes.map((scope) => describeScope(scope, reached, messages));
  return [...new Map(sentences.map((sentence) => [String(sentence), sentence])).values()];
}

function describeScope(scope: string, reached: AccountsByName, messages: Messages['scopes']): Html {
  if (isAccountAccess(scope)) return describeAccountAccess(reached, messages);
  switch (scope) {
    case 'openid':
      return html`${messages.identity}`;
    case 'aws':
    case 'sts:identity_context':
      return html`${messages.identityForAws}`;
    default:
      return messages.unknown(isolate(plainText(scope, 100)));
  }
}

function describeAccountAccess({ accounts, areTooMany }: AccountsByName, messages: Messages['scopes']): Html {
  const names = accounts.map((account) => isolate(account.name));
  if (names.length === 0) return html`${messages.noAccounts}`;
  if (!areTooMany && names.length <= MAX_NAMED_ACCOUNTS) return messages.accounts(names);
  const shown = names.slice(0, MAX_NAMED_ACCOUNTS - 1);
  return areTooMany
    ? messages.countlessAccounts(shown, MAX_SORTED_ACCOUNTS - shown.length)
    : messages.manyAccounts(shown, names.length - shown.length);
}
