import type { ListedSession, SessionKind, SessionPlace, SessionRef } from '../../port/session-lists.ts';
import { USE_NOTED_EVERY_MS } from '../../port/session-lists.ts';
import { uuidBytes, uuidText } from '../directory/uuid-bytes.ts';
import { all, get, run, type SqlValue, type Work } from '../work.ts';

const tables = { browser: 'sign_in_session', program: '"authorization"' } as const;

/** A person who may not sign in any more has no version. */
const COLUMNS = `
  t.id, t.user_id AS "userId", u.user_name AS "userName", t.user_version AS "userVersion",
  CASE WHEN u.status = 'enabled' AND u.blocked_by IS NULL THEN u.version END AS "version",
  t.created_at_ms AS "createdAtMs", t.expires_at_ms AS "expiresAtMs",
  t.used_at_ms AS "usedAtMs", t.used_from AS "usedFrom", t.used_with AS "usedWith"`;

const queries = {
  browser: `
    SELECT ${COLUMNS}, t.ended_at_ms AS "endedAtMs" FROM sign_in_session t
    LEFT JOIN directory_user u ON u.id = t.user_id
    WHERE `,
  program: `
    SELECT ${COLUMNS}, t.registered_name AS "clientName", t.rotated_at_ms AS "rotatedAtMs",
           t.sign_in_session_id AS "signInSessionId", coalesce(t.ended_at_ms, s.ended_at_ms) AS "endedAtMs"
    FROM "authorization" t
    LEFT JOIN sign_in_session s ON s.id = t.sign_in_session_id
    LEFT JOIN directory_user u ON u.id = t.user_id
    WHERE t.user_id IS NOT NULL AND `,
} as const;

/** @see SessionLists.listSessions */
export function* listSessions(
  kind: SessionKind,
  {
    userId,
    before = Number.MAX_SAFE_INTEGER,
    limit,
  }: { readonly userId?: string; readonly before?: number; readonly limit: number },
  nowMs: number,
): Work<readonly ListedSession[]> {
  const [of, ...values]: [string, ...SqlValue[]] =
    userId === undefined ? [''] : ['t.user_id = ? AND ', uuidBytes(userId)];
  const rows = yield* all<Row>(
    `${queries[kind]} ${of} t.id < ? ORDER BY t.id DESC LIMIT ?`,
    ...[...values, before, limit],
  );
  return rows.map((row) => readSession(kind, row, nowMs));
}

/** @see SessionLists.findListedSession */
export function* findListedSession({ kind, id }: SessionRef, nowMs: number): Work<ListedSession | undefined> {
  const row = yield* get<Row>(`${queries[kind]} t.id = ?`, id);
  return row && readSession(kind, row, nowMs);
}

/** @see SessionLists.noteUse */
export function* noteUse(
  { kind, id }: SessionRef,
  { nowMs, address, userAgent }: SessionPlace & { readonly nowMs: number },
): Work<number> {
  return yield* run(
    `UPDATE ${tables[kind]} SET used_at_ms = ?, used_from = ?, used_with = ?
     WHERE id = ? AND ended_at_ms IS NULL AND coalesce(used_at_ms, 0) <= ?`,
    ...[nowMs, address, userAgent, id, nowMs - USE_NOTED_EVERY_MS],
  );
}

interface Row {
  readonly id: number;
  readonly userId: Uint8Array;
  readonly userName: string | null;
  readonly userVersion: string;
  readonly version: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | null;
  readonly usedAtMs: number | null;
  readonly usedFrom: string | null;
  readonly usedWith: string | null;
  /** The columns of programs. */
  readonly clientName?: string | null;
  readonly rotatedAtMs?: number | null;
  readonly signInSessionId?: number;
}

function readSession(kind: SessionKind, row: Row, nowMs: number): ListedSession {
  const { id, userName, createdAtMs, expiresAtMs, endedAtMs, usedAtMs, usedFrom, usedWith } = row;
  const { clientName, rotatedAtMs, signInSessionId } = row;
  return {
    ...{ kind, id, userId: uuidText(row.userId), state: stateOf(row, nowMs), createdAtMs, expiresAtMs },
    usedAtMs: Math.max(createdAtMs, usedAtMs ?? 0, rotatedAtMs ?? 0),
    ...(userName !== null && { userName }),
    ...(endedAtMs !== null && { endedAtMs }),
    ...(usedFrom !== null && usedWith !== null && { place: { address: usedFrom, userAgent: usedWith } }),
    ...(typeof clientName === 'string' && { clientName }),
    ...(signInSessionId !== undefined && { signInSessionId }),
  };
}

function stateOf(
  { endedAtMs, version, userVersion, expiresAtMs }: Row,
  nowMs: number,
): ListedSession['state'] {
  if (endedAtMs !== null || version !== userVersion) return 'ended';
  return expiresAtMs <= nowMs ? 'expired' : 'live';
}
