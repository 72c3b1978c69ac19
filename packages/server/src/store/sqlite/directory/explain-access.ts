import type { AccessPath } from '../../port/directory.ts';
import type { PreparedStatements } from '../prepared-statements.ts';
import { selectEntries } from './entry-queries.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** Lists every way by which a user has a role in an account: the assignment to the user, then those to groups by name. */
export function explainAccess(
  statements: PreparedStatements,
  { userId, accountId, roleName }: Readonly<Record<'userId' | 'accountId' | 'roleName', string>>,
): readonly AccessPath[] {
  const user = uuidBytes(userId);
  const role = 'account_id = ? AND permission_set_id = (SELECT id FROM permission_set WHERE name = ?)';
  const direct = selectEntries(
    statements,
    'userAssignment',
    `user_id = ? AND ${role}`,
    user,
    accountId,
    roleName,
  );
  const groups = statements.all<{ id: Uint8Array }>(
    `SELECT g.id FROM membership m
     CROSS JOIN group_assignment x ON x.group_id = m.group_id JOIN directory_group g ON g.id = m.group_id
     WHERE m.user_id = ? AND x.${role} ORDER BY g.name_key`,
    user,
    accountId,
    roleName,
  );
  const through = groups.flatMap(({ id }) => {
    const [assignment] = selectEntries(
      statements,
      'groupAssignment',
      `group_id = ? AND ${role}`,
      id,
      accountId,
      roleName,
    );
    const [group] = selectEntries(statements, 'group', 'id = ?', id);
    const [membership] = selectEntries(statements, 'membership', 'user_id = ? AND group_id = ?', user, id);
    return assignment && group && membership ? [{ assignment, group, membership }] : [];
  });
  return [...direct.map((assignment) => ({ assignment })), ...through];
}
