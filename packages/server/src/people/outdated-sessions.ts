import type { Context } from '../context.ts';

const SESSIONS_AT_ONCE = 500;

/**
 * Ends the sign-in sessions of people who are not in the directory any more, or have another password in it, so that
 * they stay ended when somebody is enabled again. Takes the directory as it is when called, and the sessions begun
 * before that; a stretch at a time, so that requests never wait long for it.
 *
 * @param signal - stops it between two stretches
 */
export async function endOutdatedSessions(context: Context, signal: AbortSignal): Promise<void> {
  const { directory, store } = context;
  const firstLaterId = store.newId(context.now());
  let lastId = 0;
  while (!signal.aborted && lastId < firstLaterId) {
    const sessions = await store.listSignInSessions(lastId, SESSIONS_AT_ONCE);
    const live = sessions.filter(({ id, endedAtMs }) => id < firstLaterId && endedAtMs === null);
    await Promise.all(
      live.map(async ({ id, userId, userVersion }) => {
        const user = await directory.findUser(userId);
        if (user?.version !== userVersion) await store.endSignInSession(id, context.now());
      }),
    );
    lastId = sessions.at(-1)?.id ?? firstLaterId;
  }
}
