import { factorSchema } from './factor-schema.ts';
import { schema } from './schema.ts';
import { tellingSchema } from './telling-schema.ts';

/** One step of the schema. A step that was released is never changed. Its statements may run again after a crash. */
export interface Migration {
  /** What it is for, in a few words. */
  readonly name: string;
  /**
   * `widens`: the release before serves beside it, such as with a new table, or a new column that may be null. `narrows`: it
   * does not; the step waits until each replica knows it.
   */
  readonly effect: 'widens' | 'narrows';
  readonly statements: readonly string[];
  /**
   * Whether its statements run outside of a transaction, each by itself, as `CREATE INDEX CONCURRENTLY` must. Such an index is
   * dropped first: a build that was interrupted leaves one that is no good (`buildIndex`).
   */
  readonly isOutsideTransaction?: boolean;
}

/** The schema, as a list of steps; a new one is added at the end. */
export const migrations: readonly Migration[] = [
  { name: 'the tables of release 0.2', effect: 'widens', statements: schema },
  { name: 'what people sign in with', effect: 'widens', statements: factorSchema },
  {
    name: 'what people see of their sessions',
    effect: 'widens',
    statements: [
      `ALTER TABLE sign_in_session ADD COLUMN IF NOT EXISTS used_at_ms bigint,
       ADD COLUMN IF NOT EXISTS used_from text COLLATE "C", ADD COLUMN IF NOT EXISTS used_with text COLLATE "C"`,
      `ALTER TABLE "authorization" ADD COLUMN IF NOT EXISTS registered_name text COLLATE "C",
       ADD COLUMN IF NOT EXISTS used_at_ms bigint,
       ADD COLUMN IF NOT EXISTS used_from text COLLATE "C", ADD COLUMN IF NOT EXISTS used_with text COLLATE "C"`,
    ],
  },
  {
    name: 'the sessions of a person',
    effect: 'widens',
    isOutsideTransaction: true,
    statements: [
      ...buildIndex('sign_in_session_by_user', 'sign_in_session (user_id, id)'),
      ...buildIndex('authorization_by_user', '"authorization" (user_id, id) WHERE user_id IS NOT NULL'),
    ],
  },
  {
    name: 'role credentials that are refused',
    effect: 'widens',
    statements: [
      `CREATE TABLE IF NOT EXISTS role_revocation (
         account_id text COLLATE "C" NOT NULL CHECK (length(account_id) = 12),
         role_name text COLLATE "C" NOT NULL CHECK (role_name <> ''),
         issued_before_ms bigint NOT NULL,
         PRIMARY KEY (account_id, role_name)
       )`,
    ],
  },
  { name: 'one-time links, and what people are told', effect: 'widens', statements: tellingSchema },
];

/** The statements that make an index of a table in use, whose reads and writes go on meanwhile. */
export function buildIndex(
  name: string,
  on: string,
  kind: 'INDEX' | 'UNIQUE INDEX' = 'INDEX',
): readonly string[] {
  return [`DROP INDEX CONCURRENTLY IF EXISTS ${name}`, `CREATE ${kind} CONCURRENTLY ${name} ON ${on}`];
}

/** The tables that say how far the schema is, by whom it is being changed, and who uses it. */
export const bookkeeping: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS schema_state (
     one bigint PRIMARY KEY CHECK (one = 1),
     step bigint NOT NULL,
     oldest_step_served bigint NOT NULL,
     migrating_by uuid,
     migrating_until_ms bigint
   )`,
  `CREATE TABLE IF NOT EXISTS replica (
     id uuid PRIMARY KEY,
     release text COLLATE "C" NOT NULL,
     schema_step bigint NOT NULL,
     seen_at_ms bigint NOT NULL
   )`,
  'INSERT INTO schema_state (one, step, oldest_step_served) VALUES (1, 0, 0) ON CONFLICT DO NOTHING',
];
