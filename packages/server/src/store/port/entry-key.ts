import { nameKey } from '../../directory/name-key.ts';
import type {
  AccountEntry,
  AssignmentEntry,
  EntryKind,
  GroupEntry,
  MembershipEntry,
  PermissionSetEntry,
  UserEntry,
} from './directory.ts';

/**
 * The key of an entry in the list of its kind: a page begins after it. Where a key has several parts, a space is between
 * them.
 *
 * @example
 * const first = await store.listEntries('user', { limit: 100 });
 * const next = await store.listEntries('user', { after: entryKey('user', first.at(-1)!), limit: 100 });
 */
export function entryKey<K extends EntryKind>(kind: K, entry: KeyOf[K]): string {
  return keys[kind](entry);
}

/** The members of an entry that its key is made of. */
interface KeyOf {
  readonly user: Pick<UserEntry, 'userName'>;
  readonly group: Pick<GroupEntry, 'name'>;
  readonly membership: Pick<MembershipEntry, 'userId' | 'groupId'>;
  readonly account: Pick<AccountEntry, 'id'>;
  readonly permissionSet: Pick<PermissionSetEntry, 'name'>;
  readonly userAssignment: Omit<AssignmentEntry, 'source'>;
  readonly groupAssignment: Omit<AssignmentEntry, 'source'>;
}

const keys: { readonly [K in EntryKind]: (entry: KeyOf[K]) => string } = {
  user: ({ userName }) => nameKey(userName),
  group: ({ name }) => nameKey(name),
  membership: ({ userId, groupId }) => `${userId} ${groupId}`,
  account: ({ id }) => id,
  permissionSet: ({ name }) => nameKey(name),
  userAssignment: assignmentKey,
  groupAssignment: assignmentKey,
};

function assignmentKey({ principal, accountId, permissionSetId }: KeyOf['userAssignment']): string {
  const principalId = 'userId' in principal ? principal.userId : principal.groupId;
  return `${principalId} ${accountId} ${permissionSetId}`;
}
