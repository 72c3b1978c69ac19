import type { Context } from '../context.ts';
import { type Origin, placeOf } from '../origin.ts';
import { type SessionKind, USE_NOTED_EVERY_MS } from '../store/port/session-lists.ts';

/** A session whose use is noted: a row of the store, with what it says of its last use. */
interface UsedSession {
  readonly id: number;
  readonly usedAtMs: number | null;
}

/**
 * Notes that a session is used, and from where, unless that was noted within the hour: so people see their sessions to within an
 * hour, and a request that reads writes nothing but once an hour. Nobody waits for it; where it fails, the next request notes it.
 */
export function noteUse(
  { store, now }: Pick<Context, 'store' | 'now'>,
  kind: SessionKind,
  { id, usedAtMs }: UsedSession,
  origin: Origin,
): void {
  const nowMs = now();
  if (usedAtMs !== null && nowMs - usedAtMs < USE_NOTED_EVERY_MS) return;
  store.noteUse({ kind, id }, { nowMs, ...placeOf(origin) }).catch(() => undefined);
}
