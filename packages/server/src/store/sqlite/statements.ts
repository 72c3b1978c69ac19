import type { DatabaseSync } from 'node:sqlite';
import { placesByHolder } from '../sql/places-by-holder.ts';
import { prepareAuthorizationQuery } from './authorization-query.ts';
import { MAY_SIGN_IN } from './directory/people.ts';
import { prepareSignInSessionQuery } from './sign-in-session-query.ts';

export type Statements = ReturnType<typeof prepareStatements>;

/** Whether the sign-in session of an authorization is there, and goes on. */
const IN_LIVE_SESSION = `
  EXISTS (SELECT 1 FROM sign_in_session s WHERE s.id = sign_in_session_id AND s.ended_at_ms IS NULL)`;

/** Whether the version that an authorization was approved under is still that of a person who may sign in. */
const BY_CURRENT_USER = currentUser('user_id', 'user_version');

function currentUser(id: string, version: string): string {
  return `EXISTS (SELECT 1 FROM directory_user u WHERE u.id = ${id} AND u.version = ${version} AND ${MAY_SIGN_IN})`;
}

/** The SQL statements, prepared once. Parameters are positional. */
export function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    insertSignInSession: prepare(`
      INSERT INTO sign_in_session (id, salt, user_id, user_version, created_at_ms, expires_at_ms, factors,
                                   used_at_ms, used_from, used_with)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?5, ?8, ?9)`),
    findSignInSession: prepareSignInSessionQuery(database),
    isSignedIn: prepare(`
      SELECT EXISTS (SELECT 1 FROM sign_in_session WHERE id = ?3 AND ended_at_ms IS NULL)
         AND ${currentUser('?1', '?2')} AS isSignedIn`),
    endSignInSession: prepare(`
      UPDATE sign_in_session SET ended_at_ms = max(?, created_at_ms) WHERE id = ? AND ended_at_ms IS NULL`),
    deleteSignInSession: prepare('DELETE FROM sign_in_session WHERE id = ?'),
    moveAuthorizations: prepare(
      'UPDATE authorization SET sign_in_session_id = ? WHERE sign_in_session_id = ?',
    ),

    insertPendingAuthorization: prepare(`
      INSERT INTO authorization (id, salt, client_id, registered_name, scopes, created_at_ms, expires_at_ms, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')`),
    insertApprovedAuthorization: prepare(`
      INSERT INTO authorization (id, salt, client_id, registered_name, scopes, created_at_ms, expires_at_ms, state,
                                 user_id, user_version, sign_in_session_id, redirect_uri, code_challenge)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'approved', ?8, ?9, ?10, ?11, ?12)`),
    findAuthorization: prepareAuthorizationQuery(database),
    approveDeviceRequest: prepare(`
      UPDATE authorization SET state = 'approved', user_id = ?1, user_version = ?2, sign_in_session_id = ?3
      WHERE id = ?4 AND state = 'pending' AND expires_at_ms > ?5`),
    denyDeviceRequest: prepare(`
      UPDATE authorization SET state = 'denied' WHERE id = ? AND state = 'pending' AND expires_at_ms > ?`),
    redeemAuthorization: prepare(`
      UPDATE authorization
      SET state = 'active', scopes = ?1, generation = 1, rotated_at_ms = ?2, expires_at_ms = ?3,
          used_at_ms = ?2, used_from = ?5, used_with = ?6
      WHERE id = ?4 AND state = 'approved' AND ended_at_ms IS NULL AND expires_at_ms > ?2
        AND ${IN_LIVE_SESSION} AND ${BY_CURRENT_USER}`),
    rotateTokens: prepare(`
      UPDATE authorization SET generation = ?4 + 1, rotated_at_ms = ?1, earlier_rotations_ms = ?2
      WHERE id = ?3 AND state = 'active' AND generation <= ?4 AND ended_at_ms IS NULL AND expires_at_ms > ?1
        AND ${IN_LIVE_SESSION} AND ${BY_CURRENT_USER}`),
    endAuthorization: prepare(`
      UPDATE authorization SET ended_at_ms = max(?, created_at_ms) WHERE id = ? AND ended_at_ms IS NULL`),

    insertDeviceRequest: prepare(`
      INSERT INTO device_request (user_code_digest, authorization_id, client_name, address, user_agent)
      VALUES (?, ?, ?, ?, ?)`),
    findDeviceRequest: prepare(`
      SELECT a.id, a.client_id AS clientId, a.scopes, a.created_at_ms AS createdAtMs,
             a.expires_at_ms AS expiresAtMs, r.client_name AS clientName, r.address, r.user_agent AS userAgent
      FROM device_request r JOIN authorization a ON a.id = r.authorization_id
      WHERE r.user_code_digest = ?`),
    deleteDeviceRequest: prepare('DELETE FROM device_request WHERE authorization_id = ?'),
    deletePendingAuthorization: prepare("DELETE FROM authorization WHERE id = ? AND state = 'pending'"),

    findAnswer: prepare(`
      SELECT decision, answered_at_ms AS answeredAtMs, authorization_id AS authorizationId
      FROM answer WHERE question_digest = ? AND expires_at_ms > ?`),
    putAnswer: prepare(`
      INSERT OR REPLACE INTO answer (question_digest, decision, answered_at_ms, authorization_id, expires_at_ms)
      VALUES (?, ?, ?, ?, ?)`),

    findAttemptWindow: prepare(
      'SELECT attempts, ends_at_ms AS endsAtMs FROM attempt_window WHERE subject = ?',
    ),
    openAttemptWindow: prepare(
      'INSERT OR REPLACE INTO attempt_window (subject, attempts, ends_at_ms, holder) VALUES (?, 1, ?, ?)',
    ),
    changeAttemptWindow: prepare('UPDATE attempt_window SET attempts = ?, ends_at_ms = ? WHERE subject = ?'),
    returnAttempt: prepare(
      'UPDATE attempt_window SET attempts = attempts - 1 WHERE subject = ? AND attempts > 1',
    ),
    deleteAttemptWindow: prepare('DELETE FROM attempt_window WHERE subject = ?'),
    deleteSurplusAttemptWindows: prepare(`
      DELETE FROM attempt_window
      WHERE subject IN (
        SELECT subject FROM (${placesByHolder({
          ...{ table: 'attempt_window', condition: 'TRUE', key: 'subject' },
          order: 'attempts DESC, ends_at_ms DESC',
        })})
        ORDER BY place DESC, attempts, ends_at_ms LIMIT ?)`),
    countAttemptWindows: prepare('SELECT count(*) AS count FROM attempt_window'),
  };
}
