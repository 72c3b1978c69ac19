import type {
  AccountEntry,
  AssignmentEntry,
  DirectorySource,
  EmailAddress,
  EntryFilter,
  EntryKind,
  EntryOf,
  ExternalId,
  GroupEntry,
  MembershipEntry,
  PermissionSetEntry,
  UserEntry,
} from '../../port/directory.ts';
import type { Dialect } from '../dialect.ts';
import { uuidText } from './uuid-bytes.ts';

/** How entries of one kind are kept. */
export interface EntryTable<Entry> {
  readonly table: string;
  /** The columns of the key in whose order entries are listed. */
  readonly key: readonly string[];
  /** The columns that refer to other entries, by the members of a filter. */
  readonly references: EntryFilter;
  /** What is selected of the table for `read`. */
  readonly columns: (dialect: Dialect) => string;
  readonly read: (row: never) => Entry;
}

/** Every kind of entry, by its name at the port. */
export const entryTables: { readonly [K in EntryKind]: EntryTable<EntryOf[K]> } = {
  user: {
    table: 'directory_user',
    key: ['name_key'],
    references: {},
    columns: ({ jsonRows }) => `
      id, user_name AS "userName", display_name AS "displayName", status, left_at_ms AS "leftAtMs",
      blocked_by AS "blockedBy", blocked_at_ms AS "blockedAtMs", version, revision, source,
      created_at_ms AS "createdAtMs", updated_at_ms AS "updatedAtMs",
      (SELECT set_by FROM user_password WHERE user_id = directory_user.id) AS "passwordSetBy",
      ${jsonRows('email, kind, is_primary', 'directory_user_email WHERE user_id = directory_user.id', 'is_primary DESC, email_key')} AS emails,
      ${jsonRows('issuer, external_id', 'directory_user_external_id WHERE user_id = directory_user.id', 'issuer')} AS "externalIds"`,
    read: readUser,
  },
  group: {
    table: 'directory_group',
    key: ['name_key'],
    references: {},
    columns: ({ jsonRows }) => `
      id, name, description, revision, source, handed_over_by AS "handedOverBy",
      ${jsonRows('issuer, external_id', 'directory_group_external_id WHERE group_id = directory_group.id', 'issuer')} AS "externalIds"`,
    read: readGroup,
  },
  membership: {
    table: 'membership',
    key: ['user_id', 'group_id'],
    references: { userId: 'user_id', groupId: 'group_id' },
    columns: () => 'id, user_id AS "userId", group_id AS "groupId", source',
    read: readMembership,
  },
  account: {
    table: 'account',
    key: ['id'],
    references: {},
    columns: () => 'id, name, email, revision, source, handed_over_by AS "handedOverBy"',
    read: readAccount,
  },
  permissionSet: {
    table: 'permission_set',
    key: ['name_key'],
    references: {},
    columns: () => `
      id, name, description, session_duration_seconds AS "sessionDurationSeconds", revision, source,
      handed_over_by AS "handedOverBy"`,
    read: readPermissionSet,
  },
  userAssignment: {
    table: 'user_assignment',
    key: ['user_id', 'account_id', 'permission_set_id'],
    references: { userId: 'user_id', accountId: 'account_id', permissionSetId: 'permission_set_id' },
    columns: () =>
      'user_id AS "userId", account_id AS "accountId", permission_set_id AS "permissionSetId", source',
    read: readUserAssignment,
  },
  groupAssignment: {
    table: 'group_assignment',
    key: ['group_id', 'account_id', 'permission_set_id'],
    references: { groupId: 'group_id', accountId: 'account_id', permissionSetId: 'permission_set_id' },
    columns: () =>
      'group_id AS "groupId", account_id AS "accountId", permission_set_id AS "permissionSetId", source',
    read: readGroupAssignment,
  },
};

/** A row: its columns by the members of an entry, where `null` stands for absent. */
type Row<Entry> = { readonly [K in keyof Entry]-?: undefined extends Entry[K] ? Entry[K] | null : Entry[K] };

interface UserRow extends Omit<Row<UserEntry>, 'id' | 'emails' | 'externalIds' | 'blocked' | 'hasPassword'> {
  readonly id: Uint8Array;
  readonly emails: string;
  readonly externalIds: string;
  readonly blockedBy: string | null;
  readonly blockedAtMs: number | null;
}

function readUser({
  id,
  emails,
  externalIds,
  leftAtMs,
  blockedBy,
  blockedAtMs,
  passwordSetBy,
  ...row
}: UserRow): UserEntry {
  return {
    ...row,
    id: uuidText(id),
    emails: readEmails(emails),
    externalIds: readExternalIds(externalIds),
    ...(leftAtMs != null && { leftAtMs }),
    ...(blockedBy !== null && blockedAtMs !== null && { blocked: { by: blockedBy, atMs: blockedAtMs } }),
    hasPassword: passwordSetBy != null,
    ...(passwordSetBy != null && { passwordSetBy }),
  };
}

function readGroup({
  id,
  description,
  externalIds,
  handedOverBy,
  ...row
}: Omit<Row<GroupEntry>, 'id' | 'externalIds'> & {
  readonly id: Uint8Array;
  readonly externalIds: string;
}): GroupEntry {
  return {
    ...row,
    id: uuidText(id),
    ...(description != null && { description }),
    externalIds: readExternalIds(externalIds),
    ...(handedOverBy !== null && { handedOverBy }),
  };
}

function readMembership(row: {
  readonly id: Uint8Array;
  readonly userId: Uint8Array;
  readonly groupId: Uint8Array;
  readonly source: DirectorySource;
}): MembershipEntry {
  const { id, userId, groupId, source } = row;
  return { id: uuidText(id), userId: uuidText(userId), groupId: uuidText(groupId), source };
}

function readAccount({ email, handedOverBy, ...row }: Row<AccountEntry>): AccountEntry {
  return { ...row, ...(email != null && { email }), ...(handedOverBy !== null && { handedOverBy }) };
}

function readPermissionSet({
  description,
  handedOverBy,
  ...row
}: Row<PermissionSetEntry>): PermissionSetEntry {
  return {
    ...row,
    ...(description != null && { description }),
    ...(handedOverBy !== null && { handedOverBy }),
  };
}

interface AssignmentRow extends Omit<AssignmentEntry, 'principal'> {
  readonly userId: Uint8Array;
  readonly groupId: Uint8Array;
}

function readUserAssignment({ userId, ...row }: Omit<AssignmentRow, 'groupId'>): AssignmentEntry {
  return { principal: { userId: uuidText(userId) }, ...row };
}

function readGroupAssignment({ groupId, ...row }: Omit<AssignmentRow, 'userId'>): AssignmentEntry {
  return { principal: { groupId: uuidText(groupId) }, ...row };
}

function readEmails(json: string): readonly EmailAddress[] {
  const rows = JSON.parse(json) as readonly (readonly [string, string | null, 0 | 1])[];
  return rows.map(([address, kind, primary]) => ({
    address,
    ...(kind !== null && { kind }),
    primary: primary === 1,
  }));
}

function readExternalIds(json: string): readonly ExternalId[] {
  const rows = JSON.parse(json) as readonly (readonly [string, string])[];
  return rows.map(([issuer, id]) => ({ issuer, id }));
}
