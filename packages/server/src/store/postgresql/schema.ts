/**
 * The tables, as the first migration makes them; never changed once it was released. Their names, their columns, and the names of
 * those are SQLite's (`sqlite/migrations.ts`, `sqlite/directory/schema.ts`), so that a copy from one to the other is a plain list of
 * columns: an id of a user or group is `uuid` here and 16 bytes there. `store/sqlite` says what a column is for. One table is less:
 * what `device_request` has there are columns of `"authorization"` here (docs/decisions/0031).
 *
 * Every text that is compared or sorted is compared by its bytes (`COLLATE "C"`), whatever the database's own collation is.
 * A session refers to no user: the check of that would lock the person's row at every sign-in.
 */
export const schema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS directory_source (
     name text COLLATE "C" PRIMARY KEY CHECK (name <> ''),
     revision bigint NOT NULL CHECK (revision >= 0),
     digest bytea CHECK (octet_length(digest) = 32),
     applied_at_ms bigint,
     CHECK (digest IS NULL OR applied_at_ms IS NOT NULL)
   )`,
  `CREATE TABLE IF NOT EXISTS directory_user (
     id uuid PRIMARY KEY,
     user_name text COLLATE "C" NOT NULL CHECK (user_name <> ''),
     name_key text COLLATE "C" NOT NULL UNIQUE,
     display_name text COLLATE "C" NOT NULL,
     status text COLLATE "C" NOT NULL CHECK (status IN ('enabled', 'disabled')),
     left_at_ms bigint CHECK (left_at_ms IS NULL OR status = 'disabled'),
     blocked_by text COLLATE "C",
     blocked_at_ms bigint,
     version text COLLATE "C" NOT NULL CHECK (length(version) = 11),
     revision bigint NOT NULL CHECK (revision > 0),
     source text COLLATE "C" NOT NULL REFERENCES directory_source (name),
     created_at_ms bigint NOT NULL,
     updated_at_ms bigint NOT NULL,
     CHECK ((blocked_by IS NULL) = (blocked_at_ms IS NULL))
   )`,
  'CREATE INDEX IF NOT EXISTS directory_user_by_source ON directory_user (source, name_key)',
  'CREATE INDEX IF NOT EXISTS directory_user_by_leaving ON directory_user (left_at_ms) WHERE left_at_ms IS NOT NULL',
  `CREATE TABLE IF NOT EXISTS directory_user_email (
     user_id uuid NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
     email_key text COLLATE "C" NOT NULL CHECK (email_key <> ''),
     email text COLLATE "C" NOT NULL,
     kind text COLLATE "C",
     is_primary bigint NOT NULL CHECK (is_primary IN (0, 1)),
     PRIMARY KEY (user_id, email_key)
   )`,
  'CREATE INDEX IF NOT EXISTS directory_user_email_by_key ON directory_user_email (email_key, user_id)',
  `CREATE TABLE IF NOT EXISTS directory_user_external_id (
     issuer text COLLATE "C" NOT NULL,
     external_id text COLLATE "C" NOT NULL,
     user_id uuid NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
     PRIMARY KEY (issuer, external_id),
     UNIQUE (user_id, issuer)
   )`,
  `CREATE TABLE IF NOT EXISTS user_password (
     user_id uuid PRIMARY KEY REFERENCES directory_user (id) ON DELETE CASCADE,
     hash text COLLATE "C" NOT NULL CHECK (hash <> ''),
     set_by text COLLATE "C" NOT NULL REFERENCES directory_source (name),
     set_at_ms bigint NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS directory_tombstone (
     user_id uuid PRIMARY KEY,
     name_key text COLLATE "C" NOT NULL,
     deleted_at_ms bigint NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS directory_group (
     id uuid PRIMARY KEY,
     name text COLLATE "C" NOT NULL CHECK (name <> ''),
     name_key text COLLATE "C" NOT NULL UNIQUE,
     description text COLLATE "C",
     revision bigint NOT NULL CHECK (revision > 0),
     source text COLLATE "C" NOT NULL REFERENCES directory_source (name),
     handed_over_by text COLLATE "C" REFERENCES directory_source (name)
       CHECK (handed_over_by IS NULL OR source = 'command')
   )`,
  'CREATE INDEX IF NOT EXISTS directory_group_by_source ON directory_group (source, name_key)',
  `CREATE TABLE IF NOT EXISTS directory_group_external_id (
     issuer text COLLATE "C" NOT NULL,
     external_id text COLLATE "C" NOT NULL,
     group_id uuid NOT NULL REFERENCES directory_group (id) ON DELETE CASCADE,
     PRIMARY KEY (issuer, external_id),
     UNIQUE (group_id, issuer)
   )`,
  `CREATE TABLE IF NOT EXISTS membership (
     user_id uuid NOT NULL REFERENCES directory_user (id),
     group_id uuid NOT NULL REFERENCES directory_group (id),
     id uuid NOT NULL UNIQUE,
     source text COLLATE "C" NOT NULL REFERENCES directory_source (name),
     PRIMARY KEY (user_id, group_id)
   )`,
  'CREATE INDEX IF NOT EXISTS membership_by_group ON membership (group_id, user_id)',
  'CREATE INDEX IF NOT EXISTS membership_by_source ON membership (source, user_id, group_id)',
  `CREATE TABLE IF NOT EXISTS account (
     id text COLLATE "C" PRIMARY KEY CHECK (length(id) = 12),
     name text COLLATE "C" NOT NULL CHECK (name <> ''),
     name_key text COLLATE "C" NOT NULL,
     email text COLLATE "C",
     revision bigint NOT NULL CHECK (revision > 0),
     source text COLLATE "C" NOT NULL REFERENCES directory_source (name),
     handed_over_by text COLLATE "C" REFERENCES directory_source (name)
       CHECK (handed_over_by IS NULL OR source = 'command')
   )`,
  'CREATE INDEX IF NOT EXISTS account_by_name ON account (name_key, id)',
  'CREATE INDEX IF NOT EXISTS account_by_source ON account (source, id)',
  `CREATE TABLE IF NOT EXISTS permission_set (
     id text COLLATE "C" PRIMARY KEY CHECK (length(id) = 19),
     name text COLLATE "C" NOT NULL UNIQUE CHECK (name <> ''),
     name_key text COLLATE "C" NOT NULL UNIQUE,
     description text COLLATE "C",
     session_duration_seconds bigint NOT NULL CHECK (session_duration_seconds BETWEEN 900 AND 43200),
     revision bigint NOT NULL CHECK (revision > 0),
     source text COLLATE "C" NOT NULL REFERENCES directory_source (name),
     handed_over_by text COLLATE "C" REFERENCES directory_source (name)
       CHECK (handed_over_by IS NULL OR source = 'command')
   )`,
  'CREATE INDEX IF NOT EXISTS permission_set_by_source ON permission_set (source, name_key)',
  ...assignments('user'),
  ...assignments('group'),
  `CREATE TABLE IF NOT EXISTS directory_change (
     id uuid PRIMARY KEY,
     at_ms bigint NOT NULL,
     source text COLLATE "C" NOT NULL,
     actor text COLLATE "C" NOT NULL,
     outcome text COLLATE "C" NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS directory_change_by_time ON directory_change (at_ms)',
  `CREATE TABLE IF NOT EXISTS directory_state (
     one bigint PRIMARY KEY CHECK (one = 1),
     adopts_versions bigint NOT NULL CHECK (adopts_versions IN (0, 1))
   )`,
  'INSERT INTO directory_state (one, adopts_versions) VALUES (1, 0) ON CONFLICT DO NOTHING',

  `CREATE TABLE IF NOT EXISTS sign_in_session (
     id bigint PRIMARY KEY,
     salt bytea NOT NULL CHECK (octet_length(salt) = 16),
     user_id uuid NOT NULL,
     user_version text COLLATE "C" NOT NULL,
     created_at_ms bigint NOT NULL,
     expires_at_ms bigint NOT NULL CHECK (expires_at_ms > created_at_ms),
     ended_at_ms bigint CHECK (ended_at_ms >= created_at_ms)
   ) WITH (fillfactor = 80)`,
  `CREATE TABLE IF NOT EXISTS "authorization" (
     id bigint PRIMARY KEY,
     salt bytea NOT NULL CHECK (octet_length(salt) = 16),
     client_id bytea NOT NULL CHECK (octet_length(client_id) = 12),
     scopes text COLLATE "C" NOT NULL,
     created_at_ms bigint NOT NULL,
     expires_at_ms bigint NOT NULL CHECK (expires_at_ms > created_at_ms),
     state text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'active')),
     user_id uuid,
     user_version text COLLATE "C",
     sign_in_session_id bigint,
     redirect_uri text COLLATE "C",
     code_challenge text COLLATE "C" CHECK (length(code_challenge) = 43),
     generation bigint NOT NULL DEFAULT 0,
     rotated_at_ms bigint,
     earlier_rotations_ms text COLLATE "C" NOT NULL DEFAULT '',
     ended_at_ms bigint CHECK (ended_at_ms >= created_at_ms),
     user_code_digest bytea CHECK (octet_length(user_code_digest) = 16),
     client_name text COLLATE "C",
     address text COLLATE "C",
     user_agent text COLLATE "C",
     holder bytea CHECK (octet_length(holder) <= 8),
     CHECK ((state IN ('approved', 'active')) = (sign_in_session_id IS NOT NULL)),
     CHECK ((sign_in_session_id IS NULL) = (user_id IS NULL)),
     CHECK ((user_id IS NULL) = (user_version IS NULL)),
     CHECK ((state = 'active') = (generation > 0)),
     CHECK ((state = 'active') = (rotated_at_ms IS NOT NULL)),
     CHECK ((redirect_uri IS NULL) = (code_challenge IS NULL)),
     CHECK (user_code_digest IS NULL OR state = 'pending'),
     CHECK ((user_code_digest IS NULL) = (client_name IS NULL)),
     CHECK ((user_code_digest IS NULL) = (address IS NULL)),
     CHECK ((user_code_digest IS NULL) = (user_agent IS NULL)),
     CHECK ((user_code_digest IS NULL) = (holder IS NULL))
   ) WITH (fillfactor = 80)`,
  `CREATE INDEX IF NOT EXISTS authorization_by_sign_in_session
   ON "authorization" (sign_in_session_id) WHERE sign_in_session_id IS NOT NULL`,
  `CREATE UNIQUE INDEX IF NOT EXISTS authorization_by_user_code
   ON "authorization" (user_code_digest) WHERE user_code_digest IS NOT NULL`,
  `CREATE TABLE IF NOT EXISTS answer (
     question_digest bytea PRIMARY KEY CHECK (octet_length(question_digest) = 16),
     decision text COLLATE "C" NOT NULL CHECK (decision IN ('allow', 'deny')),
     answered_at_ms bigint NOT NULL,
     authorization_id bigint,
     expires_at_ms bigint NOT NULL CHECK (expires_at_ms > answered_at_ms),
     CHECK ((decision = 'allow') = (authorization_id IS NOT NULL))
   )`,
  'CREATE INDEX IF NOT EXISTS answer_by_expiry ON answer (expires_at_ms)',
  `CREATE TABLE IF NOT EXISTS attempt_window (
     subject bytea PRIMARY KEY CHECK (octet_length(subject) = 16),
     attempts bigint NOT NULL CHECK (attempts > 0),
     ends_at_ms bigint NOT NULL,
     holder bytea NOT NULL CHECK (octet_length(holder) <= 8)
   )`,
  'CREATE INDEX IF NOT EXISTS attempt_window_by_end ON attempt_window (ends_at_ms)',

  `CREATE TABLE IF NOT EXISTS instance (
     one bigint PRIMARY KEY CHECK (one = 1),
     id text COLLATE "C" NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS stored_key (
     id bigint PRIMARY KEY CHECK (id BETWEEN 0 AND 255),
     created_at_ms bigint NOT NULL,
     current_from_ms bigint NOT NULL,
     master_id bytea NOT NULL,
     sealed_secret bytea NOT NULL
   )`,
];

function assignments(to: 'user' | 'group'): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${to}_assignment (
       ${to}_id uuid NOT NULL REFERENCES directory_${to} (id),
       account_id text COLLATE "C" NOT NULL REFERENCES account (id),
       permission_set_id text COLLATE "C" NOT NULL REFERENCES permission_set (id),
       source text COLLATE "C" NOT NULL REFERENCES directory_source (name),
       PRIMARY KEY (${to}_id, account_id, permission_set_id)
     )`,
    `CREATE INDEX IF NOT EXISTS ${to}_assignment_by_account
     ON ${to}_assignment (account_id, ${to}_id, permission_set_id)`,
    `CREATE INDEX IF NOT EXISTS ${to}_assignment_by_permission_set
     ON ${to}_assignment (permission_set_id, ${to}_id, account_id)`,
    `CREATE INDEX IF NOT EXISTS ${to}_assignment_by_source
     ON ${to}_assignment (source, ${to}_id, account_id, permission_set_id)`,
  ];
}
