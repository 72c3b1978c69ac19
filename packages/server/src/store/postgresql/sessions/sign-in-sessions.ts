import { uuidBytes, uuidText } from '../../sql/directory/uuid-bytes.ts';
import { all, get, run, type Work } from '../../sql/work.ts';
import type { FoundSignInSession, NewSignInSession } from '../../store.ts';
import type { Database } from '../database.ts';
import { MAY_SIGN_IN, PERSON, type PersonColumns, personOf } from '../directory/people.ts';
import { withNewId } from '../row-id.ts';
import { readStatement, writeStatement } from '../statement.ts';

const insertStatement = writeStatement(
  'insert_sign_in_session',
  `INSERT INTO sign_in_session (id, salt, user_id, user_version, created_at_ms, expires_at_ms, factors,
                                used_at_ms, used_from, used_with)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING RETURNING id`,
  'repeat',
);

const findSaltStatement = readStatement(
  'find_sign_in_salt',
  'SELECT salt FROM sign_in_session WHERE id = $1',
);

const findStatement = readStatement(
  'find_sign_in_session',
  `SELECT s.id, s.salt, s.user_id AS "userId", s.user_version AS "userVersion", s.created_at_ms AS "createdAtMs",
          s.expires_at_ms AS "expiresAtMs", s.ended_at_ms AS "endedAtMs", s.factors, s.used_at_ms AS "usedAtMs", ${PERSON}
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
  const { salt, createdAtMs } = session;
  return withNewId(createdAtMs, async (id) => {
    if (replacedIds.length > 0) {
      const isInserted = await database.transaction(() => replace(id, session, replacedIds), 'repeat');
      return isInserted ? id : undefined;
    }
    const { rows, afterLoss } = await database.writeOnce(insertStatement, valuesOf(id, session));
    if (rows.length > 0) return id;
    return afterLoss && (await hasSalt(database, id, salt)) ? id : undefined;
  });
}

function valuesOf(id: number, session: NewSignInSession) {
  const { salt, userId, userVersion, createdAtMs, expiresAtMs, factors, address, userAgent } = session;
  const used = [createdAtMs, address, userAgent] as const;
  return [
    ...([id, salt, uuidBytes(userId), userVersion, createdAtMs, expiresAtMs, factors ?? null] as const),
    ...used,
  ] as const;
}

/**
 * Inserts a session in place of others, once: what was approved in these belongs to it. Each statement sees what was approved before
 * the one before it had the session's row.
 *
 * @returns false: another row has the id
 */
function* replace(id: number, session: NewSignInSession, replacedIds: readonly number[]): Work<boolean> {
  const inserted = yield* all(insertStatement.text, ...valuesOf(id, session));
  if (inserted.length === 0) {
    // It may be the row of a try whose commit had no answer.
    const row = yield* get<{ salt: Uint8Array }>(findSaltStatement.text, id);
    return row !== undefined && Buffer.compare(row.salt, session.salt) === 0;
  }
  for (const replacedId of replacedIds.toSorted((a, b) => a - b)) {
    const ended = yield* all(endStatement.text, replacedId, session.createdAtMs);
    if (ended.length === 0) continue;
    // In the order in which batches take them.
    yield* all(
      'SELECT id FROM "authorization" WHERE sign_in_session_id = ? ORDER BY id FOR UPDATE',
      replacedId,
    );
    yield* run(
      'UPDATE "authorization" SET sign_in_session_id = ? WHERE sign_in_session_id = ?',
      ...[id, replacedId],
    );
  }
  return true;
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
  const { id, salt, userVersion, createdAtMs, expiresAtMs, endedAtMs, factors, usedAtMs } = row;
  const userId = uuidText(row.userId);
  return {
    ...{ id, salt, userId, userVersion, createdAtMs, expiresAtMs, endedAtMs, usedAtMs },
    ...(factors !== null && { factors }),
    ...personOf(userId, row),
  };
}

export async function endSignInSession(database: Database, id: number, nowMs: number): Promise<boolean> {
  const { rows, afterLoss } = await database.writeOnce(endStatement, [id, nowMs]);
  if (rows.length > 0 || !afterLoss) return rows.length > 0;
  return (await database.read(wasEndedStatement, [id, nowMs])).length > 0;
}

interface Row extends Omit<FoundSignInSession, 'userId' | 'user' | 'factors'>, PersonColumns {
  readonly userId: Uint8Array;
  readonly factors: string | null;
}
