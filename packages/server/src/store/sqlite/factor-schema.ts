/**
 * The tables of what people sign in with besides a password (docs/decisions/0033). A migration creates them, so this text is
 * never changed once it was released.
 */
export const FACTOR_SCHEMA = `
  ALTER TABLE sign_in_session ADD COLUMN factors TEXT;

  CREATE TABLE factor (
    id              BLOB    PRIMARY KEY CHECK (length(id) = 16),
    user_id         BLOB    NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL CHECK (kind IN ('totp', 'passkey')),
    name            TEXT    NOT NULL CHECK (name <> ''),
    created_at_ms   INTEGER NOT NULL,
    last_used_at_ms INTEGER,
    counter         INTEGER NOT NULL CHECK (counter >= 0),
    sealed_secret   BLOB,
    key_id          INTEGER CHECK (key_id BETWEEN 0 AND 255),
    credential_id   BLOB    UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
    public_key      BLOB,
    transports      TEXT,
    CHECK ((kind = 'totp') = (sealed_secret IS NOT NULL)),
    CHECK ((kind = 'totp') = (key_id IS NOT NULL)),
    CHECK ((kind = 'passkey') = (credential_id IS NOT NULL)),
    CHECK ((kind = 'passkey') = (public_key IS NOT NULL)),
    CHECK ((kind = 'passkey') = (transports IS NOT NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX factor_by_user ON factor (user_id, created_at_ms);
  CREATE INDEX factor_by_key ON factor (key_id, id) WHERE key_id IS NOT NULL;

  CREATE TABLE recovery_code (
    user_id       BLOB    NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    code_digest   BLOB    NOT NULL CHECK (length(code_digest) = 32),
    created_at_ms INTEGER NOT NULL,
    used_at_ms    INTEGER,
    PRIMARY KEY (user_id, code_digest)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE spent_challenge (
    challenge_digest BLOB PRIMARY KEY CHECK (length(challenge_digest) = 16),
    expires_at_ms    INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX spent_challenge_by_expiry ON spent_challenge (expires_at_ms);
`;
