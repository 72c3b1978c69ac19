import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { KEPT_MS, LeftUsers } from '../sql/directory/left-users.ts';
import { NOTICES_KEPT_MS } from '../sql/notices/notices.ts';
import { MAX_ROLE_SESSION_MS, noRoleSessionLeft } from '../sql/role-session-left.ts';
import { PreparedStatements } from './prepared-statements.ts';

/**
 * Removes expired rows, some of each table at a time. Rows are keyed by time, so a walk along the key
 * needs no index of expiry.
 */
export class Sweeper {
  readonly #authorizations: TableWalk;
  readonly #signInSessions: TableWalk;
  readonly #deleteAttemptWindows: StatementSync;
  readonly #deleteAnswers: StatementSync;
  readonly #deleteChallenges: StatementSync;
  readonly #deleteLinks: StatementSync;
  readonly #deleteNotices: StatementSync;
  readonly #deleteChanges: StatementSync;
  readonly #deleteRevocations: StatementSync;
  readonly #leftUsers = new LeftUsers();
  readonly #statements: PreparedStatements;

  constructor(database: DatabaseSync) {
    this.#authorizations = new TableWalk(database, 'authorization', noRoleSessionLeft('?3'));
    // A sign-in session is kept as long as an authorization that was approved in it.
    this.#signInSessions = new TableWalk(
      database,
      'sign_in_session',
      'NOT EXISTS (SELECT 1 FROM authorization a WHERE a.sign_in_session_id = sign_in_session.id)',
    );
    this.#deleteAttemptWindows = database.prepare(`
      DELETE FROM attempt_window
      WHERE subject IN (SELECT subject FROM attempt_window WHERE ends_at_ms <= ? LIMIT ?)`);
    this.#deleteAnswers = database.prepare(`
      DELETE FROM answer
      WHERE question_digest IN (SELECT question_digest FROM answer WHERE expires_at_ms <= ? LIMIT ?)`);
    this.#deleteChallenges = database.prepare(`
      DELETE FROM spent_challenge
      WHERE challenge_digest IN (SELECT challenge_digest FROM spent_challenge WHERE expires_at_ms <= ? LIMIT ?)`);
    this.#deleteLinks = database.prepare(`
      DELETE FROM one_time_link
      WHERE user_id IN (SELECT user_id FROM one_time_link WHERE expires_at_ms <= ? LIMIT ?)`);
    this.#deleteNotices = database.prepare(`
      DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE at_ms <= ? - ${NOTICES_KEPT_MS} LIMIT ?)`);
    this.#deleteChanges = database.prepare(`
      DELETE FROM directory_change
      WHERE id IN (SELECT id FROM directory_change WHERE at_ms <= ? - ${KEPT_MS} LIMIT ?)`);
    this.#deleteRevocations = database.prepare(`
      DELETE FROM role_revocation
      WHERE (account_id, role_name) IN (
        SELECT account_id, role_name FROM role_revocation
        WHERE issued_before_ms <= ? - ${MAX_ROLE_SESSION_MS} LIMIT ?)`);
    this.#statements = new PreparedStatements(database);
  }

  /** Looks at the next `limit` rows of each table. Runs inside the caller's transaction. */
  sweep(nowMs: number, limit: number): Swept {
    const byExpiry = [
      this.#deleteAttemptWindows,
      this.#deleteAnswers,
      this.#deleteChallenges,
      this.#deleteLinks,
      this.#deleteNotices,
      this.#deleteChanges,
      this.#deleteRevocations,
    ].map((statement) => Number(statement.run(nowMs, limit).changes));
    const removedAuthorizations = this.#authorizations.advance(nowMs, limit);
    const removedSessions = this.#signInSessions.advance(nowMs, limit);
    const removedUsers = this.#statements.perform(this.#leftUsers.advance(nowMs, limit));
    const walks = [this.#authorizations, this.#signInSessions, this.#leftUsers];
    const finished = byExpiry.every((rows) => rows < limit) && walks.every((walk) => walk.finished);
    if (finished) for (const walk of walks) walk.restart();
    const removed = byExpiry.reduce((sum, rows) => sum + rows, 0);
    return {
      removed: removed + removedAuthorizations.length + removedSessions.length + removedUsers,
      removedAuthorizations,
      finished,
    };
  }
}

interface Swept {
  /** How many rows went, of all tables. */
  readonly removed: number;
  /** Ids of the authorizations that went. */
  readonly removedAuthorizations: readonly number[];
  readonly finished: boolean;
}

/** A walk along the key of one table. At the end of the table it stops until it is restarted. */
class TableWalk {
  readonly #findStretchEnd: StatementSync;
  readonly #deleteExpired: StatementSync;
  #position = 0;
  #finished = false;

  constructor(database: DatabaseSync, table: 'authorization' | 'sign_in_session', condition = 'TRUE') {
    this.#findStretchEnd = database.prepare(
      `SELECT max(id) AS id, count(*) AS count FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
    );
    this.#deleteExpired = database.prepare(
      `DELETE FROM ${table} WHERE id > ?1 AND id <= ?2 AND expires_at_ms <= ?3 AND ${condition} RETURNING id`,
    );
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** @returns the ids of the rows that went */
  advance(nowMs: number, limit: number): readonly number[] {
    if (this.#finished) return [];
    const stretch = this.#findStretchEnd.get(this.#position, limit) as { id: number | null; count: number };
    const end = stretch.id ?? this.#position;
    const removed = this.#deleteExpired.all(this.#position, end, nowMs) as { id: number }[];
    this.#position = end;
    this.#finished = stretch.count < limit;
    return removed.map(({ id }) => id);
  }

  restart(): void {
    this.#position = 0;
    this.#finished = false;
  }
}
