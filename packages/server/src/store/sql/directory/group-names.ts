import type { Dialect } from '../dialect.ts';
import { all, type Work } from '../work.ts';
import { uuidText } from './uuid-bytes.ts';

/** Lists the names of the groups of many users by one statement. */
export function* listGroupNames(
  dialect: Dialect,
  userIds: readonly string[],
): Work<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>(userIds.map((id) => [id, []]));
  const rows = yield* all<{ readonly userId: Uint8Array; readonly name: string }>(
    `SELECT m.user_id AS "userId", g.name
     FROM membership m JOIN directory_group g ON g.id = m.group_id
     WHERE m.user_id IN (${dialect.idsIn('?')}) ORDER BY g.name_key`,
    JSON.stringify(userIds),
  );
  for (const { userId, name } of rows) names.get(uuidText(userId))?.push(name);
  return names;
}
