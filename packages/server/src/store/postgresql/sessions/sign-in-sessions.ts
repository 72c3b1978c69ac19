import { uuidBytes, uuidText } from '../../sql/directory/uuid-bytes.ts';
import type { FoundSignInSession, NewSignInSession } from '../../store.ts';
import type { Database } from '../database.ts';
import { MAY_SIGN_IN, PERSON, type PersonColumns, personOf } from '../directory/people.ts';
import { withNewId } from '../row-id.ts';
import { readStatement, writeStatement } from '../statement.ts';

// What was approved in the sessions that end belongs to the new one.
const insertStatement = writeStatement(
  'insert_sign_in_session',
  `WITH inserted AS (
     INSERT INTO sign_in_session (id, salt, user_id, user_version, created_at_ms, expires_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING id),
   ended AS (
     UPDATE sign_in_session s SET ended_at_ms = greatest($5, s.created_at_ms)
     WHERE s.id = ANY ($7::bigint[]) AND s.ended_at_ms IS NULL AND EXISTS (SELECT 1 FROM inserted) RETURNING s.id),
   moved AS (
     UPDATE "authorization" a SET sign_in_session_id = $1 WHERE a.sign_in_session_id IN (SELECT id FROM ended))
   SELECT id FROM inserted`,
  'repeat',
);

const findSaltStatement = readStatement(
  'find_sign_in_salt',
  'SELECT salt FROM sign_in_session WHERE id = $1',
);

const findStatement = readStatement(
  'find_sign_in_session',
  `SELECT s.id, s.salt, s.user_id AS "userId", s.user_version AS "userVersion", s.created_at_ms AS "createdAtMs",
          s.expires_at_ms AS "expiresAtMs", s.ended_at_ms AS "endedAtMs", ${PERSON}
   FROM sign_in_session s LEFT JOIN directory_user u ON u.id = s.user_id AND ${MAY_SIGN_IN}
   WHERE s.id = $1`,
);

const endStatement = writeStatement(
  'end_sign_in_session',
  `UPDATE sign_in_session SET ended_at_ms = greatest($2, created_at_ms)
   WHERE id = $1 AND ended_at_ms IS NULL RETURNING id`,
  'repeat',
);

const wasEndedStatement = readStatement(
  'find_end_of_sign_in_session',
  'SELECT 1 FROM sign_in_session WHERE id = $1 AND ended_at_ms = greatest($2, created_at_ms)',
);

export function insertSignInSession(
  database: Database,
  session: NewSignInSession,
  replacedIds: readonly number[],
): Promise<number> {
  const { salt, userId, userVersion, createdAtMs, expiresAtMs } = session;
  return withNewId(createdAtMs, async (id) => {
    const values = [id, salt, uuidBytes(userId), userVersion, createdAtMs, expiresAtMs, replacedIds];
    const { rows, afterLoss } = await database.writeOnce(insertStatement, values);
    if (rows.length > 0) return id;
    return afterLoss && (await hasSalt(database, id, salt)) ? id : undefined;
  });
}

/** Whether the row is that of an insert whose answer was lost. */
async function hasSalt(database: Database, id: number, salt: Uint8Array): Promise<boolean> {
  const [row] = await database.read(findSaltStatement, [id]);
  return row !== undefined && Buffer.compare(row['salt'] as Uint8Array, salt) === 0;
}

export async function findSignInSession(
  database: Database,
  rowId: number,
): Promise<FoundSignInSession | undefined> {
  const [row] = (await database.read(findStatement, [rowId])) as unknown as readonly Row[];
  if (row === undefined) return undefined;
  const { id, salt, userVersion, createdAtMs, expiresAtMs, endedAtMs } = row;
  const userId = uuidText(row.userId);
  return { id, salt, userId, userVersion, createdAtMs, expiresAtMs, endedAtMs, ...personOf(userId, row) };
}

export async function endSignInSession(database: Database, id: number, nowMs: number): Promise<boolean> {
  const { rows, afterLoss } = await database.writeOnce(endStatement, [id, nowMs]);
  if (rows.length > 0 || !afterLoss) return rows.length > 0;
  return (await database.read(wasEndedStatement, [id, nowMs])).length > 0;
}

interface Row extends Omit<FoundSignInSession, 'userId' | 'user'>, PersonColumns {
  readonly userId: Uint8Array;
}
