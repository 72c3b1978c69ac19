import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Removes rows whose time is over, a stretch of the tables at a time: rows are keyed by time, so a walk along the key
 * needs no index of expiry.
 */
export class Sweeper {
  readonly #stretchEnd: Record<'authorization' | 'sign_in_session', StatementSync>;
  readonly #deleteAuthorizations: StatementSync;
  readonly #deleteSignInSessions: StatementSync;
  readonly #deleteAttemptWindows: StatementSync;
  #authorizationsTo = 0;
  #signInSessionsTo = 0;

  constructor(database: DatabaseSync) {
    const stretchEnd = (table: string) =>
      database.prepare(
        `SELECT max(id) AS id, count(*) AS count FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
      );
    this.#stretchEnd = {
      authorization: stretchEnd('authorization'),
      sign_in_session: stretchEnd('sign_in_session'),
    };
    this.#deleteAuthorizations = database.prepare(
      'DELETE FROM authorization WHERE id > ? AND id <= ? AND expires_at_ms <= ?',
    );
    // A session is kept as long as something approved in it is.
    this.#deleteSignInSessions = database.prepare(`
      DELETE FROM sign_in_session WHERE id > ? AND id <= ? AND expires_at_ms <= ?
      AND NOT EXISTS (SELECT 1 FROM authorization a WHERE a.sign_in_session_id = sign_in_session.id)`);
    this.#deleteAttemptWindows = database.prepare(`
      DELETE FROM attempt_window
      WHERE subject IN (SELECT subject FROM attempt_window WHERE ends_at_ms <= ? LIMIT ?)`);
  }

  /** Walks at most `limit` rows of each table on. Runs inside the caller's transaction. */
  sweep(nowMs: number, limit: number): { removed: number; finished: boolean } {
    const attemptWindows = Number(this.#deleteAttemptWindows.run(nowMs, limit).changes);

    const authorizations = this.#walk('authorization', this.#authorizationsTo, limit);
    const removedAuthorizations = Number(
      this.#deleteAuthorizations.run(this.#authorizationsTo, authorizations.to, nowMs).changes,
    );
    this.#authorizationsTo = authorizations.finished ? 0 : authorizations.to;

    const signInSessions = this.#walk('sign_in_session', this.#signInSessionsTo, limit);
    const removedSignInSessions = Number(
      this.#deleteSignInSessions.run(this.#signInSessionsTo, signInSessions.to, nowMs).changes,
    );
    this.#signInSessionsTo = signInSessions.finished ? 0 : signInSessions.to;

    return {
      removed: attemptWindows + removedAuthorizations + removedSignInSessions,
      finished: attemptWindows < limit && authorizations.finished && signInSessions.finished,
    };
  }

  #walk(
    table: 'authorization' | 'sign_in_session',
    from: number,
    limit: number,
  ): { to: number; finished: boolean } {
    const row = this.#stretchEnd[table].get(from, limit) as { id: number | null; count: number };
    return { to: row.id ?? from, finished: row.count < limit };
  }
}
