import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { isRecentSignIn, RECENT_SIGN_IN_SECONDS } from '../factors/recent-sign-in.ts';
import { type Notice, parseHappening } from '../notices/happening.ts';
import {
  endAllOwnSessions,
  endOwnSession,
  type ListedSession,
  listOwnActivity,
  listOwnSessions,
  type OwnActivity,
  type OwnSessions,
  type SessionKind,
  type SessionRef,
} from '../people/own-sessions.ts';
import { checkForm, formToken, sentByAnotherSite } from './csrf.ts';
import { describeBrowser } from './describe-browser.ts';
import { renderHappening } from './describe-happening.ts';
import { parseForm, parseQuery } from './form.ts';
import { type Html, renderAddress } from './html.ts';
import { renderProblem } from './notice.ts';
import { plainText } from './plain-text.ts';
import { describeProgram } from './program.ts';
import { endSessionCookies, findUsedSessions, type SignedIn } from './session-cookie.ts';
import { renderPage, seeOther, signInFirst, type Visit } from './visit.ts';

const PATH = '/me';
/** Browsers and programs on one page. */
const SESSIONS_OF_A_PAGE = 50;
const MOST_ACTIVITY = 20;
/** The value of a form that ends everything. */
const ALL = 'all';

interface SessionsVisit extends Visit {
  readonly signedIn: SignedIn;
}

/** Shows a person their browsers and programs, and what happened to them lately. */
export async function showSessions(visit: Visit): Promise<WireResponse> {
  const { signedIn } = visit;
  if (signedIn === undefined) return signInFirst(PATH);
  return renderSessions({ ...visit, signedIn });
}

/** Ends one session of the person, or all; for a person who signed in a while ago, after signing in again. */
export async function submitSessions(visit: Visit): Promise<WireResponse> {
  const { context, request, signedIn, language } = visit;
  const messages = language.messages.sessions;
  if (signedIn === undefined) return signInFirst(PATH);
  const fields = parseForm(request);
  const given = fields.get('end') ?? '';
  const binding = { form: 'sessions', secret: signedIn.token, question: given } as const;
  const verdict = checkForm(request, context, fields, binding);
  if (verdict === 'otherSite') throw sentByAnotherSite();
  if (verdict !== 'genuine') return renderSessions({ ...visit, signedIn }, messages.notGenuine, 403);
  const { session } = signedIn;
  if (!isRecentSignIn(context, session)) {
    return seeOther(`/sign-in?${new URLSearchParams({ to: PATH, user_name: session.user.userName })}`);
  }
  if (given === ALL) {
    const found = await findUsedSessions(request, context);
    await endAllOwnSessions(context, session, request.origin);
    return seeOther('/sign-out', endSessionCookies(context, found));
  }
  const ref = parseSession(given);
  if (ref !== undefined && (await endOwnSession(context, session, ref, request.origin)))
    return seeOther(PATH);
  return renderSessions({ ...visit, signedIn }, messages.endedBefore, 409);
}

/** A session as forms name it. */
function nameSession({ kind, id }: SessionRef): string {
  return `${kind}-${id}`;
}

function parseSession(text: string): SessionRef | undefined {
  const [, kind, id] = /^(browser|program)-([1-9]\d{0,15})$/.exec(text) ?? [];
  const number = Number(id);
  return kind !== undefined && Number.isSafeInteger(number)
    ? { kind: kind as SessionKind, id: number }
    : undefined;
}

/** The session before a page of a list, by its kind: `?browser=…` or `?program=…`. */
function parseBefore({ request }: Visit, kind: SessionKind): { readonly before?: number } {
  const ref = parseSession(`${kind}-${parseQuery(request).get(kind) ?? ''}`);
  return ref === undefined ? {} : { before: ref.id };
}

