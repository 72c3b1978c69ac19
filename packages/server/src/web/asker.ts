import { html } from 'hono/html';
import { listAccountsByName } from '../access/accounts-of-user.ts';
import type { AskerNetwork } from '../grants/asker-network.ts';
import { isAccountAccess } from '../grants/scopes.ts';
import type { User } from '../people/directory.ts';
import { parseDestination } from './destination.ts';
import { type Html, renderAddress } from './html.ts';
import type { Messages } from './messages/english.ts';
import { plainText } from './plain-text.ts';
import { describeProgram } from './program.ts';
import { describeScopes, MAX_NAMED_ACCOUNTS } from './scopes.ts';
import type { Visit } from './visit.ts';

/** What a device request or an authorization request says of the client. */
interface Asker {
  readonly clientName: string;
  /** Id of the client in the configuration, if it has one. */
  readonly knownClient?: string;
  readonly scopes: readonly string[];
  readonly userAgent?: string;
  readonly address?: string;
  readonly network?: AskerNetwork;
  readonly createdAtMs?: number;
  readonly redirectUri?: string;
}

/** Renders what is known of the client, for the person to decide by. Claims that nobody has checked are marked as such. */
export async function renderAsker(
  { context, language, request }: Visit,
  user: User,
  asker: Asker,
): Promise<Html> {
  const messages = language.messages.asker;
  const reached = asker.scopes.some(isAccountAccess)
    ? await listAccountsByName(context.directory, user.id, {
        locale: language.tag,
        page: { limit: MAX_NAMED_ACCOUNTS },
      })
    : { accounts: [], areTooMany: false };
  const program = describeProgram(asker.userAgent ?? '', messages);
  const scopes = describeScopes(asker.scopes, reached, language.messages.scopes);
  const { sessionSeconds } = context.config.lifetimes;
  return html`<dl class="facts">
<div><dt>${messages.who}</dt><dd>${plainText(asker.clientName, 64) === '' ? messages.noName : html`<bdi>${plainText(asker.clientName, 64)}</bdi>`}
${program !== undefined && asker.knownClient === undefined && html`<br><bdi>${program}</bdi>`}
<small>${asker.knownClient === undefined ? messages.unchecked : messages.known}</small></dd></div>
${asker.address !== undefined && asker.network !== undefined && renderOrigin(asker.address, asker.network, request.origin.address, messages)}
${asker.createdAtMs !== undefined && html`<div><dt>${messages.asked}</dt><dd>${messages.askedAt(asker.createdAtMs, context.now())}</dd></div>`}
${asker.redirectUri !== undefined && renderDestination(asker.redirectUri, messages)}
<div><dt>${messages.may}</dt><dd><ul>${scopes.map((text) => html`<li>${text}</li>`)}</ul></dd></div>
<div><dt>${messages.as}</dt><dd><bdi>${user.displayName}</bdi> (<bdi>${user.userName}</bdi>)
<small>${messages.howLong(sessionSeconds)}</small></dd></div>
</dl>`;
}

function renderOrigin(
  asking: string,
  network: AskerNetwork,
  browsing: string,
  messages: Messages['asker'],
): Html {
  const isDoubtful = network === 'different' && html` class="doubt"`;
  const comparison = messages.network[network](renderAddress(browsing));
  return html`<div><dt>${messages.from}</dt><dd>${renderAddress(asking)} <small${isDoubtful}>${comparison}</small></dd></div>`;
}

function renderDestination(redirectUri: string, messages: Messages['asker']): Html {
  const { name, place, ownLetters } = parseDestination(redirectUri);
  const isDoubtful = place === 'elsewhere' && html` class="doubt"`;
  return html`<div><dt>${messages.goesTo}</dt><dd><bdi>${plainText(name, 2048)}</bdi> <small${isDoubtful}>${messages.place[place]}</small>
${ownLetters !== undefined && html`<small>${messages.ownLetters(html`<bdi>${plainText(ownLetters, 2048)}</bdi>`)}</small>`}</dd></div>`;
}
