import { html } from 'hono/html';
import { MAX_SORTED_ACCOUNTS } from '../access/accounts-of-user.ts';
import type { PageOfAccounts } from '../access/page-of-accounts.ts';
import type { AssignedAccount } from '../people/directory.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import { MAX_SEARCH_LENGTH, type PortalQuery, renderPortalUrl } from './portal-query.ts';

/** Renders the field by which people find an account. */
export function renderSearch({ search = '' }: PortalQuery, messages: Messages['portal']): Html {
  return html`<form class="search" method="get" action="/" role="search">
<label for="search">${messages.search}</label>
<input id="search" name="q" type="search" value="${search}" maxlength="${MAX_SEARCH_LENGTH}" autocomplete="off" autocapitalize="none" spellcheck="false">
<button class="secondary">${messages.submitSearch}</button>
</form>`;
}

/** Renders a page of the accounts of a person, with a link to open each. */
export function renderAccounts(
  page: PageOfAccounts,
  {
    query: { search, after },
    openId,
    messages,
  }: {
    readonly query: PortalQuery;
    /** Of the account that is open. */
    readonly openId: string | undefined;
    readonly messages: Messages['portal'];
  },
): Html {
  const list = search === undefined ? {} : { search };
  const here = after === undefined ? list : { ...list, after };
  const items = page.accounts.map((account) => renderItem(account, here, openId));
  return html`<nav class="accounts" aria-label="${messages.title}">
${renderSummary(page, search, messages)}
${items.length > 0 && html`<ul>${items}</ul>`}
${renderPager(page, list, messages)}
</nav>`;
}

function renderItem({ id, name }: AssignedAccount, here: PortalQuery, openId: string | undefined): Html {
  const href = renderPortalUrl({ ...here, account: id });
  return html`
<li><a href="${href}"${id === openId && html` aria-current="true"`}><bdi>${name}</bdi> <small>${id}</small></a></li>`;
}

function renderSummary(
  { accounts, place, next, previous }: PageOfAccounts,
  search: string | undefined,
  messages: Messages['portal'],
): Html | false {
  const all = search !== undefined && html` <a href="/">${messages.showAll}</a>`;
  if (accounts.length === 0) return html`<p>${messages.nothingFound(html`<bdi>${search}</bdi>`)}${all}</p>`;
  if (place === undefined) return html`<p class="hint">${messages.byId(MAX_SORTED_ACCOUNTS)}${all}</p>`;
  const { first, last, total } = place;
  const isWhole = next === undefined && previous === undefined;
  return (
    (search !== undefined || !isWhole) &&
    html`<p class="hint">${messages.place(first, last, total)}${all}</p>`
  );
}

function renderPager(
  { previous, next }: PageOfAccounts,
  list: PortalQuery,
  messages: Messages['portal'],
): Html | false {
  if (previous === undefined && next === undefined) return false;
  const back = previous?.after === undefined ? messages.firstAccounts : messages.previousAccounts;
  return html`<p class="pager">
${previous && html`<a href="${renderPortalUrl({ ...list, ...previous })}" rel="prev">${back}</a>`}
${next && html`<a href="${renderPortalUrl({ ...list, ...next })}" rel="next">${messages.nextAccounts}</a>`}
</p>`;
}
