/**
 * The directory as the rules and the commands read it: users, groups, accounts, permission sets and who is assigned what.
 * Everything is asked by key or by the page; nothing gives the directory as a whole.
 *
 * Ids of users, groups and memberships are UUIDs in lower-case text; those of permission sets are `ps-` and 16 hex digits;
 * those of accounts are 12 digits. Instants are milliseconds since the Unix epoch. A name key is a name as `nameKey` folds
 * it. Keys are in the order of their UTF-8 bytes, which is not the order of `<`.
 */
export interface DirectoryReader {
  /**
   * Finds the user who signs in with a name: a user name, or else an e-mail address that exactly one user has.
   *
   * @returns `undefined` also for a user who is disabled or blocked
   */
  findUserByName(nameKey: string): Promise<UserWithPassword | undefined>;
  /** @returns `undefined` also for a user who is disabled or blocked */
  findUser(id: string): Promise<User | undefined>;
  /**
   * Lists the accounts in which a user has a role, directly or through a group, in the order of their ids.
   *
   * @param page.matching - a name key that the name or the id of the account, or the name of a role of the user in it,
   *   contains
   */
  listAccounts(
    userId: string,
    page: DirectoryPage & { readonly matching?: string },
  ): Promise<readonly AssignedAccount[]>;
  /**
   * Lists all accounts in which a user has a role, in the order of their ids, unless they are more than `upTo`: that costs no
   * more than counting so many.
   *
   * @param options.matching - as of `listAccounts`
   * @returns `undefined` where there are more
   */
  listAllAccounts(
    userId: string,
    options: { readonly upTo: number; readonly matching?: string },
  ): Promise<readonly AssignedAccount[] | undefined>;
  /** Lists the roles that a user has in an account, in the order of their names. A page begins after a role name. */
  listRoles(userId: string, accountId: string, page: DirectoryPage): Promise<readonly AssignedRole[]>;
  /** @returns `undefined` where the user doesn't have the role in the account */
  findAssignedRole(userId: string, search: RoleInAccount): Promise<AssignedRole | undefined>;
  /** Lists every way by which a user has a role in an account: the assignment to the user first, then those to groups. */
  explainAccess(userId: string, accountId: string, roleName: string): Promise<readonly AccessPath[]>;
  /**
   * Lists entries of one kind in the order of their keys: users, groups and permission sets by name key, accounts by id,
   * memberships by user id and group id, assignments by the ids of principal, account and permission set.
   *
   * @param page.after - a key (`entryKey`); where it has several parts, a space is between them
   * @param page.of - only entries that refer to this user, group, account or permission set
   */
  listEntries<K extends EntryKind>(
    kind: K,
    page: DirectoryPage & { readonly source?: DirectorySource; readonly of?: EntryFilter },
  ): Promise<readonly EntryOf[K][]>;
  /**
   * Finds an entry, whatever its status. Accounts may have the same name: one is found by its name where no other account
   * has it.
   */
  findEntry<K extends 'user' | 'group' | 'account' | 'permissionSet'>(
    kind: K,
    by: { readonly id: string } | { readonly nameKey: string },
  ): Promise<EntryOf[K] | undefined>;
  /** Finds the user or the group to which another system's id belongs, whatever its status. */
  findExternalId<K extends 'user' | 'group'>(
    kind: K,
    externalId: ExternalId,
  ): Promise<EntryOf[K] | undefined>;
  /** Whether the id was a user's who was removed, so that nobody gets it any more. */
  isSpentId(userId: string): Promise<boolean>;
  /** Lists the names of the groups in which users are, by the id of the user, in the order of their name keys. */
  listGroupNames(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Finds the hash of a user's password, whatever their status: argon2id in PHC form. */
  findPasswordHash(userId: string): Promise<string | undefined>;
  /** Counts some thousands at a time, between which requests have their turn: what is added meanwhile may be missing. */
  countEntries(): Promise<Readonly<Record<EntryKind, number>>>;
  /** @returns `undefined` for a source that never changed anything */
  findSource(source: DirectorySource): Promise<SourceState | undefined>;
  /**
   * Whether users may be added with the versions that release 0.1 made of their passwords, so that their sessions go on:
   * from the upgrade of a data folder that has sessions until a file was applied wholly.
   */
  adoptsVersions(): Promise<boolean>;
}

/** A role by its account and the exact name of its permission set. */
export interface RoleInAccount {
  readonly accountId: string;
  readonly roleName: string;
}

/** A part of a list: up to `limit` items that come after a key. Absent `after`: the first ones. */
export interface DirectoryPage {
  readonly after?: string;
  readonly limit: number;
}

export interface EntryFilter {
  readonly userId?: string;
  readonly groupId?: string;
  readonly accountId?: string;
  readonly permissionSetId?: string;
}

/**
 * Where entries come from. A source owns the entries that it made, and only the owner changes them: `file` is
 * `latchkey.yaml`, `command` the command line, `page` the pages of the server.
 */
export type DirectorySource = 'file' | 'command' | 'page' | `provisioning:${string}` | `provider:${string}`;

/** A person who may sign in: enabled by the source, and not blocked. */
export interface User {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  /**
   * 11 characters. Another one is made when the user is disabled, blocked, given another password or signed out
   * everywhere: what was made under an earlier version has ended.
   */
  readonly version: string;
}

/** What a sign-in with a password needs to know. */
export interface UserWithPassword extends User {
  /** Argon2id in PHC form. Absent: the user cannot sign in with a password. */
  readonly passwordHash?: string;
}

export interface AssignedAccount {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/** A permission set that a user has in an account. */
export interface AssignedRole {
  readonly permissionSetId: string;
  readonly name: string;
  readonly description?: string;
  readonly sessionDurationSeconds: number;
}

/** One way by which a user has a role. `group` and `membership` are absent for an assignment to the user. */
export interface AccessPath {
  readonly assignment: AssignmentEntry;
  readonly group?: GroupEntry;
  readonly membership?: MembershipEntry;
}

export interface EmailAddress {
  readonly address: string;
  /** E.g. `work`. */
  readonly kind?: string;
  readonly primary: boolean;
}

/** What another system calls a user or a group. An entry has at most one for each issuer. */
export interface ExternalId {
  readonly issuer: string;
  readonly id: string;
}

export interface UserEntry {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly emails: readonly EmailAddress[];
  readonly externalIds: readonly ExternalId[];
  /** What the source says. */
  readonly status: 'enabled' | 'disabled';
  /** When the source let the user go. Any source may take over a user who has left. */
  readonly leftAtMs?: number;
  /** What an administrator says, whatever the source. */
  readonly blocked?: { readonly by: string; readonly atMs: number };
  readonly hasPassword: boolean;
  readonly passwordSetBy?: DirectorySource;
  readonly version: string;
  /** Counts the changes of the entry, from 1. */
  readonly revision: number;
  readonly source: DirectorySource;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

interface HandedOver {
  /**
   * The source that let the entry go while others referred to it, so that `command` owns it now. Until a command changes the
   * entry, that source may take it on again (`addGroup`, `addAccount`, `addPermissionSet`).
   */
  readonly handedOverBy?: DirectorySource;
}

export interface GroupEntry extends HandedOver {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly externalIds: readonly ExternalId[];
  readonly revision: number;
  readonly source: DirectorySource;
}

export interface MembershipEntry {
  readonly id: string;
  readonly userId: string;
  readonly groupId: string;
  readonly source: DirectorySource;
}

export interface AccountEntry extends HandedOver {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly revision: number;
  readonly source: DirectorySource;
}

export interface PermissionSetEntry extends HandedOver {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** How long role credentials live; 900 to 43,200. */
  readonly sessionDurationSeconds: number;
  readonly revision: number;
  readonly source: DirectorySource;
}

export interface AssignmentEntry {
  readonly principal: Principal;
  readonly accountId: string;
  readonly permissionSetId: string;
  readonly source: DirectorySource;
}

/** Who is assigned a permission set. */
export type Principal = { readonly userId: string } | { readonly groupId: string };

/** Each kind of entry, as it is read. */
export interface EntryOf {
  readonly user: UserEntry;
  readonly group: GroupEntry;
  readonly membership: MembershipEntry;
  readonly account: AccountEntry;
  readonly permissionSet: PermissionSetEntry;
  readonly userAssignment: AssignmentEntry;
  readonly groupAssignment: AssignmentEntry;
}

export type EntryKind = keyof EntryOf;

export interface SourceState {
  /** Counts the changes that the source made, from 1. */
  readonly revision: number;
  /** SHA-256 of the file that was applied wholly. Absent before the first one, and while a file is being applied. */
  readonly digest?: Uint8Array;
  /** When the digest was set. */
  readonly appliedAtMs?: number;
}
