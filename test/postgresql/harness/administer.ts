import pg from 'pg';
import type { PostgresqlServer } from './server.ts';

/** Runs SQL as a superuser, who waits for no standby. @returns the rows of the last statement */
export async function administer(
  { url }: Pick<PostgresqlServer, 'url'>,
  ...texts: readonly string[]
): Promise<readonly Record<string, unknown>[]> {
  const options = '-c synchronous_commit=local';
  const client = new pg.Client({ connectionString: `${url}/postgres`, options });
  await client.connect();
  let rows: readonly Record<string, unknown>[] = [];
  for (const text of texts) ({ rows } = await client.query(text));
  await client.end();
  return rows;
}
