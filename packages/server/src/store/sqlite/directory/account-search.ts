import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { uuidBytes } from '../../sql/directory/uuid-bytes.ts';

/** The accounts that are looked at before other requests have their turn. */
const STRETCH = 200;

/**
 * Searches the accounts of a user for those of which the name, the id, or the name of one of the user's roles contains a
 * text. A search that finds little looks at all accounts: it does so a stretch at a time, so that nobody waits long for it.
 */
export class AccountSearch {
  readonly #accounts: StatementSync;
  readonly #ofUser: StatementSync;

  constructor(database: DatabaseSync) {
    this.#accounts = database.prepare(`
      SELECT id, instr(name_key, ?2) > 0 OR instr(id, ?2) > 0 FROM account
      WHERE id > ?1 ORDER BY id LIMIT ${STRETCH}`);
    this.#ofUser = database.prepare(`
      SELECT account_id, max(permission_set_id IN (SELECT id FROM permission_set WHERE instr(name_key, ?4) > 0))
      FROM (
        SELECT account_id, permission_set_id FROM user_assignment
        WHERE user_id = ?1 AND account_id > ?2 AND account_id <= ?3
        UNION ALL
        SELECT x.account_id, x.permission_set_id
        FROM membership m CROSS JOIN group_assignment x ON x.group_id = m.group_id
        WHERE m.user_id = ?1 AND x.account_id > ?2 AND x.account_id <= ?3)
      GROUP BY account_id ORDER BY account_id`);
    for (const statement of [this.#accounts, this.#ofUser]) statement.setReturnArrays(true);
  }

  /** @returns the ids of the first `limit` accounts after one, in the order of ids */
  async find(
    userId: string,
    { after, limit, matching }: { readonly after: string; readonly limit: number; readonly matching: string },
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (let position = after; found.length < limit; ) {
      const stretch = this.#accounts.all(position, matching) as unknown as [id: string, matches: 0 | 1][];
      const last = stretch.at(-1)?.[0];
      if (last === undefined) break;
      const accounts = new Map(stretch);
      const assigned = this.#ofUser.all(uuidBytes(userId), position, last, matching);
      for (const [id, hasRole] of assigned as unknown as [id: string, hasRole: 0 | 1][]) {
        if (hasRole === 1 || accounts.get(id) === 1) found.push(id);
      }
      if (stretch.length < STRETCH) break;
      position = last;
      await setImmediate();
    }
    return found.slice(0, limit);
  }
}