async function renderSessions(
  visit: SessionsVisit,
  problem?: string,
  status?: number,
): Promise<WireResponse> {
  const { context, language, signedIn } = visit;
  const messages = language.messages.sessions;
  const { user } = signedIn.session;
  const find = (kind: SessionKind) =>
    listOwnSessions(context, user.id, { kind, limit: SESSIONS_OF_A_PAGE, ...parseBefore(visit, kind) });
  const [browsers, programs, activity, notices] = await Promise.all([
    find('browser'),
    find('program'),
    listOwnActivity(context, user.id, MOST_ACTIVITY),
    context.store.notices.listNotices(user.id, { limit: MOST_ACTIVITY }),
  ]);
  // Whoever sees this page is told; what happens meanwhile is not on it.
  const seenMs = notices[0]?.atMs;
  if (seenMs !== undefined) await context.store.notices.noteTold(user.id, { untilMs: seenMs }, context.now());
  return renderPage(visit, {
    title: messages.title,
    ...(status !== undefined && { status }),
    main: html`<h1>${messages.title}</h1>
${renderProblem(problem)}
<p class="lead">${messages.lead}</p>
${!isRecentSignIn(context, signedIn.session) && html`<p class="message">${messages.recent(RECENT_SIGN_IN_SECONDS)}</p>`}
<h2>${messages.browsers}</h2>
<p>${messages.browsersText}</p>
${renderList(visit, 'browser', browsers)}
<h2>${messages.programs}</h2>
<p>${programs.sessions.length === 0 ? messages.noPrograms : messages.programsText}</p>
${renderList(visit, 'program', programs)}
<p class="hint">${messages.toTheHour}</p>
<h2>${messages.everywhere}</h2>
<p>${messages.everywhereText}</p>
<form method="post" action="${PATH}">
${renderToken(visit, ALL)}
<div class="choices"><button class="secondary" name="end" value="${ALL}">${messages.submitEverywhere}</button></div>
</form>
<h2 id="activity">${messages.activity}</h2>
<p>${messages.activityText}</p>
${renderActivity(visit, activity, notices)}
<p class="aside"><a href="/me/security">${visit.language.messages.security.title}</a></p>
<p class="aside"><a href="/">${messages.back}</a></p>`,
  });
}

function renderList(visit: SessionsVisit, kind: SessionKind, { sessions, before }: OwnSessions): Html {
  const messages = visit.language.messages.sessions;
  const isFirst = parseBefore(visit, kind).before === undefined;
  return html`${
    sessions.length > 0 &&
    html`<ul class="sessions">
${sessions.map((session) => renderSession(visit, session))}
</ul>`
  }
${
  (!isFirst || before !== undefined) &&
  html`<p class="pager">
${!isFirst && html`<a href="${PATH}">${messages.newest}</a>`}
${before !== undefined && html`<a href="${PATH}?${kind}=${before}">${messages.older}</a>`}
</p>`
}`;
}

function renderSession(visit: SessionsVisit, session: ListedSession): Html {
  const { context, language, signedIn } = visit;
  const messages = language.messages.sessions;
  const nowMs = context.now();
  const { createdAtMs, usedAtMs, place, signInSessionId } = session;
  const isThisBrowser = session.kind === 'browser' && session.id === signedIn.session.id;
  const name = nameOf(visit, session);
  const detail =
    session.kind === 'program' && describeProgram(place?.userAgent ?? '', language.messages.asker);
  const end = nameSession(session);
  return html`<li class="session">
<div class="session-facts"><strong><bdi>${name}</bdi></strong>
${detail && detail !== name && html`<small><bdi>${detail}</bdi></small>`}
<small>${place === undefined ? messages.usedSomewhere(usedAtMs, nowMs) : messages.used(usedAtMs, nowMs, renderAddress(place.address))}</small>
<small>${messages.began(createdAtMs, nowMs)}${isThisBrowser && html` ${messages.thisBrowser}`}${signInSessionId === signedIn.session.id && html` ${messages.allowedHere}`}</small></div>
${
  !isThisBrowser &&
  html`<form method="post" action="${PATH}">
${renderToken(visit, end)}
<button class="quiet" name="end" value="${end}" aria-label="${messages.endNamed(name)}">${messages.end}</button>
</form>`
}
</li>`;
}

/** Sessions that began or ended, and what the person is told of, the newest first. */
function renderActivity(
  visit: SessionsVisit,
  activity: readonly OwnActivity[],
  notices: readonly Notice[],
): Html {
  const { context, language } = visit;
  const { sessions: messages } = language.messages;
  const lines = [
    ...activity.map(({ what, atMs, session }) => {
      const name = html`<bdi>${nameOf(visit, session)}</bdi>`;
      const say = what === 'began' ? (`${session.kind}Began` as const) : (`${session.kind}Ended` as const);
      return { atMs, text: messages[say](name) };
    }),
    ...notices.map((notice) => ({
      atMs: notice.atMs,
      text: renderHappening(parseHappening(notice), language.messages),
    })),
  ];
  if (lines.length === 0) return html`<p>${messages.nothing}</p>`;
  return html`<ul class="activity">
${lines
  .toSorted((one, other) => other.atMs - one.atMs)
  .slice(0, 2 * MOST_ACTIVITY)
  .map(({ atMs, text }) => html`<li>${text} <small>${messages.when(atMs, context.now())}</small></li>`)}
</ul>`;
}

function nameOf({ language }: Visit, { kind, clientName, place }: ListedSession): string {
  const messages = language.messages.sessions;
  if (kind === 'program') return plainText(clientName ?? '', 64) || messages.unknownProgram;
  return describeBrowser(place?.userAgent ?? '', language.messages.asker) ?? messages.unknownBrowser;
}

function renderToken({ context, signedIn }: SessionsVisit, question: string): Html {
  const token = formToken(context, { form: 'sessions', secret: signedIn.token, question });
  return html`<input type="hidden" name="form_token" value="${token}">`;
}
