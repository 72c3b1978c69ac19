import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A token, code, grant or session of `oidc-provider`: its JSON, and the keys by which it is found. */
export interface Payload {
  readonly [member: string]: unknown;
  readonly grantId?: string;
  readonly uid?: string;
  readonly userCode?: string;
}

/**
 * Stores the objects of `oidc-provider` in SQLite, durably: the promise of a method that changes something resolves when
 * the change is on disk.
 */
export class SqliteStore {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  readonly #commits: 'single' | 'grouped';
  #committed: Promise<void> | undefined;

  /**
   * @param commits - `single`: one commit for each change, as adapters are usually written; `grouped`: one for all changes in
   *   a tick of the event loop, which is best for this peer, as it waits for several changes in each request
   */
  constructor(file: string, commits: 'single' | 'grouped') {
    this.#commits = commits;
    this.#db = new DatabaseSync(file);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS model (
        kind TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, consumed_at INTEGER, expires_at INTEGER,
        grant_id TEXT, uid TEXT, user_code TEXT,
        PRIMARY KEY (id, kind)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS model_by_grant_id ON model (grant_id) WHERE grant_id IS NOT NULL;
      CREATE UNIQUE INDEX IF NOT EXISTS model_by_uid ON model (uid) WHERE uid IS NOT NULL;
      CREATE UNIQUE INDEX IF NOT EXISTS model_by_user_code ON model (user_code) WHERE user_code IS NOT NULL;
    `);
    this.#statements = prepare(this.#db);
  }

  /** @param kind the model, e.g. `AccessToken` */
  adapter(kind: string): Adapter {
    const { upsert, find, findByUid, findByUserCode, consume, destroy, revoke } = this.#statements;
    return {
      upsert: (id, payload, expiresInSeconds) =>
        this.#change(() =>
          upsert.run({
            kind,
            id,
            payload: JSON.stringify(payload),
            expiresAt: expiresInSeconds === undefined ? null : nowSeconds() + expiresInSeconds,
            grantId: payload.grantId ?? null,
            uid: payload.uid ?? null,
            userCode: payload.userCode ?? null,
          }),
        ),
      find: async (id) => read(find.get(id, kind)),
      findByUid: async (uid) => read(findByUid.get(uid)),
      findByUserCode: async (userCode) => read(findByUserCode.get(userCode)),
      consume: (id) => this.#change(() => consume.run(nowSeconds(), id, kind)),
      destroy: (id) => this.#change(() => destroy.run(id, kind)),
      revokeByGrantId: (grantId) => this.#change(() => revoke.run(grantId)),
    };
  }

  close(): void {
    this.#db.close();
  }

  async #change(statement: () => unknown): Promise<void> {
    if (this.#commits === 'single') {
      statement();
      return;
    }
    if (this.#committed === undefined) {
      this.#db.exec('BEGIN IMMEDIATE');
      this.#committed = new Promise((resolve) => {
        setImmediate(() => {
          this.#committed = undefined;
          this.#db.exec('COMMIT');
          resolve();
        });
      });
    }
    statement();
    return this.#committed;
  }
}

/** Storage of one model of `oidc-provider`. */
export interface Adapter {
  upsert(id: string, payload: Payload, expiresInSeconds?: number): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<Payload | undefined>;
  findByUserCode(userCode: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  const select = 'SELECT payload, consumed_at FROM model WHERE';
  return {
    upsert: db.prepare(`
      INSERT INTO model (kind, id, payload, expires_at, grant_id, uid, user_code)
      VALUES (:kind, :id, :payload, :expiresAt, :grantId, :uid, :userCode)
      ON CONFLICT (id, kind) DO UPDATE SET
        payload = excluded.payload, expires_at = excluded.expires_at,
        grant_id = excluded.grant_id, uid = excluded.uid, user_code = excluded.user_code`),
    find: db.prepare(`${select} id = ? AND kind = ?`),
    findByUid: db.prepare(`${select} uid = ?`),
    findByUserCode: db.prepare(`${select} user_code = ?`),
    consume: db.prepare('UPDATE model SET consumed_at = ? WHERE id = ? AND kind = ?'),
    destroy: db.prepare('DELETE FROM model WHERE id = ? AND kind = ?'),
    revoke: db.prepare('DELETE FROM model WHERE grant_id = ?'),
  };
}

function read(row: ReturnType<StatementSync['get']>): Payload | undefined {
  if (row === undefined) return undefined;
  const payload: Payload = JSON.parse(String(row['payload']));
  return row['consumed_at'] === null ? payload : { ...payload, consumed: row['consumed_at'] };
}

const nowSeconds = () => Math.floor(Date.now() / 1000);
