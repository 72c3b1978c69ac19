import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { User, UserWithPassword } from '../../port/directory.ts';
import { uuidBytes, uuidText } from '../../sql/directory/uuid-bytes.ts';

/** Those whom their source enables, and nobody has blocked. */
export const MAY_SIGN_IN = "status = 'enabled' AND blocked_by IS NULL";

/** Some 3 MB. */
const MOST_REMEMBERED = 10_000;

/**
 * Finds people who may sign in: by id, or by what they type as their name.
 *
 * Every request asks for a person by id, which takes 3.5 microseconds in the database. So people who were asked for
 * lately are remembered. The memory is exact: nobody else writes the database, and whoever changes a user forgets them
 * after the commit, before anybody hears of the change.
 */
export class People {
  readonly #byId: StatementSync;
  readonly #byName: StatementSync;
  readonly #byEmail: StatementSync;
  readonly #mostRemembered: number;
  /** By id, the one asked for first in front; `null` for nobody who may sign in. */
  readonly #remembered = new Map<string, User | null>();

  constructor(database: DatabaseSync, mostRemembered = MOST_REMEMBERED) {
    this.#mostRemembered = mostRemembered;
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
    const known = this.#remembered.get(id);
    if (known !== undefined) return known ?? undefined;
    const row = this.#byId.get(uuidBytes(id)) as Omit<User, 'id'> | undefined;
    const user = row && { id, ...row };
    this.#remembered.set(id, user ?? null);
    if (this.#remembered.size > this.#mostRemembered) this.forget(this.#remembered.keys().next().value!);
    return user;
  }

  forget(id: string): void {
    this.#remembered.delete(id);
  }

  forgetAll(): void {
    this.#remembered.clear();
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
