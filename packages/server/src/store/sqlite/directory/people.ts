import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { User, UserWithPassword } from '../../port/directory.ts';
import { uuidBytes, uuidText } from './uuid-bytes.ts';

/** Those whom their source enables, and nobody has blocked. */
export const MAY_SIGN_IN = "status = 'enabled' AND blocked_by IS NULL";

/** Finds people who may sign in: by id, or by what they type as their name. */
export class People {
  readonly #byId: StatementSync;
  readonly #byName: StatementSync;
  readonly #byEmail: StatementSync;

  constructor(database: DatabaseSync) {
    this.#byId = database.prepare(`
      SELECT user_name AS userName, display_name AS displayName, version
      FROM directory_user WHERE id = ? AND ${MAY_SIGN_IN}`);
    const person = `
      SELECT id, user_name AS userName, display_name AS displayName, version, hash AS passwordHash,
             ${MAY_SIGN_IN} AS maySignIn
      FROM directory_user LEFT JOIN user_password ON user_id = id`;
    this.#byName = database.prepare(`${person} WHERE name_key = ?`);
    this.#byEmail = database.prepare(`
      ${person} WHERE id = (SELECT max(user_id) FROM directory_user_email WHERE email_key = ? HAVING count(*) = 1)`);
  }

  find(id: string): User | undefined {
    const row = this.#byId.get(uuidBytes(id)) as Omit<User, 'id'> | undefined;
    return row && { id, ...row };
  }

  /** A user name goes before an e-mail address, also one of a user who may not sign in. */
  findByName(nameKey: string): UserWithPassword | undefined {
    const row = (this.#byName.get(nameKey) ?? this.#byEmail.get(nameKey)) as PersonRow | undefined;
    if (row === undefined || row.maySignIn === 0) return undefined;
    const { id, userName, displayName, version, passwordHash } = row;
    return {
      ...{ id: uuidText(id), userName, displayName, version },
      ...(passwordHash !== null && { passwordHash }),
    };
  }
}

interface PersonRow extends Omit<User, 'id'> {
  readonly id: Uint8Array;
  readonly passwordHash: string | null;
  readonly maySignIn: 0 | 1;
}
