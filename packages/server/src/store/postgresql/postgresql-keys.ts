import type { KeyStore, StoredKey } from '../../keys/key-store.ts';
import type { Database } from './database.ts';
import { readStatement, writeStatement } from './statement.ts';

const listKeys = readStatement(
  'list_keys',
  `SELECT id, created_at_ms AS "createdAtMs", current_from_ms AS "currentFromMs",
          master_id AS "masterId", sealed_secret AS "sealedSecret"
   FROM stored_key ORDER BY created_at_ms, id`,
);
// A key that meets itself was added by a try before whose answer was lost.
const addKey = writeStatement(
  'add_key',
  `INSERT INTO stored_key AS k (id, created_at_ms, current_from_ms, master_id, sealed_secret) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (id) DO UPDATE SET id = excluded.id WHERE k.sealed_secret = excluded.sealed_secret RETURNING id`,
  'repeat',
);
const replaceKey = writeStatement(
  'replace_key',
  `UPDATE stored_key SET master_id = $3, sealed_secret = $4
   WHERE id = $1 AND (sealed_secret = $2 OR sealed_secret = $4) RETURNING id`,
  'repeat',
);
const removeKey = writeStatement('remove_key', 'DELETE FROM stored_key WHERE id = $1', 'repeat');

/** The keys of an instance in PostgreSQL, sealed. */
export class PostgresqlKeys implements KeyStore {
  readonly #database: Pick<Database, 'read' | 'write'>;

  constructor(database: Pick<Database, 'read' | 'write'>) {
    this.#database = database;
  }

  async listKeys(): Promise<readonly StoredKey[]> {
    return (await this.#database.read(listKeys, [])) as unknown as readonly StoredKey[];
  }

  async addKey({ id, createdAtMs, currentFromMs, masterId, sealedSecret }: StoredKey): Promise<boolean> {
    const values = [id, createdAtMs, currentFromMs, masterId, sealedSecret];
    return (await this.#database.write(addKey, values)).length === 1;
  }

  async replaceKey(before: StoredKey, { id, masterId, sealedSecret }: StoredKey): Promise<boolean> {
    const values = [id, before.sealedSecret, masterId, sealedSecret];
    return (await this.#database.write(replaceKey, values)).length === 1;
  }

  async removeKey(id: number): Promise<void> {
    await this.#database.write(removeKey, [id]);
  }
}
