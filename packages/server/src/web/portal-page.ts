import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { readAccountsWithRoles } from '../access/accounts-of-user.ts';
import type { AccountWithRoles } from '../access/assigned-accounts.ts';
import { describeForAws, renderAwsConfig } from '../aws-config/aws-config.ts';
import type { Context } from '../context.ts';
import { portalUrl } from '../grants/start-url.ts';
import type { Html } from './html.ts';
import { renderMessage } from './notice.ts';
import { renderPage, signInFirst, type Visit } from './visit.ts';

/** Renders the access portal: the person's accounts and roles, and how to set up the AWS CLI for them. */
export async function showPortal(visit: Visit): Promise<WireResponse> {
  const { context, signedIn } = visit;
  if (signedIn === undefined) return signInFirst('/');
  const { user } = signedIn.session;
  const assigned = await Array.fromAsync(readAccountsWithRoles(context.directory, user.id));
  const accounts = assigned.sort((a, b) => a.name.localeCompare(b.name));
  return renderPage(visit, {
    title: 'Your accounts',
    width: 'wide',
    main: html`<h1>Your accounts</h1>
${renderMessage(context.brand)}
${accounts.length === 0 ? renderNoAccounts() : renderAccounts(accounts)}
${accounts.length > 0 && renderSetUp(context, accounts)}
<h2>Sign in a device</h2>
<p>Does a program show you a code? <a href="/device">Enter the code</a></p>
<p class="aside">You are signed in as <bdi>${user.displayName}</bdi> (<bdi>${user.userName}</bdi>).</p>`,
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

function renderNoAccounts(): Html {
  return html`<p>None is assigned to you yet. Ask whoever runs this service.</p>`;
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

function renderSetUp(context: Context, accounts: readonly AccountWithRoles[]): Html {
  const awsConfig = describeForAws(context, accounts);
  const name = awsConfig.profiles[0]?.name;
  return html`<h2>Set up the AWS CLI</h2>
<ol class="steps">
<li><p>Add this to <code>~/.aws/config</code>. One click selects all of it. If such lines are there already, from
<code>BEGIN</code> to <code>END</code>, replace them: the AWS CLI reads no file in which a section comes twice. Where
Latchkey’s own command is set up, <code>latchkey aws-config --write --user</code> with your user name does it.</p>
${renderSnippet('Configuration for the AWS CLI', renderAwsConfig(awsConfig))}</li>
<li><p>Sign in:</p>
${renderSnippet('Command to sign in', `aws sso login --profile ${name}`)}</li>
<li><p>Use a role by the name of its profile:</p>
${renderSnippet('Command that uses a role', `aws sts get-caller-identity --profile ${name}`)}</li>
</ol>`;
}

/** Renders text to copy. It may scroll sideways, so the keyboard can reach it (`tabindex`), as a region with a name. */
function renderSnippet(label: string, text: string): Html {
  return html`<pre class="snippet" tabindex="0" role="region" aria-label="${label}">${text}</pre>`;
}
