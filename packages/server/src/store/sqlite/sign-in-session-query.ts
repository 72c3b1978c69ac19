import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { uuidText } from '../sql/directory/uuid-bytes.ts';
import type { FoundSignInSession } from '../store.ts';
import type { People } from './directory/people.ts';

type Columns = readonly [
  id: number,
  salt: Uint8Array,
  userId: Uint8Array,
  userVersion: string,
  createdAtMs: number,
  expiresAtMs: number,
  endedAtMs: number | null,
  factors: string | null,
  usedAtMs: number | null,
];

/** Prepares the query for one sign-in session by its id. Rows come as arrays. */
export function prepareSignInSessionQuery(database: DatabaseSync): StatementSync {
  const query = database.prepare(`
    SELECT id, salt, user_id, user_version, created_at_ms, expires_at_ms, ended_at_ms, factors, used_at_ms
    FROM sign_in_session WHERE id = ?`);
  query.setReturnArrays(true);
  return query;
}

/** Runs the query, and finds the user. */
export function findSignInSession(
  query: StatementSync,
  people: People,
  rowId: number,
): FoundSignInSession | undefined {
  const columns = query.get(rowId) as unknown as Columns | undefined;
  if (columns === undefined) return undefined;
  const [id, salt, userIdBytes, userVersion, createdAtMs, expiresAtMs, ...more] = columns;
  const [endedAtMs, factors, usedAtMs] = more;
  const userId = uuidText(userIdBytes);
  const user = people.find(userId);
  return {
    ...{ id, salt, userId, userVersion, createdAtMs, expiresAtMs, endedAtMs, usedAtMs },
    ...(factors !== null && { factors }),
    ...(user && { user }),
  };
}
