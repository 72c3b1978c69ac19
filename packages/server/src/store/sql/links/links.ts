import type { LinkPurpose, NewLink, OneTimeLink } from '../../port/links.ts';
import { uuidBytes, uuidText } from '../directory/uuid-bytes.ts';
import { get, run, type Work } from '../work.ts';

interface LinkRow {
  readonly userId: Uint8Array;
  readonly userVersion: string;
  readonly purpose: LinkPurpose;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

const COLUMNS = `l.user_id AS "userId", l.user_version AS "userVersion", l.purpose, l.created_at_ms AS "createdAtMs",
  l.expires_at_ms AS "expiresAtMs"`;

/** Runs while no change of the directory does. */
export function* putLink({ userId, userVersion, tokenDigest, purpose, ...times }: NewLink): Work<boolean> {
  const user = uuidBytes(userId);
  const isThere = yield* get('SELECT 1 FROM directory_user WHERE id = ? AND version = ?', user, userVersion);
  if (isThere === undefined) return false;
  yield* run(
    `INSERT INTO one_time_link (user_id, token_digest, user_version, purpose, created_at_ms, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE
     SET token_digest = excluded.token_digest, user_version = excluded.user_version, purpose = excluded.purpose,
         created_at_ms = excluded.created_at_ms, expires_at_ms = excluded.expires_at_ms`,
    ...[user, tokenDigest, userVersion, purpose, times.createdAtMs, times.expiresAtMs],
  );
  return true;
}

export function* findLink(tokenDigest: Uint8Array, nowMs: number): Work<OneTimeLink | undefined> {
  return linkOf(
    yield* get<LinkRow>(
      `SELECT ${COLUMNS} FROM one_time_link l WHERE l.token_digest = ? AND l.expires_at_ms > ?`,
      ...[tokenDigest, nowMs],
    ),
  );
}

export function* findLinkOf(userId: string, nowMs: number): Work<OneTimeLink | undefined> {
  return linkOf(
    yield* get<LinkRow>(
      `SELECT ${COLUMNS} FROM one_time_link l JOIN directory_user u ON u.id = l.user_id AND u.version = l.user_version
       WHERE l.user_id = ? AND l.expires_at_ms > ?`,
      ...[uuidBytes(userId), nowMs],
    ),
  );
}

export function* useLink(tokenDigest: Uint8Array, nowMs: number): Work<boolean> {
  const used = yield* run(
    `DELETE FROM one_time_link WHERE token_digest = ? AND expires_at_ms > ?
     AND EXISTS (SELECT 1 FROM directory_user u WHERE u.id = user_id AND u.version = user_version)`,
    ...[tokenDigest, nowMs],
  );
  return used === 1;
}

export function* removeLink(userId: string): Work<boolean> {
  return (yield* run('DELETE FROM one_time_link WHERE user_id = ?', uuidBytes(userId))) === 1;
}

function linkOf(row: LinkRow | undefined): OneTimeLink | undefined {
  if (row === undefined) return undefined;
  const { userId, userVersion, purpose, createdAtMs, expiresAtMs } = row;
  return { userId: uuidText(userId), userVersion, purpose, createdAtMs, expiresAtMs };
}
