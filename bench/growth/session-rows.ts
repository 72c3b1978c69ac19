import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { readKeyFile } from '../../packages/server/src/keys/key-file.ts';
import type { Keys } from '../../packages/server/src/keys/keys.ts';
import { MasterSecret } from '../../packages/server/src/keys/master-secret.ts';
import { openStoredKeys } from '../../packages/server/src/keys/stored-keys.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { openStore } from '../../packages/server/src/store/postgresql/open-instance-store.ts';

/** So many rows are copied in one transaction. */
const ROWS_AT_ONCE = 250_000;

/** What of a session's row its tokens follow from. */
export interface SessionRow {
  readonly id: number;
  readonly salt: Uint8Array;
  readonly generation: number;
}

/** The sessions in the store of a server that is stopped. */
export interface SessionRows {
  readonly keys: Keys;
  count(): Promise<number>;
  /** Copies the newest session, each copy with an id and a salt of its own. */
  copy(times: number, onProgress: (done: number) => void): Promise<void>;
  /** Sessions spread over the whole table. */
  pick(count: number): Promise<readonly SessionRow[]>;
  close(): Promise<void>;
}

interface Sql {
  query(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly columnsQuery: string;
  readonly randomSalt: string;
  numbers(upTo: number): string;
}

/** Opens the sessions of a data folder. */
export async function openSqliteSessions(dataDir: string): Promise<SessionRows> {
  const database = new DatabaseSync(join(dataDir, 'latchkey.db'));
  const keys = readKeyFile(dataDir)?.keys;
  if (keys === undefined) throw new Error(`${dataDir} has no keys: the server has not run with it`);
  const sql: Sql = {
    query: async (text) => database.prepare(text).all(),
    columnsQuery: `SELECT name FROM pragma_table_info('authorization')`,
    randomSalt: 'randomblob(16)',
    numbers: (upTo) =>
      `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${upTo}) SELECT i FROM n)`,
  };
  return sessionRows(sql, keys, async () => database.close());
}

/** Opens the sessions of a database of PostgreSQL. @param secret - the master secret, in Base64 */
export async function openPostgresqlSessions(url: string, secret: string): Promise<SessionRows> {
  const store = await openStore(parseConnectionUrl(url), {
    now: Date.now,
    onOutdated: () => undefined,
    onClock: () => undefined,
    onFailure: () => undefined,
  });
  const masters = [new MasterSecret(Buffer.from(secret, 'base64'))] as const;
  const stored = await openStoredKeys(store.keys, masters, { now: Date.now, onFailure: () => undefined });
  stored.close();
  await store.close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sql: Sql = {
    query: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    columnsQuery: `
      SELECT column_name AS name FROM information_schema.columns
      WHERE table_name = 'authorization' AND table_schema = current_schema() ORDER BY ordinal_position`,
    randomSalt: `decode(replace(gen_random_uuid()::text, '-', ''), 'hex')`,
    numbers: (upTo) => `(SELECT i FROM generate_series(1, ${upTo}) i)`,
  };
  return sessionRows(sql, stored.keys, async () => {
    await client.query('VACUUM ANALYZE');
    await client.end();
  });
}

function sessionRows(sql: Sql, keys: Keys, close: () => Promise<void>): SessionRows {
  const live = `FROM "authorization" WHERE state = 'active'`;
  return {
    keys,
    close,
    async count() {
      const [row] = await sql.query(`SELECT count(*) AS n ${live}`);
      return Number(row?.['n']);
    },
    async copy(times, onProgress) {
      const columns = (await sql.query(sql.columnsQuery)).map(({ name }) => String(name));
      const values = columns.map((name) =>
        name === 'id' ? 't.id + n.i' : name === 'salt' ? sql.randomSalt : `t."${name}"`,
      );
      for (let done = 0; done < times; ) {
        const rows = Math.min(ROWS_AT_ONCE, times - done);
        await sql.query(`
          INSERT INTO "authorization" (${columns.map((name) => `"${name}"`).join(', ')})
          SELECT ${values.join(', ')} FROM (SELECT * ${live} ORDER BY id DESC LIMIT 1) t CROSS JOIN ${sql.numbers(rows)} n`);
        done += rows;
        onProgress(done);
      }
    },
    async pick(count) {
      const [range] = await sql.query(`SELECT min(id) AS first, max(id) AS last ${live}`);
      const [first, last] = [Number(range?.['first']), Number(range?.['last'])];
      const picked = new Map<number, SessionRow>();
      while (picked.size < count) {
        const from = first + Math.floor(Math.random() * (last - first + 1));
        const [row] = await sql.query(
          `SELECT id, salt, generation ${live} AND id >= ${from} ORDER BY id LIMIT 1`,
        );
        const { id, salt, generation } = row as unknown as SessionRow;
        picked.set(Number(id), { id: Number(id), salt, generation: Number(generation) });
      }
      return [...picked.values()];
    },
  };
}
