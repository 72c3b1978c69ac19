import { html } from 'hono/html';
import { describeForAws, renderAwsConfig } from '../aws-config/aws-config.ts';
import type { Context } from '../context.ts';
import type { AssignedAccount, AssignedRole } from '../people/directory.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import { type PortalQuery, renderPortalUrl } from './portal-query.ts';

/** The account that is open on the portal, and a page of the roles of the person in it. */
export interface OpenAccount {
  readonly account: AssignedAccount;
  readonly roles: readonly AssignedRole[];
  readonly hasMoreRoles: boolean;
}

interface Shown {
  readonly open: OpenAccount;
  readonly query: PortalQuery;
  readonly messages: Messages['portal'];
}

/** Renders the account that is open: the roles in it, and how to set up the AWS CLI for them. */
export function renderAccount(context: Context, shown: Shown): Html {
  const { account, roles } = shown.open;
  return html`<section class="account" id="account" aria-labelledby="account-name">
<h2 id="account-name"><bdi>${account.name}</bdi> <small>${account.id}</small></h2>
<ul class="roles" dir="auto">${roles.map(({ name }) => html`<li>${name}</li>`)}</ul>
${renderRolePager(shown)}
${roles.length > 0 && renderSetUp(context, shown)}
</section>`;
}

function renderRolePager({ open: { account, roles, hasMoreRoles }, query, messages }: Shown): Html | false {
  const { afterRole, ...rest } = query;
  const here = { ...rest, account: account.id };
  const last = roles.at(-1);
  if (afterRole === undefined && !hasMoreRoles) return false;
  return html`<p class="pager">
${afterRole !== undefined && html`<a href="${renderPortalUrl(here)}">${messages.firstRoles}</a>`}
${hasMoreRoles && last && html`<a href="${renderPortalUrl({ ...here, afterRole: last.name })}">${messages.nextRoles}</a>`}
</p>`;
}

function renderSetUp(context: Context, { open: { account, roles }, messages }: Shown): Html {
  const awsConfig = describeForAws(context, [{ ...account, roles }]);
  const name = awsConfig.profiles[0]?.name;
  return html`<h3>${messages.setUp}</h3>
<ol class="steps">
<li><p>${messages.addConfig('/aws-config')}</p>
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
