import type { PreparedStatements } from '../prepared-statements.ts';
import { uuidText } from './uuid-bytes.ts';

/** Lists the names of the groups of many users by one statement. */
export function listGroupNames(
  statements: PreparedStatements,
  userIds: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>(userIds.map((id) => [id, []]));
  const rows = statements.all<{ readonly userId: Uint8Array; readonly name: string }>(
    `SELECT m.user_id AS userId, g.name
     FROM json_each(?) asked
     JOIN membership m ON m.user_id = unhex(replace(asked.value, '-', ''))
     JOIN directory_group g ON g.id = m.group_id
     ORDER BY g.name_key`,
    JSON.stringify(userIds),
  );
  for (const { userId, name } of rows) names.get(uuidText(userId))?.push(name);
  return names;
}
