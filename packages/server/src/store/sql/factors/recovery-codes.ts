import type { RecoveryCodes } from '../../port/factors.ts';
import { uuidBytes } from '../directory/uuid-bytes.ts';
import { get, run, type Work } from '../work.ts';

/** Runs while no other change of factors or of the directory does. */
export function* replaceRecoveryCodes(
  userId: string,
  digests: readonly Uint8Array[],
  nowMs: number,
): Work<boolean> {
  const owner = uuidBytes(userId);
  if ((yield* get('SELECT 1 FROM factor WHERE user_id = ?', owner)) === undefined) return false;
  yield* run('DELETE FROM recovery_code WHERE user_id = ?', owner);
  for (const digest of digests) {
    yield* run(
      'INSERT INTO recovery_code (user_id, code_digest, created_at_ms) VALUES (?, ?, ?)',
      ...[owner, digest, nowMs],
    );
  }
  return true;
}

export function* useRecoveryCode(userId: string, digest: Uint8Array, nowMs: number): Work<boolean> {
  const used = yield* run(
    'UPDATE recovery_code SET used_at_ms = ? WHERE user_id = ? AND code_digest = ? AND used_at_ms IS NULL',
    ...[nowMs, uuidBytes(userId), digest],
  );
  return used === 1;
}

export function* countRecoveryCodes(userId: string): Work<RecoveryCodes | undefined> {
  const row = yield* get<{ createdAtMs: number | null; made: number; used: number }>(
    `SELECT min(created_at_ms) AS "createdAtMs", count(*) AS made, count(used_at_ms) AS used
     FROM recovery_code WHERE user_id = ?`,
    uuidBytes(userId),
  );
  if (row === undefined || row.createdAtMs === null) return undefined;
  return { createdAtMs: row.createdAtMs, left: row.made - row.used };
}
