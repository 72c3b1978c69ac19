/**
 * The tables of the directory. A migration creates them, so this text is never changed once it was released.
 *
 * What refers to an entry of another owner has no action: the entry cannot be removed before it. What an entry owns goes
 * with it. Every key of a name is made by the program (`nameKey`), and compared by its bytes. Each list has an index in the
 * order of its keys, for all sources and for one.
 */
export const DIRECTORY_SCHEMA = `
  CREATE TABLE directory_source (
    name          TEXT    PRIMARY KEY CHECK (name <> ''),
    revision      INTEGER NOT NULL CHECK (revision >= 0),
    digest        BLOB    CHECK (length(digest) = 32),
    applied_at_ms INTEGER,
    CHECK (digest IS NULL OR applied_at_ms IS NOT NULL)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE directory_user (
    id            BLOB    PRIMARY KEY CHECK (length(id) = 16),
    user_name     TEXT    NOT NULL CHECK (user_name <> ''),
    name_key      TEXT    NOT NULL UNIQUE,
    display_name  TEXT    NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('enabled', 'disabled')),
    left_at_ms    INTEGER CHECK (left_at_ms IS NULL OR status = 'disabled'),
    blocked_by    TEXT,
    blocked_at_ms INTEGER,
    version       TEXT    NOT NULL CHECK (length(version) = 11),
    revision      INTEGER NOT NULL CHECK (revision > 0),
    source        TEXT    NOT NULL REFERENCES directory_source (name),
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    CHECK ((blocked_by IS NULL) = (blocked_at_ms IS NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX directory_user_by_source ON directory_user (source, name_key);
  CREATE INDEX directory_user_by_leaving ON directory_user (left_at_ms) WHERE left_at_ms IS NOT NULL;

  CREATE TABLE directory_user_email (
    user_id    BLOB    NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    email_key  TEXT    NOT NULL CHECK (email_key <> ''),
    email      TEXT    NOT NULL,
    kind       TEXT,
    is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
    PRIMARY KEY (user_id, email_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX directory_user_email_by_key ON directory_user_email (email_key, user_id);

  CREATE TABLE directory_user_external_id (
    issuer      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    user_id     BLOB NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, external_id),
    UNIQUE (user_id, issuer)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE user_password (
    user_id   BLOB    PRIMARY KEY REFERENCES directory_user (id) ON DELETE CASCADE,
    hash      TEXT    NOT NULL CHECK (hash <> ''),
    set_by    TEXT    NOT NULL REFERENCES directory_source (name),
    set_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE directory_tombstone (
    user_id       BLOB    PRIMARY KEY CHECK (length(user_id) = 16),
    name_key      TEXT    NOT NULL,
    deleted_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE directory_group (
    id          BLOB    PRIMARY KEY CHECK (length(id) = 16),
    name        TEXT    NOT NULL CHECK (name <> ''),
    name_key    TEXT    NOT NULL UNIQUE,
    description TEXT,
    revision    INTEGER NOT NULL CHECK (revision > 0),
    source      TEXT    NOT NULL REFERENCES directory_source (name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX directory_group_by_source ON directory_group (source, name_key);

  CREATE TABLE directory_group_external_id (
    issuer      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    group_id    BLOB NOT NULL REFERENCES directory_group (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, external_id),
    UNIQUE (group_id, issuer)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE membership (
    user_id  BLOB NOT NULL REFERENCES directory_user (id),
    group_id BLOB NOT NULL REFERENCES directory_group (id),
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    source   TEXT NOT NULL REFERENCES directory_source (name),
    PRIMARY KEY (user_id, group_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX membership_by_group ON membership (group_id, user_id);
  CREATE INDEX membership_by_source ON membership (source, user_id, group_id);

  CREATE TABLE account (
    id       TEXT    PRIMARY KEY CHECK (length(id) = 12 AND id NOT GLOB '*[^0-9]*'),
    name     TEXT    NOT NULL CHECK (name <> ''),
    name_key TEXT    NOT NULL,
    email    TEXT,
    revision INTEGER NOT NULL CHECK (revision > 0),
    source   TEXT    NOT NULL REFERENCES directory_source (name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX account_by_name ON account (name_key, id);
  CREATE INDEX account_by_source ON account (source, id);

  CREATE TABLE permission_set (
    id                       TEXT    PRIMARY KEY CHECK (id GLOB 'ps-*' AND length(id) = 19),
    name                     TEXT    NOT NULL UNIQUE CHECK (name <> ''),
    name_key                 TEXT    NOT NULL UNIQUE,
    description              TEXT,
    session_duration_seconds INTEGER NOT NULL CHECK (session_duration_seconds BETWEEN 900 AND 43200),
    revision                 INTEGER NOT NULL CHECK (revision > 0),
    source                   TEXT    NOT NULL REFERENCES directory_source (name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX permission_set_by_source ON permission_set (source, name_key);

  CREATE TABLE user_assignment (
    user_id           BLOB NOT NULL REFERENCES directory_user (id),
    account_id        TEXT NOT NULL REFERENCES account (id),
    permission_set_id TEXT NOT NULL REFERENCES permission_set (id),
    source            TEXT NOT NULL REFERENCES directory_source (name),
    PRIMARY KEY (user_id, account_id, permission_set_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX user_assignment_by_account ON user_assignment (account_id, user_id, permission_set_id);
  CREATE INDEX user_assignment_by_permission_set ON user_assignment (permission_set_id, account_id, user_id);
  CREATE INDEX user_assignment_by_source ON user_assignment (source, user_id, account_id, permission_set_id);

  CREATE TABLE group_assignment (
    group_id          BLOB NOT NULL REFERENCES directory_group (id),
    account_id        TEXT NOT NULL REFERENCES account (id),
    permission_set_id TEXT NOT NULL REFERENCES permission_set (id),
    source            TEXT NOT NULL REFERENCES directory_source (name),
    PRIMARY KEY (group_id, account_id, permission_set_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX group_assignment_by_account ON group_assignment (account_id, group_id, permission_set_id);
  CREATE INDEX group_assignment_by_permission_set ON group_assignment (permission_set_id, account_id, group_id);
  CREATE INDEX group_assignment_by_source ON group_assignment (source, group_id, account_id, permission_set_id);

  CREATE TABLE directory_change (
    id      BLOB    PRIMARY KEY CHECK (length(id) = 16),
    at_ms   INTEGER NOT NULL,
    source  TEXT    NOT NULL,
    actor   TEXT    NOT NULL,
    outcome TEXT    NOT NULL CHECK (json_valid(outcome))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX directory_change_by_time ON directory_change (at_ms);

  CREATE TABLE directory_state (
    one             INTEGER PRIMARY KEY CHECK (one = 1),
    adopts_versions INTEGER NOT NULL CHECK (adopts_versions IN (0, 1))
  ) STRICT;
  INSERT INTO directory_state SELECT 1, EXISTS (SELECT 1 FROM sign_in_session);
`;

/** The tables of what is handed over to commands where it cannot be removed. */
export const HANDED_OVER_TABLES = ['directory_group', 'account', 'permission_set'] as const;

/** The source that let an entry go, and may take it on again. Never changed once it was released, either. */
export const HANDED_OVER_BY = HANDED_OVER_TABLES.map(
  (table) => `
  ALTER TABLE ${table} ADD COLUMN handed_over_by TEXT
    REFERENCES directory_source (name) CHECK (handed_over_by IS NULL OR source = 'command');`,
).join('');

/** Assignments of a permission set in the order of their keys, so that they can be listed a page at a time. */
export const ASSIGNMENTS_BY_PERMISSION_SET = `
  DROP INDEX user_assignment_by_permission_set;
  CREATE INDEX user_assignment_by_permission_set ON user_assignment (permission_set_id, user_id, account_id);
  DROP INDEX group_assignment_by_permission_set;
  CREATE INDEX group_assignment_by_permission_set ON group_assignment (permission_set_id, group_id, account_id);
`;
