import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { readAccountsWithRoles } from '../access/accounts-of-user.ts';
import type { AccountWithRoles } from '../access/assigned-accounts.ts';
import { describeForAws, renderAwsConfig } from '../aws-config/aws-config.ts';
import type { Context } from '../context.ts';
import { portalUrl } from '../grants/start-url.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import { renderMessage } from './notice.ts';
import { renderPage, signInFirst, type Visit } from './visit.ts';

/** Renders the access portal: the person's accounts and roles, and how to set up the AWS CLI for them. */
export async function showPortal(visit: Visit): Promise<WireResponse> {
  const { context, language, signedIn } = visit;
  if (signedIn === undefined) return signInFirst('/');
  const messages = language.messages.portal;
  const { user } = signedIn.session;
  const assigned = await Array.fromAsync(readAccountsWithRoles(context.directory, user.id));
  const accounts = assigned.sort((a, b) => a.name.localeCompare(b.name, language.tag));
  return renderPage(visit, {
    title: messages.title,
    width: 'wide',
    main: html`<h1>${messages.title}</h1>
${renderMessage(context.brand, language)}
${accounts.length === 0 ? html`<p>${messages.noAccounts}</p>` : renderAccounts(accounts)}
${accounts.length > 0 && renderSetUp(context, accounts, messages)}
<h2>${messages.device}</h2>
<p>${messages.enterCode('/device')}</p>
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

function renderAccounts(accounts: readonly AccountWithRoles[]): Html {
  return html`<ul class="accounts">
${accounts.map(
  ({ name, id, roles }) => html`<li class="card">
<p class="account"><strong><bdi>${name}</bdi></strong> <small>${id}</small></p>
<ul class="roles" dir="auto">${roles.map((role) => html`<li>${role.name}</li>`)}</ul>
</li>`,
)}
</ul>`;
}

function renderSetUp(
  context: Context,
  accounts: readonly AccountWithRoles[],
  messages: Messages['portal'],
): Html {
  const awsConfig = describeForAws(context, accounts);
  const name = awsConfig.profiles[0]?.name;
  return html`<h2>${messages.setUp}</h2>
<ol class="steps">
<li><p>${messages.addConfig}</p>
${renderSnippet(messages.config, renderAwsConfig(awsConfig))}</li>
<li><p>${messages.signIn}</p>
${renderSnippet(messages.signInCommand, `aws sso login --profile ${name}`)}</li>
<li><p>${messages.useRole}</p>
${renderSnippet(messages.useRoleCommand, `aws sts get-caller-identity --profile ${name}`)}</li>
</ol>`;
}

/** Renders text to copy. It may scroll sideways, so the keyboard can reach it (`tabindex`), as a region with a name. */
function renderSnippet(label: string, text: string): Html {
  return html`<pre class="snippet" dir="ltr" tabindex="0" role="region" aria-label="${label}">${text}</pre>`;
}
