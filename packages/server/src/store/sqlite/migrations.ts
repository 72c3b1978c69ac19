import type { DatabaseSync } from 'node:sqlite';
import { DIRECTORY_SCHEMA } from './directory/schema.ts';

/**
 * The schema, as a list of steps. A step that was released is never changed; a new one is added below.
 * `user_version` of the database says how many have been taken.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE sign_in_session (
    id              INTEGER PRIMARY KEY,
    salt            BLOB    NOT NULL CHECK (length(salt) = 16),
    user_id         TEXT    NOT NULL CHECK (user_id <> ''),
    user_version    TEXT    NOT NULL,
    created_at_ms   INTEGER NOT NULL,
    expires_at_ms   INTEGER NOT NULL CHECK (expires_at_ms > created_at_ms),
    ended_at_ms     INTEGER CHECK (ended_at_ms >= created_at_ms)
  ) STRICT;

  CREATE TABLE authorization (
    id                 INTEGER PRIMARY KEY,
    salt               BLOB    NOT NULL CHECK (length(salt) = 16),
    client_id          BLOB    NOT NULL CHECK (length(client_id) = 12),
    scopes             TEXT    NOT NULL,
    created_at_ms      INTEGER NOT NULL,
    expires_at_ms      INTEGER NOT NULL CHECK (expires_at_ms > created_at_ms),
    state              TEXT    NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'active')),
    user_id            TEXT,
    user_version       TEXT,
    sign_in_session_id INTEGER REFERENCES sign_in_session (id),
    redirect_uri       TEXT,
    code_challenge     TEXT    CHECK (length(code_challenge) = 43),
    generation         INTEGER NOT NULL DEFAULT 0,
    rotated_at_ms      INTEGER,
    ended_at_ms        INTEGER CHECK (ended_at_ms >= created_at_ms),
    CHECK ((state IN ('approved', 'active')) = (sign_in_session_id IS NOT NULL)),
    CHECK ((sign_in_session_id IS NULL) = (user_id IS NULL)),
    CHECK ((user_id IS NULL) = (user_version IS NULL)),
    CHECK ((state = 'active') = (generation > 0)),
    CHECK ((state = 'active') = (rotated_at_ms IS NOT NULL)),
    CHECK ((redirect_uri IS NULL) = (code_challenge IS NULL))
  ) STRICT;

  CREATE INDEX authorization_by_sign_in_session
    ON authorization (sign_in_session_id) WHERE sign_in_session_id IS NOT NULL;

  CREATE TABLE device_request (
    user_code_digest BLOB    PRIMARY KEY CHECK (length(user_code_digest) = 16),
    authorization_id INTEGER NOT NULL UNIQUE REFERENCES authorization (id) ON DELETE CASCADE,
    client_name      TEXT    NOT NULL,
    address          TEXT    NOT NULL,
    user_agent       TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE attempt_window (
    subject      BLOB    PRIMARY KEY CHECK (length(subject) = 16),
    attempts     INTEGER NOT NULL CHECK (attempts > 0),
    ends_at_ms   INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX attempt_window_by_end ON attempt_window (ends_at_ms);
  `,
  `
  ALTER TABLE authorization ADD COLUMN earlier_rotations_ms TEXT NOT NULL DEFAULT '';
  `,
  // No foreign key: an answer may outlive its authorization, and each removal of one would have to look for answers.
  `
  CREATE TABLE answer (
    question_digest  BLOB    PRIMARY KEY CHECK (length(question_digest) = 16),
    decision         TEXT    NOT NULL CHECK (decision IN ('allow', 'deny')),
    answered_at_ms   INTEGER NOT NULL,
    authorization_id INTEGER,
    expires_at_ms    INTEGER NOT NULL CHECK (expires_at_ms > answered_at_ms),
    CHECK ((decision = 'allow') = (authorization_id IS NOT NULL))
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX answer_by_expiry ON answer (expires_at_ms);
  `,
  `
  ALTER TABLE attempt_window ADD COLUMN holder BLOB NOT NULL DEFAULT x'' CHECK (length(holder) <= 8);
  `,
  DIRECTORY_SCHEMA,
];

/** The newest schema version: `user_version` once all steps have been taken. */
export const SCHEMA_VERSION = migrations.length;

/**
 * Brings the database to the newest schema, each step in its own transaction.
 *
 * @param target - the schema to bring it to; an older one is for tests of what comes after it
 * @throws when the database was made by a newer release: it is left as it is
 */
export function migrate(database: DatabaseSync, target = SCHEMA_VERSION): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `The database has schema ${version}, made by a newer Latchkey; this one knows up to ${SCHEMA_VERSION}: install the newer one again`,
    );
  }
  for (let step = version; step < target; step += 1) {
    database.exec(`BEGIN IMMEDIATE; ${migrations[step]}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
}
