/**
 * The tables of one-time links, and of what people are told of (docs/decisions/0038). A migration creates them, so this text is
 * never changed once it was released.
 */
export const TELLING_SCHEMA = `
  CREATE TABLE one_time_link (
    user_id       BLOB    PRIMARY KEY REFERENCES directory_user (id) ON DELETE CASCADE CHECK (length(user_id) = 16),
    token_digest  BLOB    NOT NULL UNIQUE CHECK (length(token_digest) = 32),
    user_version  TEXT    NOT NULL,
    purpose       TEXT    NOT NULL CHECK (purpose IN ('sign-in', 'password', 'factor')),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL CHECK (expires_at_ms > created_at_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX one_time_link_by_expiry ON one_time_link (expires_at_ms);

  CREATE TABLE notice (
    id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
    user_id    BLOB    NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind <> ''),
    at_ms      INTEGER NOT NULL,
    detail     TEXT    NOT NULL,
    told_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notice_by_user ON notice (user_id, at_ms);
  CREATE INDEX notice_by_time ON notice (at_ms);
`;
