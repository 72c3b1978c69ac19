import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FoundSignInSession } from '../store.ts';
import { USER_COLUMNS, USER_JOIN, type UserColumns, userOf } from './directory/joined-user.ts';
import { uuidText } from './directory/uuid-bytes.ts';

type Columns = readonly [
  id: number,
  salt: Uint8Array,
  userId: Uint8Array,
  userVersion: string,
  createdAtMs: number,
  expiresAtMs: number,
  endedAtMs: number | null,
  ...user: UserColumns,
];

/** Prepares the query for one sign-in session by its id, with its user. */
export function prepareSignInSessionQuery(database: DatabaseSync): StatementSync {
  const query = database.prepare(`
    SELECT s.id, s.salt, s.user_id, s.user_version, s.created_at_ms, s.expires_at_ms, s.ended_at_ms, ${USER_COLUMNS}
    FROM sign_in_session s ${USER_JOIN} s.user_id
    WHERE s.id = ?`);
  query.setReturnArrays(true);
  return query;
}

export function findSignInSession(query: StatementSync, rowId: number): FoundSignInSession | undefined {
  const columns = query.get(rowId) as unknown as Columns | undefined;
  if (columns === undefined) return undefined;
  const [id, salt, userIdBytes, userVersion, createdAtMs, expiresAtMs, endedAtMs, ...columnsOfUser] = columns;
  const userId = uuidText(userIdBytes);
  const user = userOf(userId, columnsOfUser);
  return { id, salt, userId, userVersion, createdAtMs, expiresAtMs, endedAtMs, ...(user && { user }) };
}
