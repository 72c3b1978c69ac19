/**
 * The tables of one-time links, and of what people are told of (docs/decisions/0038), as `sqlite/telling-schema.ts` has them; never
 * changed once they were released.
 */
export const tellingSchema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS one_time_link (
     user_id uuid PRIMARY KEY REFERENCES directory_user (id) ON DELETE CASCADE,
     token_digest bytea NOT NULL UNIQUE CHECK (octet_length(token_digest) = 32),
     user_version text COLLATE "C" NOT NULL,
     purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('sign-in', 'password', 'factor')),
     created_at_ms bigint NOT NULL,
     expires_at_ms bigint NOT NULL CHECK (expires_at_ms > created_at_ms)
   )`,
  'CREATE INDEX IF NOT EXISTS one_time_link_by_expiry ON one_time_link (expires_at_ms)',
  `CREATE TABLE IF NOT EXISTS notice (
     id uuid PRIMARY KEY,
     user_id uuid NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
     kind text COLLATE "C" NOT NULL CHECK (kind <> ''),
     at_ms bigint NOT NULL,
     detail text COLLATE "C" NOT NULL,
     told_at_ms bigint
   )`,
  'CREATE INDEX IF NOT EXISTS notice_by_user ON notice (user_id, at_ms)',
  'CREATE INDEX IF NOT EXISTS notice_by_time ON notice (at_ms)',
];
