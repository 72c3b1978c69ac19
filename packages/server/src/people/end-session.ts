import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import type { SessionRef } from '../store/port/session-lists.ts';

/**
 * Ends one session of a person: a browser's, with every program that was allowed in it, or a program's alone. Durable once it
 * resolves; from then on nothing that came of it works, role credentials included.
 *
 * @param end.actor - who asks: a user id, or `command:` and a name
 * @returns whether this call ended it
 */
export async function endSession(
  {
    store,
    audit,
    now,
  }: Pick<Context, 'audit' | 'now'> & {
    readonly store: Pick<Context['store'], 'endSignInSession' | 'endAuthorization'>;
  },
  { kind, id, userId }: SessionRef & { readonly userId: string },
  { actor, origin }: { readonly actor: string; readonly origin: Origin },
): Promise<boolean> {
  const isEnded = await (kind === 'browser'
    ? store.endSignInSession(id, now())
    : store.endAuthorization(id, now()));
  if (isEnded) audit.record({ event: 'sessionEnded', session: kind, sessionId: id, userId, actor }, origin);
  return isEnded;
}
