import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { isRecentSignIn } from '../factors/recent-sign-in.ts';
import { parseHappening } from '../notices/happening.ts';
import { renderHappening } from './describe-happening.ts';
import type { Html } from './html.ts';
import type { Language } from './messages/languages.ts';
import type { SignedIn } from './session-cookie.ts';

/** The most happenings that a page tells of; `/me` has all. */
const SHOWN = 3;

/**
 * Renders what happened before a person signed in, and what nobody told them of: on every page while the sign-in is recent, until they have
 * looked at `/me`.
 */
export async function renderNews(
  context: Context,
  { messages }: Language,
  { session }: SignedIn,
): Promise<Html | undefined> {
  if (!isRecentSignIn(context, session)) return undefined;
  const untold = await context.store.notices.listNotices(session.user.id, {
    untold: true,
    limit: SHOWN + 10,
  });
  const news = untold.filter(({ atMs }) => atMs < session.createdAtMs).slice(0, SHOWN);
  if (news.length === 0) return undefined;
  return html`<div class="message news" role="status">
<p>${messages.told.lead}</p>
<ul>
${news.map(
  (notice) =>
    html`<li>${renderHappening(parseHappening(notice), messages)} <small>${messages.sessions.when(notice.atMs, context.now())}</small></li>`,
)}
</ul>
<p><a href="/me#activity">${messages.told.look}</a></p>
</div>`;
}
