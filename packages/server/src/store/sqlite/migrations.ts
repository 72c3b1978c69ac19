import type { DatabaseSync } from 'node:sqlite';
import { ASSIGNMENTS_BY_PERMISSION_SET, DIRECTORY_SCHEMA, HANDED_OVER_BY } from './directory/schema.ts';
import { FACTOR_SCHEMA } from './factor-schema.ts';
import { TELLING_SCHEMA } from './telling-schema.ts';

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
  // Ids of users in 16 bytes, as the directory has them. Text that is no UUID becomes the id of nobody.
  `
  CREATE TABLE new_sign_in_session (
    id              INTEGER PRIMARY KEY,
    salt            BLOB    NOT NULL CHECK (length(salt) = 16),
    user_id         BLOB    NOT NULL CHECK (length(user_id) = 16),
    user_version    TEXT    NOT NULL,
    created_at_ms   INTEGER NOT NULL,
    expires_at_ms   INTEGER NOT NULL CHECK (expires_at_ms > created_at_ms),
    ended_at_ms     INTEGER CHECK (ended_at_ms >= created_at_ms)
  ) STRICT;
  INSERT INTO new_sign_in_session
  SELECT id, salt, ${uuidBytesOf('user_id')}, user_version, created_at_ms, expires_at_ms, ended_at_ms
  FROM sign_in_session ORDER BY id;
  DROP TABLE sign_in_session;
  ALTER TABLE new_sign_in_session RENAME TO sign_in_session;

  CREATE TABLE new_authorization (
    id                   INTEGER PRIMARY KEY,
    salt                 BLOB    NOT NULL CHECK (length(salt) = 16),
    client_id            BLOB    NOT NULL CHECK (length(client_id) = 12),
    scopes               TEXT    NOT NULL,
    created_at_ms        INTEGER NOT NULL,
    expires_at_ms        INTEGER NOT NULL CHECK (expires_at_ms > created_at_ms),
    state                TEXT    NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'active')),
    user_id              BLOB    CHECK (length(user_id) = 16),
    user_version         TEXT,
    sign_in_session_id   INTEGER REFERENCES sign_in_session (id),
    redirect_uri         TEXT,
    code_challenge       TEXT    CHECK (length(code_challenge) = 43),
    generation           INTEGER NOT NULL DEFAULT 0,
    rotated_at_ms        INTEGER,
    earlier_rotations_ms TEXT    NOT NULL DEFAULT '',
    ended_at_ms          INTEGER CHECK (ended_at_ms >= created_at_ms),
    CHECK ((state IN ('approved', 'active')) = (sign_in_session_id IS NOT NULL)),
    CHECK ((sign_in_session_id IS NULL) = (user_id IS NULL)),
    CHECK ((user_id IS NULL) = (user_version IS NULL)),
    CHECK ((state = 'active') = (generation > 0)),
    CHECK ((state = 'active') = (rotated_at_ms IS NOT NULL)),
    CHECK ((redirect_uri IS NULL) = (code_challenge IS NULL))
  ) STRICT;
  INSERT INTO new_authorization
  SELECT id, salt, client_id, scopes, created_at_ms, expires_at_ms, state,
         CASE WHEN user_id IS NOT NULL THEN ${uuidBytesOf('user_id')} END, user_version, sign_in_session_id,
         redirect_uri, code_challenge, generation, rotated_at_ms, earlier_rotations_ms, ended_at_ms
  FROM authorization ORDER BY id;
  DROP TABLE authorization;
  ALTER TABLE new_authorization RENAME TO authorization;

  CREATE INDEX authorization_by_sign_in_session
    ON authorization (sign_in_session_id) WHERE sign_in_session_id IS NOT NULL;
  `,
  HANDED_OVER_BY,
  ASSIGNMENTS_BY_PERMISSION_SET,
  FACTOR_SCHEMA,
  // What people see of their sessions: when, from where and with what each was last used, and what the program calls itself.
  `
  ALTER TABLE sign_in_session ADD COLUMN used_at_ms INTEGER;
  ALTER TABLE sign_in_session ADD COLUMN used_from TEXT;
  ALTER TABLE sign_in_session ADD COLUMN used_with TEXT;
  CREATE INDEX sign_in_session_by_user ON sign_in_session (user_id, id);

  ALTER TABLE authorization ADD COLUMN registered_name TEXT;
  ALTER TABLE authorization ADD COLUMN used_at_ms INTEGER;
  ALTER TABLE authorization ADD COLUMN used_from TEXT;
  ALTER TABLE authorization ADD COLUMN used_with TEXT;
  CREATE INDEX authorization_by_user ON authorization (user_id, id) WHERE user_id IS NOT NULL;
  `,
  // By the name of the permission set, as role credentials have it: another one that gets the name revives none of them.
  `
  CREATE TABLE role_revocation (
    account_id       TEXT    NOT NULL CHECK (length(account_id) = 12),
    role_name        TEXT    NOT NULL CHECK (role_name <> ''),
    issued_before_ms INTEGER NOT NULL,
    PRIMARY KEY (account_id, role_name)
  ) STRICT, WITHOUT ROWID;
  `,
  TELLING_SCHEMA,
];

/** The expression for the 16 bytes of the UUID in a column. */
function uuidBytesOf(column: string): string {
  return `CASE WHEN length(${column}) = 36 THEN coalesce(unhex(${column}, '-'), zeroblob(16)) ELSE zeroblob(16) END`;
}

/** The newest schema version: `user_version` once all steps have been taken. */
export const SCHEMA_VERSION = migrations.length;

/**
 * Brings the database to the newest schema, each step in its own transaction, and turns its foreign keys on.
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
  // Otherwise a table that is made anew under its name would take the rows that refer to it along as it goes.
  database.exec('PRAGMA foreign_keys = OFF');
  for (let step = version; step < target; step += 1) {
    database.exec(`BEGIN IMMEDIATE; ${migrations[step]}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
  database.exec('PRAGMA foreign_keys = ON');
}
