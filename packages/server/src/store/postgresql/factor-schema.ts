/**
 * The tables of what people sign in with besides a password (docs/decisions/0033), as `sqlite/factor-schema.ts` has them; never
 * changed once they were released.
 */
export const factorSchema: readonly string[] = [
  'ALTER TABLE sign_in_session ADD COLUMN IF NOT EXISTS factors text COLLATE "C"',
  `CREATE TABLE IF NOT EXISTS factor (
     id uuid PRIMARY KEY,
     user_id uuid NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
     kind text COLLATE "C" NOT NULL CHECK (kind IN ('totp', 'passkey')),
     name text COLLATE "C" NOT NULL CHECK (name <> ''),
     created_at_ms bigint NOT NULL,
     last_used_at_ms bigint,
     counter bigint NOT NULL CHECK (counter >= 0),
     sealed_secret bytea,
     key_id bigint CHECK (key_id BETWEEN 0 AND 255),
     credential_id bytea UNIQUE CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
     public_key bytea,
     transports text COLLATE "C",
     CHECK ((kind = 'totp') = (sealed_secret IS NOT NULL)),
     CHECK ((kind = 'totp') = (key_id IS NOT NULL)),
     CHECK ((kind = 'passkey') = (credential_id IS NOT NULL)),
     CHECK ((kind = 'passkey') = (public_key IS NOT NULL)),
     CHECK ((kind = 'passkey') = (transports IS NOT NULL))
   )`,
  'CREATE INDEX IF NOT EXISTS factor_by_user ON factor (user_id, created_at_ms)',
  'CREATE INDEX IF NOT EXISTS factor_by_key ON factor (key_id, id) WHERE key_id IS NOT NULL',
  `CREATE TABLE IF NOT EXISTS recovery_code (
     user_id uuid NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
     code_digest bytea NOT NULL CHECK (octet_length(code_digest) = 32),
     created_at_ms bigint NOT NULL,
     used_at_ms bigint,
     PRIMARY KEY (user_id, code_digest)
   )`,
  `CREATE TABLE IF NOT EXISTS spent_challenge (
     challenge_digest bytea PRIMARY KEY CHECK (octet_length(challenge_digest) = 16),
     expires_at_ms bigint NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS spent_challenge_by_expiry ON spent_challenge (expires_at_ms)',
];
