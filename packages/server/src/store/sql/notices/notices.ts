import type { Notice, NoticeKind } from '../../port/notices.ts';
import { uuidBytes, uuidText } from '../directory/uuid-bytes.ts';
import { all, get, run, type Work } from '../work.ts';

/** Time for which notices are kept: 90 days. */
export const NOTICES_KEPT_MS = 90 * 86_400_000;

export function* addNotice(userId: string, notice: Notice, most: number): Work<boolean> {
  const user = uuidBytes(userId);
  if ((yield* get('SELECT 1 FROM directory_user WHERE id = ?', user)) === undefined) return false;
  const { id, kind, atMs, detail, toldAtMs } = notice;
  yield* run(
    'INSERT INTO notice (id, user_id, kind, at_ms, detail, told_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
    ...[uuidBytes(id), user, kind, atMs, detail, toldAtMs],
  );
  yield* run(
    `DELETE FROM notice WHERE user_id = ?1 AND id NOT IN
       (SELECT id FROM notice WHERE user_id = ?1 ORDER BY at_ms DESC, id DESC LIMIT ?2)`,
    ...[user, most],
  );
  return true;
}

export function* listNotices(
  userId: string,
  { untold, limit }: { readonly untold?: true; readonly limit: number },
): Work<readonly Notice[]> {
  const rows = yield* all<NoticeRow>(
    `SELECT id, kind, at_ms AS "atMs", detail, told_at_ms AS "toldAtMs" FROM notice
     WHERE user_id = ?${untold ? ' AND told_at_ms IS NULL' : ''} ORDER BY at_ms DESC, id DESC LIMIT ?`,
    ...[uuidBytes(userId), limit],
  );
  return rows.map(({ id, kind, atMs, detail, toldAtMs }) => ({
    id: uuidText(id),
    kind,
    atMs,
    detail,
    toldAtMs,
  }));
}

export function* noteTold(
  userId: string,
  told: { readonly untilMs: number } | { readonly id: string },
  nowMs: number,
): Work<void> {
  const [condition, value] = 'id' in told ? ['id = ?', uuidBytes(told.id)] : ['at_ms <= ?', told.untilMs];
  yield* run(
    `UPDATE notice SET told_at_ms = ? WHERE user_id = ? AND told_at_ms IS NULL AND ${condition}`,
    ...[nowMs, uuidBytes(userId), value],
  );
}

interface NoticeRow {
  readonly id: Uint8Array;
  readonly kind: NoticeKind;
  readonly atMs: number;
  readonly detail: string;
  readonly toldAtMs: number | null;
}
