import { KEPT_MS, LeftUsers } from '../sql/directory/left-users.ts';
import { NOTICES_KEPT_MS } from '../sql/notices/notices.ts';
import { MAX_ROLE_SESSION_MS, noRoleSessionLeft } from '../sql/role-session-left.ts';
import type { Database } from './database.ts';
import { alone } from './directory/postgresql-directory.ts';
import { readStatement, type Statement, writeStatement } from './statement.ts';

/** Looks at the next rows of a table in the order of their ids, and removes those of them that have expired. */
function sweepStatement(table: string, condition = 'TRUE'): Statement {
  return writeStatement(
    `sweep_${table.replaceAll('"', '')}`,
    `WITH stretch AS MATERIALIZED (SELECT id FROM ${table} WHERE id > $1 ORDER BY id LIMIT $3),
     gone AS (
       DELETE FROM ${table} WHERE id IN (
         SELECT r.id FROM ${table} r
         WHERE r.id IN (SELECT id FROM stretch) AND r.expires_at_ms <= $2 AND ${condition}
         ORDER BY r.id FOR UPDATE SKIP LOCKED)
       RETURNING id)
     SELECT (SELECT max(id) FROM stretch) AS "lastId", (SELECT count(*) FROM stretch) AS looked,
            (SELECT count(*) FROM gone) AS removed`,
    'repeat',
  );
}

/** Removes rows by their expiry, which an index has. Rows that another process holds are left to it. */
function expiryStatement(table: string, key: string, column: string): Statement {
  const columns = key.replaceAll(/[()]/g, '');
  return writeStatement(
    `sweep_${table}`,
    `DELETE FROM ${table} WHERE ${key} IN (
       SELECT ${columns} FROM ${table} WHERE ${column} <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING 1 AS removed`,
    'repeat',
  );
}

const sweepAttemptWindows = expiryStatement('attempt_window', 'subject', 'ends_at_ms');
const sweepAnswers = expiryStatement('answer', 'question_digest', 'expires_at_ms');
const sweepChallenges = expiryStatement('spent_challenge', 'challenge_digest', 'expires_at_ms');
const sweepLinks = expiryStatement('one_time_link', 'user_id', 'expires_at_ms');
const sweepNotices = expiryStatement('notice', 'id', 'at_ms');
const sweepChanges = expiryStatement('directory_change', 'id', 'at_ms');
const sweepRevocations = expiryStatement('role_revocation', '(account_id, role_name)', 'issued_before_ms');
const sweepAuthorizations = sweepStatement('"authorization"', noRoleSessionLeft('$2'));
// A sign-in session is kept as long as an authorization that was approved in it.
const sweepSignInSessions = sweepStatement(
  'sign_in_session',
  'NOT EXISTS (SELECT 1 FROM "authorization" a WHERE a.sign_in_session_id = r.id)',
);
const hasLeftUsers = readStatement(
  'has_left_users',
  'SELECT 1 FROM directory_user WHERE left_at_ms <= $1 LIMIT 1',
);

/** Removes expired rows, some of each table at a time. Any number of processes may do so at the same time. */
export class Sweeper {
  readonly #database: Database;
  readonly #authorizations: TableWalk;
  readonly #signInSessions: TableWalk;
  readonly #leftUsers = new LeftUsers();

  constructor(database: Database) {
    this.#database = database;
    this.#authorizations = new TableWalk(database, sweepAuthorizations);
    this.#signInSessions = new TableWalk(database, sweepSignInSessions);
  }

  async sweep(nowMs: number, limit: number): Promise<{ removed: number; finished: boolean }> {
    const byExpiry = [
      await this.#remove(sweepAttemptWindows, nowMs, limit),
      await this.#remove(sweepAnswers, nowMs, limit),
      await this.#remove(sweepChallenges, nowMs, limit),
      await this.#remove(sweepLinks, nowMs, limit),
      await this.#remove(sweepNotices, nowMs - NOTICES_KEPT_MS, limit),
      await this.#remove(sweepChanges, nowMs - KEPT_MS, limit),
      await this.#remove(sweepRevocations, nowMs - MAX_ROLE_SESSION_MS, limit),
    ];
    const byWalk = [
      await this.#authorizations.advance(nowMs, limit),
      await this.#signInSessions.advance(nowMs, limit),
      await this.#removeLeftUsers(nowMs, limit),
    ];
    const walks = [this.#authorizations, this.#signInSessions, this.#leftUsers];
    const finished = byExpiry.every((rows) => rows < limit) && walks.every((walk) => walk.finished);
    if (finished) for (const walk of walks) walk.restart();
    return { removed: [...byExpiry, ...byWalk].reduce((sum, rows) => sum + rows, 0), finished };
  }

  async #remove(statement: Statement, untilMs: number, limit: number): Promise<number> {
    const rows = await this.#database.write(statement, [untilMs, limit]);
    return rows.length;
  }

  async #removeLeftUsers(nowMs: number, limit: number): Promise<number> {
    const some = await this.#database.read(hasLeftUsers, [nowMs - KEPT_MS]);
    // The walk finds nobody then, and ends by itself.
    const begin = () => this.#leftUsers.advance(nowMs, limit);
    if (some.length === 0) return this.#database.perform(begin());
    return this.#database.transaction(() => alone(begin()), 'repeat');
  }
}

/** A walk along the key of one table. At the end of the table it stops until it is restarted. */
class TableWalk {
  readonly #database: Database;
  readonly #statement: Statement;
  #position = 0;
  #finished = false;

  constructor(database: Database, statement: Statement) {
    this.#database = database;
    this.#statement = statement;
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** @returns how many rows went */
  async advance(nowMs: number, limit: number): Promise<number> {
    if (this.#finished) return 0;
    const rows = await this.#database.write(this.#statement, [this.#position, nowMs, limit]);
    const { lastId, looked, removed } = rows[0] as unknown as WalkRow;
    this.#position = lastId ?? this.#position;
    this.#finished = looked < limit;
    return removed;
  }

  restart(): void {
    this.#position = 0;
    this.#finished = false;
  }
}

interface WalkRow {
  readonly lastId: number | null;
  readonly looked: number;
  readonly removed: number;
}
