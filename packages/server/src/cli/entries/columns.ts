import { renderDuration } from '../../config/duration.ts';
import type { ListedOf } from '../../control/command-directory.ts';
import { primaryEmail, stateOf } from './describe-entry.ts';

/** How a kind of entries is shown in a table. */
export interface Columns<K extends keyof ListedOf> {
  readonly header: readonly string[];
  row(entry: ListedOf[K]): readonly string[];
}

const userColumns: Columns<'user'> = {
  header: ['USER', 'NAME', 'EMAIL', 'GROUPS', 'STATE', 'SOURCE'],
  row: (user) => [
    user.userName,
    user.displayName,
    primaryEmail(user) ?? '',
    user.groups.join(','),
    stateOf(user),
    user.source,
  ],
};

const groupColumns: Columns<'group'> = {
  header: ['GROUP', 'DESCRIPTION', 'SOURCE'],
  row: ({ name, description = '', source }) => [name, description, source],
};

const accountColumns: Columns<'account'> = {
  header: ['ACCOUNT', 'NAME', 'EMAIL', 'SOURCE'],
  row: ({ id, name, email = '', source }) => [id, name, email, source],
};

const permissionSetColumns: Columns<'permissionSet'> = {
  header: ['PERMISSION SET', 'SESSION', 'DESCRIPTION', 'SOURCE'],
  row: ({ name, sessionDurationSeconds, description = '', source }) => [
    name,
    renderDuration(sessionDurationSeconds),
    description,
    source,
  ],
};

/** The columns of entries that have a name. */
export const columnsOf = {
  user: userColumns,
  group: groupColumns,
  account: accountColumns,
  permissionSet: permissionSetColumns,
};

export const memberColumns: Columns<'membership'> = {
  header: ['USER', 'GROUP', 'SOURCE'],
  row: ({ userName, groupName, source }) => [userName, groupName, source],
};

export const assignmentColumns: Columns<'userAssignment' | 'groupAssignment'> = {
  header: ['FOR', 'NAME', 'ACCOUNT', 'ACCOUNT NAME', 'PERMISSION SET', 'SOURCE'],
  row: (assignment) => [
    'userId' in assignment.principal ? 'user' : 'group',
    assignment.principalName,
    assignment.accountId,
    assignment.accountName,
    assignment.roleName,
    assignment.source,
  ],
};
