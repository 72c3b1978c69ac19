import { html } from 'hono/html';
import { listAccountsByName } from '../access/accounts-of-user.ts';
import type { AskerNetwork } from '../grants/asker-network.ts';
import { isAccountAccess } from '../grants/scopes.ts';
import type { User } from '../people/directory.ts';
import { type Destination, parseDestination } from './destination.ts';
import type { Html } from './html.ts';
import { plainText } from './plain-text.ts';
import { describeProgram } from './program.ts';
import { describeScopes } from './scopes.ts';
import { describeDuration, renderInstant } from './time.ts';
import type { Visit } from './visit.ts';

/** What a device request or an authorization request says of the client. */
interface Asker {
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly userAgent?: string;
  readonly address?: string;
  readonly network?: AskerNetwork;
  readonly createdAtMs?: number;
  readonly redirectUri?: string;
}

/** Renders what is known of the client, for the person to decide by. Claims that nobody has checked are marked as such. */
export async function renderAsker({ context, request }: Visit, user: User, asker: Asker): Promise<Html> {
  const reached = asker.scopes.some(isAccountAccess)
    ? await listAccountsByName(context.directory, user.id)
    : { accounts: [], hasMore: false };
  const program = describeProgram(asker.userAgent ?? '');
  const { sessionSeconds } = context.config.lifetimes;
  return html`<dl class="facts">
<div><dt>Who asks</dt><dd><bdi>${plainText(asker.clientName, 64) || '(no name)'}</bdi>
${program !== undefined && html`<br><bdi>${program}</bdi>`}
<small>Its own words, not checked.</small></dd></div>
${asker.address !== undefined && asker.network !== undefined && renderAddress(asker.address, asker.network, request.origin.address)}
${asker.createdAtMs !== undefined && html`<div><dt>Asked</dt><dd>${renderInstant(asker.createdAtMs, context.now())}</dd></div>`}
${asker.redirectUri !== undefined && renderDestination(asker.redirectUri)}
<div><dt>It may</dt><dd><ul>${describeScopes(asker.scopes, reached).map((text) => html`<li>${text}</li>`)}</ul>
<small>As <bdi>${user.displayName}</bdi>, for up to ${describeDuration(sessionSeconds)} or until you sign out.</small></dd></div>
</dl>`;
}

function renderAddress(asking: string, network: AskerNetwork, browsing: string): Html {
  return html`<div><dt>From</dt><dd><bdi>${asking}</bdi> ${describeNetwork(network, browsing)}</dd></div>`;
}

function describeNetwork(network: AskerNetwork, browsing: string): Html {
  switch (network) {
    case 'same':
      return html`<small>The same network as this browser.</small>`;
    case 'different':
      return html`<small class="doubt">Not where you are now: this browser is at <bdi>${browsing}</bdi>. That is right if you started this on another machine, such as over SSH. If not, deny.</small>`;
    case 'otherIpVersion':
      return html`<small>It is not known from which network: this browser is at <bdi>${browsing}</bdi>, and addresses of IPv4 and IPv6 cannot be compared.</small>`;
    case 'behindProxy':
      return html`<small>It is not known from which network: this may be the address of a proxy.</small>`;
  }
}

function renderDestination(redirectUri: string): Html {
  const { name, place, ownLetters } = parseDestination(redirectUri);
  return html`<div><dt>Goes to</dt><dd><bdi>${plainText(name, 2048)}</bdi> ${PLACES[place]}
${ownLetters !== undefined && html`<small>Written in its own letters: <bdi>${plainText(ownLetters, 2048)}</bdi>. Some look like letters of other alphabets.</small>`}</dd></div>`;
}

const PLACES: Readonly<Record<Destination['place'], Html>> = {
  here: html`<small>A program on the computer you are using.</small>`,
  app: html`<small>An app on the device you are using.</small>`,
  elsewhere: html`<small class="doubt">Another computer, which gets your access. If you do not know it, deny.</small>`,
};
