import type { AccessPath, EntryFilter, EntryOf } from '../store/port/directory.ts';
import type { ChangeOutcome, DirectoryStep } from '../store/port/directory-change.ts';
import type { Factor } from '../store/port/factors.ts';
import type { CommandLinks } from './command-links.ts';
import type { CommandSessions } from './command-sessions.ts';

/**
 * The directory and the sessions as commands use them: through the control socket of a running server, or in a data folder that the command
 * opened itself.
 */
export interface CommandDirectory extends CommandSessions, CommandLinks {
  /** What answers. */
  describe(): Promise<Host>;
  /**
   * Finds entries by their ids, or by their names in any case; an account by its name where no other has it.
   *
   * @param by - at most `MAX_PAGE`
   * @returns an entry for each, in the same order; `null` where there is none
   */
  findEntries<K extends NamedKind>(
    kind: K,
    by: { readonly ids: readonly string[] } | { readonly names: readonly string[] },
  ): Promise<readonly (EntryOf[K] | null)[]>;
  /**
   * Finds the hashes of passwords, for an export with credentials.
   *
   * @param userIds - at most `MAX_PAGE`
   * @returns argon2id in PHC form for each, in the same order; `null` for a user without password
   */
  findPasswordHashes(userIds: readonly string[]): Promise<readonly (string | null)[]>;
  /** What a user signs in with besides a password. */
  listFactors(userId: string): Promise<FactorList>;
  /** One page of entries, in the order of their keys (`DirectoryReader.listEntries`), with the names that they refer to. */
  listEntries<K extends keyof ListedOf>(kind: K, page: EntryPage): Promise<readonly ListedOf[K][]>;
  countEntries(): Promise<Readonly<Record<keyof ListedOf, number>>>;
  /** Every way by which a user has a role in an account. */
  explainAccess(userId: string, accountId: string, roleName: string): Promise<readonly AccessPath[]>;
  /** Applies all steps as `command`, or none. Asked again with the same id: the outcome of the first time. */
  changeDirectory(change: CommandChange): Promise<ChangeOutcome>;
}

/** What a user signs in with besides a password, without anything secret. */
export interface FactorList {
  /** The oldest first. */
  readonly factors: readonly Pick<Factor, 'id' | 'kind' | 'name' | 'createdAtMs' | 'lastUsedAtMs'>[];
  /** Recovery codes that are not used; 0 where none were made. */
  readonly recoveryCodesLeft: number;
}

/** Kinds of entries that have a name. */
export type NamedKind = 'user' | 'group' | 'account' | 'permissionSet';

export interface Host {
  /** Release of Latchkey. */
  readonly release: string;
  /** Absolute path of the configuration file, where there is one. */
  readonly configFile?: string;
  readonly instanceId: string;
}

export interface EntryPage {
  /** The key of the entry before the page (`entryKey`). */
  readonly after?: string;
  /** At most `MAX_PAGE`. */
  readonly limit: number;
  readonly of?: EntryFilter;
}

/** The most entries of a page. */
export const MAX_PAGE = 100;

export interface CommandChange {
  /** A UUID. */
  readonly id: string;
  /** Who gave the command. */
  readonly actor: string;
  /** At most `MAX_STEPS`. */
  readonly steps: readonly DirectoryStep[];
}

/** Entries as lists show them. */
export interface ListedOf {
  /** `groups`: names, sorted. */
  readonly user: EntryOf['user'] & { readonly groups: readonly string[] };
  readonly group: EntryOf['group'];
  readonly membership: EntryOf['membership'] & { readonly userName: string; readonly groupName: string };
  readonly account: EntryOf['account'];
  readonly permissionSet: EntryOf['permissionSet'];
  readonly userAssignment: EntryOf['userAssignment'] & AssignmentNames;
  readonly groupAssignment: EntryOf['groupAssignment'] & AssignmentNames;
}

export interface AssignmentNames {
  /** Name of the user or the group. */
  readonly principalName: string;
  readonly accountName: string;
  readonly roleName: string;
}
