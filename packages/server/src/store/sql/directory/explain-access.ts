import type { AccessPath } from '../../port/directory.ts';
import type { Dialect } from '../dialect.ts';
import { all, type Work } from '../work.ts';
import { selectEntries } from './entry-queries.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** Lists every way by which a user has a role in an account: the assignment to the user, then those to groups by name. */
export function* explainAccess(
  dialect: Dialect,
  { userId, accountId, roleName }: Readonly<Record<'userId' | 'accountId' | 'roleName', string>>,
): Work<readonly AccessPath[]> {
  const user = uuidBytes(userId);
  const role = 'account_id = ? AND permission_set_id = (SELECT id FROM permission_set WHERE name = ?)';
  const direct = yield* selectEntries(
    dialect,
    'userAssignment',
    `user_id = ? AND ${role}`,
    user,
    accountId,
    roleName,
  );
  const groups = yield* all<{ id: Uint8Array }>(
    `SELECT g.id FROM membership m
     CROSS JOIN group_assignment x JOIN directory_group g ON g.id = m.group_id
     WHERE x.group_id = m.group_id AND m.user_id = ? AND x.${role} ORDER BY g.name_key`,
    user,
    accountId,
    roleName,
  );
  const paths: AccessPath[] = direct.map((assignment) => ({ assignment }));
  for (const { id } of groups) {
    const [assignment] = yield* selectEntries(
      dialect,
      'groupAssignment',
      `group_id = ? AND ${role}`,
      id,
      accountId,
      roleName,
    );
    const [group] = yield* selectEntries(dialect, 'group', 'id = ?', id);
    const [membership] = yield* selectEntries(
      dialect,
      'membership',
      'user_id = ? AND group_id = ?',
      user,
      id,
    );
    if (assignment && group && membership) paths.push({ assignment, group, membership });
  }
  return paths;
}
