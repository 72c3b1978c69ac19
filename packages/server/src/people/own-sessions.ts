import type { Context } from '../context.ts';
import { changeAudited } from '../directory/audited-change.ts';
import type { Origin } from '../origin.ts';
import type { ListedSession, SessionKind, SessionRef } from '../store/port/session-lists.ts';
import { endSession } from './end-session.ts';
import type { SignInSession } from './sign-in.ts';

export type { ListedSession, SessionKind, SessionRef } from '../store/port/session-lists.ts';

/** Sessions that are looked at in one read. */
const LOOKED_AT_ONCE = 200;
/** Reads after which a list is cut, however few of the sessions go on. */
const MOST_READS = 10;

/** A page of a person's own sessions. */
export interface OwnSessions {
  readonly sessions: readonly ListedSession[];
  /** The id after which there are older ones; absent where there are none. */
  readonly before?: number;
}

/** Lists the sessions of a person that go on, the newest first. */
export async function listOwnSessions(
  { store, now }: Pick<Context, 'store' | 'now'>,
  userId: string,
  {
    kind,
    before: first,
    limit,
  }: { readonly kind: SessionKind; readonly before?: number; readonly limit: number },
): Promise<OwnSessions> {
  const sessions: ListedSession[] = [];
  let before = first;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const page = { userId, limit: LOOKED_AT_ONCE, ...(before !== undefined && { before }) };
    const looked = await store.listSessions(kind, page, now());
    const live = looked.filter(({ state }) => state === 'live').slice(0, limit + 1 - sessions.length);
    sessions.push(...live);
    if (sessions.length > limit) {
      const shown = sessions.slice(0, limit);
      return { sessions: shown, before: shown.at(-1)!.id };
    }
    if (looked.length < LOOKED_AT_ONCE) return { sessions };
    before = looked.at(-1)!.id;
  }
  return { sessions, ...(before !== undefined && { before }) };
}

/** Lists what happened to the sessions of a person lately, as far as they are kept: those that began, and those that ended. */
export async function listOwnActivity(
  { store, now }: Pick<Context, 'store' | 'now'>,
  userId: string,
  limit: number,
): Promise<readonly OwnActivity[]> {
  const pages = await Promise.all(
    (['browser', 'program'] as const).map((kind) => store.listSessions(kind, { userId, limit }, now())),
  );
  return pages
    .flat()
    .flatMap((session): OwnActivity[] => {
      const began = { what: 'began', atMs: session.createdAtMs, session } as const;
      const { endedAtMs } = session;
      return endedAtMs === undefined ? [began] : [began, { what: 'ended', atMs: endedAtMs, session }];
    })
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(0, limit);
}

/** Something that happened to a session. */
export interface OwnActivity {
  readonly what: 'began' | 'ended';
  readonly atMs: number;
  readonly session: ListedSession;
}

/** Ends a session of a person, who asks for it. @returns whether it was theirs, and this call ended it */
export async function endOwnSession(
  context: Pick<Context, 'store' | 'audit' | 'now'>,
  { user }: SignInSession,
  session: SessionRef,
  origin: Origin,
): Promise<boolean> {
  const found = await context.store.findListedSession(session, context.now());
  if (found?.userId !== user.id) return false;
  return endSession(context, found, { actor: user.id, origin });
}

/** Ends everything that a person began, in every browser and program. */
export async function endAllOwnSessions(
  { store, audit, now }: Pick<Context, 'store' | 'audit' | 'now'>,
  { user }: SignInSession,
  origin: Origin,
): Promise<void> {
  const steps = [{ kind: 'signOutEverywhere', userId: user.id }] as const;
  await changeAudited({ store, audit }, { source: 'page', actor: user.id, nowMs: now(), steps }, origin);
}
