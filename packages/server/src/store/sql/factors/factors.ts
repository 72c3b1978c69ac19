import type { Factor, FactorUse, PasskeyFactor, SealedFactor } from '../../port/factors.ts';
import { uuidBytes, uuidText } from '../directory/uuid-bytes.ts';
import { all, get, run, type Work } from '../work.ts';

const COLUMNS = `id, user_id AS "userId", kind, name, created_at_ms AS "createdAtMs", last_used_at_ms AS "lastUsedAtMs",
  counter, sealed_secret AS "sealedSecret", credential_id AS "credentialId", public_key AS "publicKey", transports`;

interface FactorRow {
  readonly id: Uint8Array;
  readonly userId: Uint8Array;
  readonly kind: Factor['kind'];
  readonly name: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
  readonly counter: number;
  readonly sealedSecret: Uint8Array;
  readonly credentialId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly transports: string;
}

export function* listFactors(userId: string): Work<readonly Factor[]> {
  const rows = yield* all<FactorRow>(
    `SELECT ${COLUMNS} FROM factor WHERE user_id = ? ORDER BY created_at_ms, id`,
    uuidBytes(userId),
  );
  return rows.map(factorOf);
}

export function* findPasskey(
  credentialId: Uint8Array,
): Work<(PasskeyFactor & { readonly userId: string }) | undefined> {
  const row = yield* get<FactorRow>(`SELECT ${COLUMNS} FROM factor WHERE credential_id = ?`, credentialId);
  if (row === undefined) return undefined;
  return { ...(factorOf(row) as PasskeyFactor), userId: uuidText(row.userId) };
}

function factorOf({ id, kind, name, createdAtMs, lastUsedAtMs, counter, ...row }: FactorRow): Factor {
  const base = { id: uuidText(id), name, createdAtMs, lastUsedAtMs, counter };
  if (kind === 'totp') return { ...base, kind, sealedSecret: row.sealedSecret };
  const { credentialId, publicKey, transports } = row;
  return { ...base, kind, credentialId, publicKey, transports };
}

/** Runs while no other change of factors or of the directory does. */
export function* addFactor(
  userId: string,
  factor: Factor,
  most: number,
): Work<'added' | 'taken' | 'tooMany' | 'noUser'> {
  const owner = uuidBytes(userId);
  if ((yield* get('SELECT 1 FROM directory_user WHERE id = ?', owner)) === undefined) return 'noUser';
  const id = uuidBytes(factor.id);
  const credentialId = factor.kind === 'passkey' ? factor.credentialId : null;
  const same = yield* get('SELECT 1 FROM factor WHERE id = ? OR credential_id = ?', id, credentialId);
  if (same !== undefined) return 'taken';
  const counted = yield* get<{ count: number }>(
    'SELECT count(*) AS count FROM factor WHERE user_id = ?',
    owner,
  );
  if ((counted?.count ?? 0) >= most) return 'tooMany';
  const { kind, name, createdAtMs, lastUsedAtMs, counter } = factor;
  yield* run(
    `INSERT INTO factor (id, user_id, kind, name, created_at_ms, last_used_at_ms, counter,
                         sealed_secret, key_id, credential_id, public_key, transports)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, owner, kind, name, createdAtMs, lastUsedAtMs, counter],
    ...(factor.kind === 'totp'
      ? [factor.sealedSecret, keyIdOf(factor.sealedSecret), null, null, null]
      : [null, null, factor.credentialId, factor.publicKey, factor.transports]),
  );
  return 'added';
}

/** Runs while no other change of factors or of the directory does. */
export function* removeFactor(userId: string, factorId: string): Work<boolean> {
  const owner = uuidBytes(userId);
  const removed = yield* run('DELETE FROM factor WHERE id = ? AND user_id = ?', uuidBytes(factorId), owner);
  if (removed === 0) return false;
  yield* run(
    'DELETE FROM recovery_code WHERE user_id = ? AND NOT EXISTS (SELECT 1 FROM factor f WHERE f.user_id = ?)',
    ...[owner, owner],
  );
  return true;
}

/** @returns how many factors and recovery codes there were */
export function* removeAllFactors(userId: string): Work<number> {
  const owner = uuidBytes(userId);
  const factors = yield* run('DELETE FROM factor WHERE user_id = ?', owner);
  return factors + (yield* run('DELETE FROM recovery_code WHERE user_id = ?', owner));
}

export function* useFactor(factorId: string, { counter, challenge, nowMs }: FactorUse): Work<boolean> {
  if (challenge !== undefined) {
    const spent = yield* run(
      'INSERT INTO spent_challenge (challenge_digest, expires_at_ms) VALUES (?, ?) ON CONFLICT (challenge_digest) DO NOTHING',
      ...[challenge.digest, challenge.expiresAtMs],
    );
    if (spent === 0) return false;
  }
  // A challenge that was answered rightly stays spent where the counter went back.
  const used = yield* run(
    `UPDATE factor SET counter = ?1, last_used_at_ms = ?2
     WHERE id = ?3 AND (counter < ?1 OR (kind = 'passkey' AND counter = 0 AND ?1 = 0))`,
    ...[counter, nowMs, uuidBytes(factorId)],
  );
  return used === 1;
}

export function* resealFactor(factorId: string, before: Uint8Array, sealedSecret: Uint8Array): Work<boolean> {
  const changed = yield* run(
    'UPDATE factor SET sealed_secret = ?, key_id = ? WHERE id = ? AND sealed_secret = ?',
    ...[sealedSecret, keyIdOf(sealedSecret), uuidBytes(factorId), before],
  );
  return changed === 1;
}

export function* listSealedUnder(keyId: number, limit: number): Work<readonly SealedFactor[]> {
  const rows = yield* all<Pick<FactorRow, 'id' | 'sealedSecret'>>(
    'SELECT id, sealed_secret AS "sealedSecret" FROM factor WHERE key_id = ? ORDER BY id LIMIT ?',
    ...[keyId, limit],
  );
  return rows.map(({ id, sealedSecret }) => ({ id: uuidText(id), sealedSecret }));
}

/** What `Keys.seal` made begins with the id of its key. */
function keyIdOf(sealed: Uint8Array): number | null {
  return sealed[0] ?? null;
}
