import { randomBytes } from 'node:crypto';
import { after } from 'node:test';
import pg from 'pg';
import { SERVER_URL } from './programs.ts';
import { type PostgresqlServer, startPostgresql } from './server.ts';

// A server of this file ends with its tests.
after(async () => (await own)?.[Symbol.asyncDispose]());

/** What the tests themselves write waits for no standby. */
const LOCAL_COMMIT = '-c synchronous_commit=local';

let own: Promise<PostgresqlServer> | undefined;

/** The URL of the server: that of the run, or one that is started for this file. */
export async function serverUrl(): Promise<string> {
  const given = process.env[SERVER_URL];
  if (given !== undefined) return given;
  own ??= startPostgresql();
  return (await own).url;
}

/** A new, empty database, which goes with its disposal, whoever is connected to it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  /** Runs SQL as the tests' own, beside the store. @returns the rows of the last statement */
  sql(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

export async function newDatabase(server?: string): Promise<TestDatabase> {
  const base = new URL(server ?? (await serverUrl()));
  const name = `latchkey_${randomBytes(6).toString('hex')}`;
  const admin = new URL(base);
  if (admin.pathname.length <= 1) admin.pathname = '/postgres';
  await once(admin, `CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  const client = new pg.Client({
    connectionString: url.href,
    application_name: 'test',
    options: LOCAL_COMMIT,
  });
  client.on('error', () => undefined);
  await client.connect();
  return {
    url: url.href,
    async sql(text, values) {
      const result = await client.query(text, values as unknown[] | undefined);
      return (Array.isArray(result) ? result.at(-1) : result).rows;
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await once(admin, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** All tables with rows of tests, those before others that refer to them. */
const TABLES = [
  ...['answer', '"authorization"', 'sign_in_session', 'attempt_window', 'directory_change'],
  ...['factor', 'recovery_code', 'spent_challenge', 'role_revocation', 'one_time_link', 'notice'],
  ...['membership', 'user_assignment', 'group_assignment', 'account', 'permission_set'],
  ...['directory_user', 'directory_group', 'directory_tombstone', 'user_password', 'directory_source'],
];

/** Removes what tests wrote into the tables of a store. */
export async function emptyDatabase({ sql }: TestDatabase): Promise<void> {
  await sql(TABLES.map((table) => `DELETE FROM ${table}`).join('; '));
}

async function once(url: URL, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.href, options: LOCAL_COMMIT });
  await client.connect();
  await client.query(text);
  await client.end();
}
