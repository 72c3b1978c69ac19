import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { findAccountOfUser, findPageOfAccounts, type PageOfAccounts } from '../access/page-of-accounts.ts';
import { portalUrl } from '../grants/start-url.ts';
import type { Directory } from '../people/directory.ts';
import { parseQuery } from './form.ts';
import type { Html } from './html.ts';
import { renderMessage, renderProblem } from './notice.ts';
import { type OpenAccount, renderAccount } from './portal-account.ts';
import { renderAccounts, renderSearch } from './portal-accounts.ts';
import { type PortalQuery, parsePortalQuery } from './portal-query.ts';
import { renderPage, signInFirst, type Visit } from './visit.ts';

/** Roles of the open account on one page. */
const ROLES_OF_A_PAGE = 50;

/** Renders the access portal: a page of the person's accounts, and the roles in the one that is open. */
export async function showPortal(visit: Visit): Promise<WireResponse> {
  const { context, language, request, signedIn } = visit;
  if (signedIn === undefined) return signInFirst(request.query === '' ? '/' : `/?${request.query}`);
  const messages = language.messages.portal;
  const { user } = signedIn.session;
  const query = parsePortalQuery(parseQuery(request));
  const page = await findPageOfAccounts(context.directory, user.id, { ...query, locale: language.tag });
  const open = await findOpenAccount(context.directory, user.id, { query, page });
  const isUnknown = query.account !== undefined && open === undefined;
  return renderPage(visit, {
    title: messages.title,
    width: 'wide',
    ...(isUnknown && { status: 404 }),
    main: html`<h1>${messages.title}</h1>
${renderMessage(context.brand, language)}
${isUnknown && renderProblem(messages.notAssigned)}
${renderMain(visit, { query, page, open })}
${
  context.config.grants.deviceCode &&
  html`<h2>${messages.device}</h2>
<p>${messages.enterCode('/device')}</p>`
}
<p class="aside"><a href="/me">${messages.sessions}</a></p>
<p class="aside"><a href="/me/security">${language.messages.security.title}</a></p>
<p class="aside">${messages.signedInAs(html`<bdi>${user.displayName}</bdi>`, html`<bdi>${user.userName}</bdi>`)}</p>`,
  });
}

/**
 * Answers the HEAD request by which the AWS CLI checks a start URL. The CLI expects a redirect to a host of AWS, reads the
 * instance and the region from the host's name, and does not follow it.
 */
export function redirectStart({ context }: Visit): WireResponse {
  return {
    status: 302,
    headers: { location: `${portalUrl(context)}/`, 'cache-control': 'no-store' },
    body: '',
  };
}

interface Shown {
  readonly query: PortalQuery;
  readonly page: PageOfAccounts;
  readonly open: OpenAccount | undefined;
}

async function findOpenAccount(
  directory: Directory,
  userId: string,
  { query, page: { accounts } }: Omit<Shown, 'open'>,
): Promise<OpenAccount | undefined> {
  const id = query.account ?? accounts[0]?.id;
  if (id === undefined) return undefined;
  const account = accounts.find((each) => each.id === id) ?? (await findAccountOfUser(directory, userId, id));
  if (account === undefined) return undefined;
  const { afterRole: after } = query;
  const roles = await directory.listRoles(userId, id, {
    limit: ROLES_OF_A_PAGE + 1,
    ...(after !== undefined && { after }),
  });
  return { account, roles: roles.slice(0, ROLES_OF_A_PAGE), hasMoreRoles: roles.length > ROLES_OF_A_PAGE };
}

/** A list of one account is none to choose from. */
function renderMain({ context, language }: Visit, { query, page, open }: Shown): Html {
  const messages = language.messages.portal;
  const total = query.search === undefined ? page.place?.total : undefined;
  if (total === 0) return html`<p>${messages.noAccounts}</p>`;
  const account = open && renderAccount(context, { open, query, messages });
  if (total === 1) return html`${account}`;
  return html`${renderSearch(query, messages)}
<div class="${open && 'portal'}">
${renderAccounts(page, { query, openId: open?.account.id, messages })}
${account}
</div>`;
}
