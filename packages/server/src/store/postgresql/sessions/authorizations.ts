import type { RoleInAccount } from '../../port/directory.ts';
import { uuidBytes } from '../../sql/directory/uuid-bytes.ts';
import type { Approval, FoundAuthorization, Redemption, Rotation } from '../../store.ts';
import type { Write, Written } from '../batches.ts';
import type { Database } from '../database.ts';
import { MAY_SIGN_IN } from '../directory/people.ts';
import { MOST_TRIES } from '../failure.ts';
import { readStatement, writeStatement } from '../statement.ts';
import { findAuthorization } from './authorization-query.ts';

/** Whether the sign-in session of the authorization `a` goes on, and its person has the version that it was approved under. */
const IS_LIVE = `
  EXISTS (SELECT 1 FROM sign_in_session s WHERE s.id = a.sign_in_session_id AND s.ended_at_ms IS NULL)
  AND EXISTS (
    SELECT 1 FROM directory_user u WHERE u.id = a.user_id AND u.version = a.user_version AND ${MAY_SIGN_IN})`;

const redeemStatement = writeStatement(
  'redeem_authorizations',
  `UPDATE "authorization" a
   SET state = 'active', scopes = t.scopes, generation = 1, rotated_at_ms = t.now_ms, expires_at_ms = t.ends_at_ms,
       used_at_ms = t.now_ms, used_from = t.address, used_with = t.user_agent
   FROM (
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
       AS t (id, scopes, now_ms, ends_at_ms, address, user_agent)
     ORDER BY id) t
   WHERE a.id = t.id AND a.state = 'approved' AND a.ended_at_ms IS NULL AND a.expires_at_ms > t.now_ms AND ${IS_LIVE}
   RETURNING a.id`,
  'repeat',
);

const rotateStatement = writeStatement(
  'rotate_tokens',
  `UPDATE "authorization" a
   SET generation = t.generation + 1, rotated_at_ms = t.now_ms, earlier_rotations_ms = t.earlier
   FROM (
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[]) AS t (id, generation, now_ms, earlier)
     ORDER BY id) t
   WHERE a.id = t.id AND a.state = 'active' AND a.generation <= t.generation AND a.ended_at_ms IS NULL
     AND a.expires_at_ms > t.now_ms AND ${IS_LIVE}
   RETURNING a.id`,
  'repeat',
);

const endStatement = writeStatement(
  'end_authorization',
  `UPDATE "authorization" SET ended_at_ms = greatest($2, created_at_ms)
   WHERE id = $1 AND ended_at_ms IS NULL RETURNING id`,
  'repeat',
);

const wasEndedStatement = readStatement(
  'find_end_of_authorization',
  'SELECT 1 FROM "authorization" WHERE id = $1 AND ended_at_ms = greatest($2, created_at_ms)',
);

interface RedemptionOf extends Redemption {
  readonly id: number;
}

interface RotationOf extends Rotation {
  readonly id: number;
}

/** Authorizations from their approval on. */
export class Authorizations {
  readonly #database: Database;
  readonly #redeem: Write<RedemptionOf>;
  readonly #rotate: Write<RotationOf>;

  constructor(database: Database) {
    this.#database = database;
    this.#redeem = database.batch<RedemptionOf>({
      statement: redeemStatement,
      keyColumn: 'id',
      key: ({ id }) => id,
      values: ({ id, scopes, nowMs, sessionEndsAtMs, address, userAgent }) => [
        ...[id, scopes, nowMs, sessionEndsAtMs, address, userAgent],
      ],
    });
    this.#rotate = database.batch<RotationOf>({
      statement: rotateStatement,
      keyColumn: 'id',
      key: ({ id }) => id,
      values: ({ id, generation, nowMs, earlierRotationsMs }) => [
        ...[id, generation, nowMs, earlierRotationsMs.join(' ')],
      ],
    });
  }

  find(id: number, search?: RoleInAccount): Promise<FoundAuthorization | undefined> {
    return findAuthorization(this.#database, id, search);
  }

  redeem(redemption: RedemptionOf): Promise<boolean> {
    const { id, nowMs } = redemption;
    return this.#once(id, () => this.#redeem(redemption), {
      isDue: (found) => found.state === 'approved' && found.codeExpiresAtMs > nowMs,
      isDone: (found) => found.state === 'active' && found.generation === 1 && found.rotatedAtMs === nowMs,
    });
  }

  rotate(rotation: RotationOf): Promise<boolean> {
    const { id, generation, nowMs } = rotation;
    return this.#once(id, () => this.#rotate(rotation), {
      isDue: (found) =>
        found.state === 'active' && found.generation <= generation && found.sessionEndsAtMs > nowMs,
      isDone: (found) =>
        found.state === 'active' && found.generation === generation + 1 && found.rotatedAtMs === nowMs,
    });
  }

  /**
   * Makes a change that happens once. A write that changed nothing may have judged the authorization by what was there when it
   * began: while it waited for the row, the sign-in session was replaced by one that it did not see. Then it is made again.
   *
   * @param conditions.isDue - whether the change may be made; asked only of an authorization that goes on
   * @param conditions.isDone - whether a try has made it whose answer was lost
   */
  async #once(
    id: number,
    write: () => Promise<Written>,
    {
      isDue,
      isDone,
    }: { isDue: (found: FoundAuthorization) => boolean; isDone: (found: FoundAuthorization) => boolean },
  ): Promise<boolean> {
    let mayBeDone = false;
    for (let tries = 1; ; tries += 1) {
      const { row, afterLoss } = await write();
      if (row !== undefined) return true;
      mayBeDone ||= afterLoss;
      const found = await this.find(id);
      if (found === undefined) return false;
      if (mayBeDone && isDone(found)) return true;
      if (tries === MOST_TRIES || !goesOn(found) || !isDue(found)) return false;
    }
  }

  async end(id: number, nowMs: number): Promise<boolean> {
    const { rows, afterLoss } = await this.#database.writeOnce(endStatement, [id, nowMs]);
    if (rows.length > 0 || !afterLoss) return rows.length > 0;
    return (await this.#database.read(wasEndedStatement, [id, nowMs])).length > 0;
  }
}

function goesOn(found: FoundAuthorization): boolean {
  return 'userVersion' in found && found.endedAtMs === null && found.user?.version === found.userVersion;
}

/** The parameters $1 to $3 of `SIGNED_IN`. */
export function approvalValues({ userId, userVersion, signInSessionId }: Approval) {
  return [uuidBytes(userId), userVersion, signInSessionId] as const;
}

/** The row that there is where the person $1 still has the version $2, and the sign-in session $3 goes on. */
export const SIGNED_IN = `
  SELECT 1 FROM sign_in_session s JOIN directory_user u ON u.id = $1
  WHERE s.id = $3 AND s.ended_at_ms IS NULL AND u.version = $2 AND ${MAY_SIGN_IN}`;

/** The same for a write that approves in the sign-in session: until it is done, the session is neither ended nor replaced. */
export const HOLD_SIGNED_IN = `${SIGNED_IN} FOR UPDATE OF s`;
