import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { findPostgresql } from '../../test/postgresql/harness/programs.ts';
import { startPostgresql } from '../../test/postgresql/harness/server.ts';
import type { Cores } from './cores.ts';

/** A PostgreSQL with default settings, which ends with its disposal. */
export interface Postgresql extends AsyncDisposable {
  /** One line about it, for the reader of the figures. */
  readonly description: string;
  /** @returns the connection URL of a new database, for a superuser */
  createDatabase(): Promise<string>;
}

/** Starts one in the folder for temporary files. @returns `undefined` where none is installed */
export async function openPostgresql({ databasePrefix }: Cores): Promise<Postgresql | undefined> {
  if (findPostgresql() === undefined) return undefined;
  const server = await startPostgresql({}, databasePrefix);
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: `${server.url}/postgres` });
    await client.connect();
    const { rows } = await client.query<Record<string, string>>(text);
    await client.end();
    return rows[0];
  };
  const settings = await run(
    `SELECT current_setting('server_version') AS version, current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync`,
  );
  const core = databasePrefix.at(-1);
  return {
    description:
      `PostgreSQL ${settings?.['version']}, ${core === undefined ? 'not pinned to a core' : `on core ${core}`}, ` +
      `synchronous_commit ${settings?.['commit']}, fsync ${settings?.['fsync']}`,
    async createDatabase() {
      const name = `latchkey_${randomBytes(6).toString('hex')}`;
      await run(`CREATE DATABASE ${name}`);
      return `${server.url}/${name}`;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
